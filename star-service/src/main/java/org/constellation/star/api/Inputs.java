package org.constellation.star.api;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import org.constellation.platform.security.BearerToken;
import org.constellation.platform.security.Login;
import org.constellation.platform.web.CommonError;
import org.constellation.platform.web.RequestRejected;
import org.constellation.protocol.Bytes;
import org.constellation.protocol.chain.AssetId;
import org.constellation.protocol.crypto.Hash;
import org.constellation.protocol.star.MalformedStarId;
import org.constellation.protocol.star.StarId;
import org.constellation.star.StarError;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads what a caller wrote, or refuses it with a code of its own. */
public final class Inputs {

  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  /** The name of the network's own token. */
  public static final String NO0S = AssetId.NO0S_SYMBOL;

  /** The header with which a request may be repeated. */
  public static final String REPEAT_HEADER = "Idempotency-Key";

  private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");
  private static final Pattern DIGITS = Pattern.compile("-?[0-9]{1,40}");
  private static final Pattern REPEAT_KEY = Pattern.compile("[\\x21-\\x7e]{1,128}");
  private static final BigInteger AMOUNT_MAX = BigInteger.valueOf(Long.MAX_VALUE);

  private Inputs() {}

  /** A star id as text. */
  public static StarId star(@Nullable String text, String field) {
    if (text == null) {
      throw StarError.MALFORMED_STAR.because("The field " + field + " is missing.");
    }
    try {
      return StarId.parse(text);
    } catch (MalformedStarId e) {
      throw StarError.MALFORMED_STAR.because(
          "The star id in " + field + " cannot be right: it " + e.getMessage() + ".");
    }
  }

  /** A transaction's or half-block's id in hexadecimal digits. */
  public static Hash id(String text) {
    if (!HASH.matcher(text).matches()) {
      throw StarError.MALFORMED_ID.because("An id has 64 hexadecimal digits.");
    }
    return Hash.fromHex(text);
  }

  /**
   * An asset: {@code no0s}, also if nothing is said, or the id of the half-block that defined it.
   */
  public static AssetId asset(@Nullable String text) {
    if (text == null || text.equals(NO0S)) {
      return AssetId.NO0S;
    }
    if (!HASH.matcher(text).matches()) {
      throw StarError.MALFORMED_ASSET.because(
          "An asset is no0s or the 64 hexadecimal digits of its definition's id.");
    }
    return new AssetId(Hash.fromHex(text));
  }

  /** A positive amount of minor units, as an integer or as a text of digits. */
  public static long amount(@Nullable JsonNode node) {
    var number = integer(node);
    if (number == null) {
      throw StarError.MALFORMED_AMOUNT.because(
          "An amount is an integer of minor units, as a number or as a text of digits.");
    }
    if (number.signum() <= 0) {
      throw StarError.AMOUNT_NOT_POSITIVE.because("An amount is at least 1.");
    }
    if (number.compareTo(AMOUNT_MAX) > 0) {
      throw StarError.AMOUNT_TOO_LARGE.because("An amount is at most 9223372036854775807.");
    }
    return number.longValueExact();
  }

  /** A number of ticks, or {@code otherwise} where nothing is said. */
  public static long ticks(@Nullable JsonNode node, long otherwise) {
    if (node == null || node.isNull() || node.isMissingNode()) {
      return otherwise;
    }
    var number = integer(node);
    if (number == null || number.bitLength() >= Long.SIZE) {
      throw StarError.VALIDITY_OUT_OF_RANGE.because("validForTicks is an integer of ticks.");
    }
    return number.longValueExact();
  }

  private static @Nullable BigInteger integer(@Nullable JsonNode node) {
    if (node == null) {
      return null;
    }
    if (node.isIntegralNumber()) {
      return node.bigIntegerValue();
    }
    return node.isString() && DIGITS.matcher(node.stringValue()).matches()
        ? new BigInteger(node.stringValue())
        : null;
  }

  /** What a star's stored credential must equal: the hash of a token, or of who is logged in. */
  public static Hash token(@Nullable String authorization) {
    var login = Login.current();
    if (login.isPresent()) {
      login.get().require(Login.CUSTODY);
      return login.get().credential();
    }
    return BearerToken.fromAuthorization(authorization)
        .map(token -> token.hash().value())
        .orElseThrow(
            () ->
                new RequestRejected(
                    CommonError.NOT_AUTHENTICATED, "The star's bearer token is needed."));
  }

  /** An idempotency key, null where there is none. */
  public static @Nullable String repeatKey(@Nullable String header) {
    if (header == null) {
      return null;
    }
    if (!REPEAT_KEY.matcher(header).matches()) {
      throw StarError.MALFORMED_IDEMPOTENCY_KEY.because(
          "An idempotency key has 1 to 128 visible ASCII characters.");
    }
    return header;
  }

  /** Whether a character could make what is signed read as something else. */
  private static boolean isMisleading(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      case Character.FORMAT -> !isInvisiblePart(codePoint);
      default -> false;
    };
  }

  private static boolean isInvisiblePart(int codePoint) {
    return codePoint == ZERO_WIDTH_NON_JOINER || codePoint == ZERO_WIDTH_JOINER;
  }

  /** A text that a half-block can carry; empty where nothing is said. */
  public static String text(@Nullable String text, int bytesMax, String field) {
    if (text == null) {
      return "";
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text) || text.indexOf('\0') >= 0) {
      throw StarError.MALFORMED_TEXT.because(
          "The " + field + " is no Unicode text, or has a character U+0000.");
    }
    if (text.codePoints().anyMatch(Inputs::isMisleading)) {
      throw StarError.MALFORMED_TEXT.because(
          "The " + field + " has a character that changes lines or the direction of text.");
    }
    if (text.getBytes(StandardCharsets.UTF_8).length > bytesMax) {
      throw StarError.TOO_LONG.because(
          "The " + field + " has at most " + bytesMax + " bytes in UTF-8.");
    }
    return text;
  }

  /** Bytes in base64, or nothing sensible. */
  public static Bytes base64(@Nullable String text, StarError otherwise, String field) {
    if (text == null) {
      throw otherwise.because("The field " + field + " is missing.");
    }
    try {
      return Bytes.copyOf(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      throw otherwise.because("The field " + field + " is not base64.");
    }
  }

  /** An asset's name in answers. */
  public static String show(AssetId asset) {
    return asset.equals(AssetId.NO0S) ? NO0S : asset.hash().toHex();
  }

  /** Bytes in answers. */
  public static String show(Bytes bytes) {
    return Base64.getEncoder().encodeToString(bytes.toArray());
  }
}
