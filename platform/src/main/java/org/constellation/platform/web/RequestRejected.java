package org.constellation.platform.web;

import java.util.Map;
import java.util.Objects;

/**
 * A caller's request cannot be met, for a reason that the caller is told. Services throw it or
 * subclasses of it; nothing else of a service's own reaches the caller.
 */
public class RequestRejected extends RuntimeException {

  private static final long serialVersionUID = 1L;

  // An enum constant in practice, and exceptions of this kind are never serialised.
  private final transient ErrorCode code;
  private final transient Map<String, Object> properties;

  /**
   * @param code what is wrong
   * @param detail for people; must not repeat what the caller sent
   */
  public RequestRejected(ErrorCode code, String detail) {
    this(code, detail, Map.of());
  }

  /**
   * @param properties further members of the problem, for programs
   */
  public RequestRejected(ErrorCode code, String detail, Map<String, Object> properties) {
    super(detail);
    this.code = code;
    this.properties = Map.copyOf(properties);
  }

  /** For people; part of the answer. */
  public String detail() {
    return Objects.requireNonNullElse(getMessage(), "");
  }

  /** What is wrong. */
  public ErrorCode code() {
    return code;
  }

  /** Further members of the problem. */
  public Map<String, Object> properties() {
    return properties;
  }
}
