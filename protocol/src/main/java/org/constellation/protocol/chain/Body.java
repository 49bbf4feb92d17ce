package org.constellation.protocol.chain;

import java.util.List;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.crypto.PublicKey;
import org.constellation.protocol.crypto.Signature;
import org.constellation.protocol.star.StarId;

/** What a half-block says. Every variant keeps to the limits named here once it exists. */
public sealed interface Body {

  /** Most legs of one proposal. */
  int LEGS_MAX = 16;

  /** Longest memo, in UTF-8 bytes. */
  int MEMO_BYTES_MAX = 256;

  /** Longest name of a method, contract, composition or asset, in UTF-8 bytes. */
  int NAME_BYTES_MAX = 64;

  /** Longest asset symbol, in ASCII letters and digits. */
  int SYMBOL_LENGTH_MAX = 12;

  /** Most decimal places of an asset. */
  int DECIMALS_MAX = 18;

  /** Longest argument of a contract call, and longest manifest. */
  int PAYLOAD_BYTES_MAX = 4096;

  /**
   * Offers a transaction to {@code counterparty}. When it is executed the proposer's GIVE legs are
   * held; its id is the transaction's id.
   *
   * @param validUntil last tick in which the counterparty's agreement takes effect
   */
  record Proposal(StarId counterparty, List<Leg> legs, long validUntil, Purpose purpose)
      implements Body {
    public Proposal {
      legs = List.copyOf(legs);
      Limits.atMost(LEGS_MAX, legs.size(), "legs");
      if (validUntil < 0) {
        throw new IllegalArgumentException("validUntil is a tick, not " + validUntil);
      }
    }
  }

  /** Why a proposal is made. */
  sealed interface Purpose {}

  /** Words for the counterparty; may be empty. */
  record Memo(String text) implements Purpose {
    public Memo {
      Limits.utf8(MEMO_BYTES_MAX, text, "memo");
    }
  }

  /** Calls a contract that is the counterparty. */
  record ContractCall(String method, Bytes argument) implements Purpose {
    public ContractCall {
      Limits.name(method, "method");
      Limits.atMost(PAYLOAD_BYTES_MAX, argument.length(), "argument bytes");
    }
  }

  /**
   * Countersigns the transaction {@code proposal}; when both are executed all legs move or none.
   */
  record Agreement(Hash proposal) implements Body {}

  /** The counterparty turns {@code proposal} down: its hold ends at once. */
  record Refusal(Hash proposal) implements Body {}

  /** The proposer takes its own {@code proposal} back, unless it is settled already. */
  record Cancellation(Hash proposal) implements Body {}

  /**
   * Defines an asset whose issuer is this half-block's star. Symbols need not be unique, but nobody
   * may use that of the network's own token.
   */
  record AssetDefinition(String symbol, String name, int decimals) implements Body {
    public AssetDefinition {
      Limits.symbol(SYMBOL_LENGTH_MAX, symbol);
      if (symbol.equalsIgnoreCase(AssetId.NO0S_SYMBOL)) {
        throw new IllegalArgumentException("the symbol belongs to the network's own token");
      }
      Limits.name(name, "name");
      Limits.between(0, DECIMALS_MAX, decimals, "decimals");
    }
  }

  /** Puts the hash of a contract's code on the ledger. */
  record ContractRegistration(String name, Hash codeHash, Bytes manifest) implements Body {
    public ContractRegistration {
      Limits.name(name, "name");
      Limits.atMost(PAYLOAD_BYTES_MAX, manifest.length(), "manifest bytes");
    }
  }

  /** Registers a composition of contracts. */
  record CompositionRegistration(String name, Bytes manifest) implements Body {
    public CompositionRegistration {
      Limits.name(name, "name");
      Limits.atMost(PAYLOAD_BYTES_MAX, manifest.length(), "manifest bytes");
    }
  }

  /**
   * From the next sequence on, {@code newKey} signs for this star. Its id stays.
   *
   * @param proof signature by {@code newKey} over {@link KeyPossession#message}
   */
  record KeyChange(PublicKey newKey, Signature proof) implements Body {}
}
