package org.constellation.protocol.wire;

import com.google.protobuf.ByteString;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.block.Outcome;
import org.constellation.protocol.block.Receipt;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.wire.Decoded.Reason;
import org.constellation.protocol.wire.proto.BlockMessages;

/** Receipts. */
public final class ReceiptCodec {

  private static final int BYTES_MAX = 96;

  private static final MessageFormat<BlockMessages.Receipt> RECEIPT =
      MessageFormat.of(
          BlockMessages.Receipt.parser(), BlockMessages.Receipt.getDescriptor(), BYTES_MAX);

  private ReceiptCodec() {}

  /** The one encoding of {@code receipt}. */
  public static Bytes encode(Receipt receipt) {
    return RECEIPT.encode(write(receipt));
  }

  /** Reads a receipt. */
  public static Decoded<Receipt> decode(Bytes bytes) {
    return RECEIPT.decode(bytes, ReceiptCodec::read);
  }

  static BlockMessages.Receipt write(Receipt receipt) {
    return BlockMessages.Receipt.newBuilder()
        .setSubject(Fields.of(receipt.subject()))
        .setOutcome(receipt.outcome().code())
        .setTransaction(receipt.concerned().map(Fields::of).orElse(ByteString.EMPTY))
        .build();
  }

  static Receipt read(BlockMessages.Receipt message) {
    return new Receipt(
        Fields.hash(message.getSubject(), "subject"),
        Outcome.of(message.getOutcome()).orElseThrow(() -> Fields.unknownCode("outcome")),
        message.getTransaction().isEmpty() ? Hash.ZERO : transaction(message.getTransaction()));
  }

  private static Hash transaction(ByteString field) {
    var transaction = Fields.hash(field, "transaction");
    if (transaction.equals(Hash.ZERO)) {
      throw new Rejection(Reason.NOT_CANONICAL, "no transaction is said by an empty field");
    }
    return transaction;
  }
}
