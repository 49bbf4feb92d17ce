package org.constellation.platform.member;

/** Why a member makes no progress; the names label a metric. */
public enum StallCode {
  /** It must not go on, or could not begin: it takes a person. */
  STOPPED,
  /** Its journal cannot be written, for instance since the disk is full. */
  DISK,
  /** Its whole committee waits for another layer. */
  OTHER_LAYER,
  /** Of too few members of its committee anything is heard. */
  SILENT_MEMBERS,
  /** Something else; its health says what. */
  OTHER
}
