package org.constellation.protocol.wire;

import java.util.List;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.EraPlan;
import org.constellation.protocol.block.Evidence;
import org.constellation.protocol.block.GalaxyBlock;
import org.constellation.protocol.block.GalaxyContent;
import org.constellation.protocol.block.GalaxyHeader;
import org.constellation.protocol.block.LedgerTime;
import org.constellation.protocol.block.MemberRecord;
import org.constellation.protocol.block.MembershipChange;
import org.constellation.protocol.block.Mint;
import org.constellation.protocol.block.Receipt;
import org.constellation.protocol.block.TableVote;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.Hashing;
import org.constellation.protocol.merkle.MerkleTree;
import org.constellation.protocol.wire.proto.BlockMessages;

/** The galaxy's blocks. */
public final class GalaxyCodec {

  private static final MessageFormat<BlockMessages.GalaxyHeader> HEADER =
      MessageFormat.of(
          BlockMessages.GalaxyHeader.parser(),
          BlockMessages.GalaxyHeader.getDescriptor(),
          GalaxyHeader.BYTES_MAX);
  private static final MessageFormat<BlockMessages.GalaxyBlock> BLOCK =
      MessageFormat.of(
          BlockMessages.GalaxyBlock.parser(),
          BlockMessages.GalaxyBlock.getDescriptor(),
          GalaxyBlock.BYTES_MAX);

  private GalaxyCodec() {}

  /**
   * Makes a header: encodes it and names it.
   *
   * @throws IllegalArgumentException if it breaks a limit
   */
  public static GalaxyHeader header(
      Hash network,
      long era,
      long height,
      Hash previous,
      Hash contentRoot,
      Hash receiptsRoot,
      Hash stateRoot,
      List<MembershipChange> membership,
      Mint mint,
      List<EraPlan> eraPlans,
      List<TableVote> adoptedTables,
      Hash beacon,
      LedgerTime time,
      List<MemberRecord> execution,
      int halfBlocks) {
    var message =
        BlockMessages.GalaxyHeader.newBuilder()
            .setNetwork(Fields.of(network))
            .setEra(era)
            .setHeight(height)
            .setPrevious(Fields.of(previous))
            .setContentRoot(Fields.of(contentRoot))
            .setReceiptsRoot(Fields.of(receiptsRoot))
            .setStateRoot(Fields.of(stateRoot))
            .setBeacon(Fields.of(beacon))
            .setTime(time.timeMillis())
            .setTick(time.tick())
            .setStepTime(time.stepTimeMillis())
            .setHalfBlocks(halfBlocks);
    membership.forEach(change -> message.addMembership(HeaderParts.write(change)));
    eraPlans.forEach(plan -> message.addEraPlans(PlanCodec.write(plan)));
    adoptedTables.forEach(table -> message.addAdoptedTables(HeaderParts.write(table)));
    execution.forEach(member -> message.addExecution(HeaderParts.write(member)));
    if (!mint.equals(Mint.NONE)) {
      message.setMint(HeaderParts.write(mint));
    }
    var built = message.build();
    return readHeader(built, HEADER.encode(built));
  }

  /** Reads the exact bytes of a header. */
  public static Decoded<GalaxyHeader> decodeHeader(Bytes bytes) {
    return HEADER.decode(bytes, message -> readHeader(message, bytes));
  }

  static GalaxyHeader readHeader(Bytes bytes) {
    return readHeader(HEADER.parse(bytes), bytes);
  }

  /** The one encoding of {@code block}. */
  public static Bytes encode(GalaxyBlock block) {
    var message =
        BlockMessages.GalaxyBlock.newBuilder()
            .setHeader(Fields.of(block.header().bytes()))
            .setCertificate(CertificateCodec.write(block.certificate()))
            .setContent(write(block.content()));
    block.receipts().forEach(receipt -> message.addReceipts(ReceiptCodec.write(receipt)));
    return BLOCK.encode(message.build());
  }

  /**
   * Reads a block whose header fits its content and receipts; its certificate is yet to be checked,
   * and it is yet to be executed.
   */
  public static Decoded<GalaxyBlock> decode(Bytes bytes) {
    return BLOCK.decode(bytes, GalaxyCodec::read);
  }

  /** Covers checkpoints by their headers, and every byte of notices, evidence and table votes. */
  public static Hash contentRoot(GalaxyContent content) {
    return Hashing.tagged("CSTL-V1-CONTENT")
        .hash(
            MerkleTree.ofHashes(
                    content.checkpoints().stream()
                        .map(checkpoint -> checkpoint.header().hash())
                        .toList())
                .root())
        .hash(
            MerkleTree.of(
                    content.notices().stream()
                        .map(notice -> Fields.bytes(NoticeCodec.write(notice)))
                        .toList())
                .root())
        .hash(evidenceRoot(content.evidence()))
        .hash(
            MerkleTree.of(
                    content.votes().stream()
                        .map(votes -> Fields.bytes(HeaderParts.write(votes)))
                        .toList())
                .root())
        .finish();
  }

  /** Merkle root over the receipts in execution order. */
  public static Hash receiptsRoot(List<Receipt> receipts) {
    return receiptsTree(receipts).root();
  }

  /** The tree from which paths of single receipts are taken. */
  public static MerkleTree receiptsTree(List<Receipt> receipts) {
    return MerkleTree.ofHashes(receipts.stream().map(Receipt::digest).toList());
  }

  static Hash evidenceRoot(List<Evidence> evidence) {
    return MerkleTree.of(
            evidence.stream().map(piece -> Fields.bytes(EvidenceCodec.write(piece))).toList())
        .root();
  }

  private static BlockMessages.GalaxyContent write(GalaxyContent content) {
    var message = BlockMessages.GalaxyContent.newBuilder();
    content.checkpoints().forEach(entry -> message.addCheckpoints(CheckpointCodec.write(entry)));
    content.notices().forEach(notice -> message.addNotices(NoticeCodec.write(notice)));
    content.evidence().forEach(piece -> message.addEvidence(EvidenceCodec.write(piece)));
    content.votes().forEach(votes -> message.addVotes(HeaderParts.write(votes)));
    return message.build();
  }

  private static GalaxyContent read(BlockMessages.GalaxyContent message) {
    return new GalaxyContent(
        message.getCheckpointsList().stream().map(CheckpointCodec::read).toList(),
        message.getNoticesList().stream().map(NoticeCodec::read).toList(),
        message.getEvidenceList().stream().map(EvidenceCodec::read).toList(),
        message.getVotesList().stream().map(HeaderParts::read).toList());
  }

  private static GalaxyBlock read(BlockMessages.GalaxyBlock message) {
    Fields.require(message.hasCertificate(), "certificate");
    Fields.require(message.hasContent(), "content");
    var header = readHeader(Fields.bytes(message.getHeader()));
    var content = read(message.getContent());
    var receipts = message.getReceiptsList().stream().map(ReceiptCodec::read).toList();
    if (!header.contentRoot().equals(contentRoot(content))
        || !header.receiptsRoot().equals(receiptsRoot(receipts))) {
      throw new IllegalArgumentException("the header is not this content's");
    }
    return new GalaxyBlock(
        header, CertificateCodec.read(message.getCertificate()), content, receipts);
  }

  private static GalaxyHeader readHeader(BlockMessages.GalaxyHeader message, Bytes bytes) {
    return new GalaxyHeader(
        Fields.hash(message.getNetwork(), "network"),
        Fields.natural(message.getEra(), "era"),
        Fields.natural(message.getHeight(), "height"),
        Fields.hash(message.getPrevious(), "previous"),
        Fields.hash(message.getContentRoot(), "content root"),
        Fields.hash(message.getReceiptsRoot(), "receipts root"),
        Fields.hash(message.getStateRoot(), "state root"),
        message.getMembershipList().stream().map(HeaderParts::read).toList(),
        message.hasMint() ? HeaderParts.read(message.getMint()) : Mint.NONE,
        message.getEraPlansList().stream().map(PlanCodec::read).toList(),
        message.getAdoptedTablesList().stream().map(HeaderParts::read).toList(),
        Fields.hash(message.getBeacon(), "beacon"),
        Fields.natural(message.getTime(), "time"),
        Fields.natural(message.getTick(), "tick"),
        Fields.natural(message.getStepTime(), "step time"),
        message.getExecutionList().stream().map(HeaderParts::read).toList(),
        Fields.natural(message.getHalfBlocks(), "half-blocks"),
        bytes,
        GalaxyHeader.hashOf(bytes.toArray()));
  }
}
