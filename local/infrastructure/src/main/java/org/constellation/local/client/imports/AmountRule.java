package org.constellation.local.client.imports;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a row's amount follows from its columns. Four forms, no more: {@code COLUMN}, {@code
 * abs(COLUMN)}, one of both times a number as in {@code COLUMN*100}, or just a number.
 *
 * @param column null where every row has the same amount
 * @param absolute whether the sign is dropped
 * @param factor what the column is multiplied by, or the amount itself
 */
public record AmountRule(@Nullable String column, boolean absolute, BigDecimal factor) {

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}(\\.[0-9]{1,18})?");
  private static final Pattern FORM =
      Pattern.compile("(?:abs\\((?<inside>[^()*]+)\\)|(?<plain>[^()*]+))(?:\\*(?<factor>.+))?");

  /**
   * Reads one of the forms.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  public static AmountRule parse(String text) {
    var words = text.strip();
    if (NUMBER.matcher(words).matches()) {
      return new AmountRule(null, false, whole(words));
    }
    var form = FORM.matcher(words);
    if (!form.matches()) {
      throw unreadable(text);
    }
    var factor = form.group("factor") == null ? "1" : form.group("factor").strip();
    if (!NUMBER.matcher(factor).matches()) {
      throw unreadable(text);
    }
    var inside = form.group("inside");
    var column = inside == null ? form.group("plain") : inside;
    return new AmountRule(column.strip(), inside != null, new BigDecimal(factor));
  }

  private static BigDecimal whole(String number) {
    try {
      return BigDecimal.valueOf(new BigDecimal(number).longValueExact());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(number + " is no whole number of minor units", e);
    }
  }

  private static IllegalArgumentException unreadable(String text) {
    return new IllegalArgumentException(
        "an amount is COLUMN, abs(COLUMN), either of them *NUMBER, or NUMBER; not " + text);
  }

  /**
   * The amount in minor units, of a row whose column says {@code value}.
   *
   * @throws ArithmeticException if that is no whole number of 64 bits
   * @throws NumberFormatException if {@code value} is no number
   */
  public long amount(String value) {
    if (column == null) {
      return factor.longValueExact();
    }
    var number = new BigDecimal(value.strip());
    return (absolute ? number.abs() : number).multiply(factor).longValueExact();
  }
}
