package org.constellation.star.account.web;

import java.util.List;
import java.util.regex.Pattern;
import org.constellation.protocol.star.StarId;
import org.constellation.star.StarError;
import org.constellation.star.transaction.OpenPlace;
import org.constellation.star.transaction.TransactionView;
import org.constellation.star.transaction.Transactions;
import org.jspecify.annotations.Nullable;

/**
 * A page of a star's transactions that have not ended.
 *
 * @param transactions its own proposals first
 * @param next what to ask for the page after this one with, null on the last page
 */
record OpenPage(List<TransactionView> transactions, @Nullable String next) {

  private static final String OWN = "own-";
  private static final String OTHERS = "other-";
  private static final Pattern PLACE = Pattern.compile("(" + OWN + "|" + OTHERS + ")([0-9]{1,18})");

  /**
   * @param after the page before's {@code next}, null for the first page
   */
  static OpenPage of(StarId star, @Nullable String after, int limit, Transactions transactions) {
    // One more than is shown: its presence says that there is a page after this one.
    var found = transactions.open(star, after == null ? OpenPlace.START : read(after), limit + 1);
    var shown = found.subList(0, Math.min(limit, found.size()));
    return new OpenPage(
        shown.stream().map(TransactionView::of).toList(),
        found.size() > limit ? write(OpenPlace.of(shown.getLast(), star)) : null);
  }

  private static OpenPlace read(String text) {
    var place = PLACE.matcher(text);
    if (!place.matches()) {
      throw StarError.MALFORMED_ID.because("after is what the page before gave as next.");
    }
    return new OpenPlace(place.group(1).equals(OWN), Long.parseLong(place.group(2)));
  }

  private static String write(OpenPlace place) {
    return (place.own() ? OWN : OTHERS) + place.change();
  }
}
