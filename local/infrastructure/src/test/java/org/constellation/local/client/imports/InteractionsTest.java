package org.constellation.local.client.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.constellation.local.client.imports.Interactions.Columns;
import org.constellation.local.client.imports.Interactions.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InteractionsTest {

  @TempDir private Path directory;

  @Test
  void readsRowsAndSaysWhyOthersCannotBePaid() throws IOException {
    var read = read("a,b,w,t\nx,y,3,20\nx,x,1,5\ny,x,0,5\ny,x,-2,10\ny\n", null);

    assertThat(read.rows()).containsExactly(new Row(1, "x", "y", 3), new Row(4, "y", "x", 2));
    assertThat(read.refused())
        .isEqualTo(Map.of("SAME_STAR", 1, "AMOUNT_NOT_POSITIVE", 1, "MISSING_COLUMNS", 1));
  }

  @Test
  void sendsInTheOrderOfTheTimeColumnAsNumbers() throws IOException {
    var read = read("a,b,w,t\nx,y,1,100\nx,y,2,20.5\nx,y,3,20.5\nx,y,4,-7\n", "t");

    assertThat(read.rows()).extracting(Row::number).containsExactly(4, 2, 3, 1);
  }

  @Test
  void sendsInTheOrderOfTheTimeColumnAsTexts() throws IOException {
    var read = read("a,b,w,t\nx,y,1,2016-10-30\nx,y,2,2016-09-30\n", "t");

    assertThat(read.rows()).extracting(Row::number).containsExactly(2, 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          x,y,,1         | line 5, column w: "" is no number
          x,y,few,1      | line 5, column w: "few" is no number
          x,y,1.5,1      | line 5, column w: "1.5" gives no whole number
          x,y,1e19,1     | line 5, column w: "1e19" gives no whole number
          x,y,1,         | line 5, column t: "" is no time
          x,y,1,noon     | line 5, column t: "noon" is no number, unlike the times before it
          x,y,1,1e9      | line 5, column t: "1e9" is no number, unlike the times before it
          """)
  void tellsLineAndColumnOfWhatCannotBeUnderstood(String row, String complaint) {
    // A blank line and a line break within a text count as lines of the file.
    var before = "a,b,w,t\n\"x\n\",y,1,12345678901234567890\n\n";

    assertThatThrownBy(() -> read(before + row + "\n", "t"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(complaint);
  }

  @Test
  void refusesAFileThatIsNoText() throws IOException {
    var file = Files.write(directory.resolve("bytes"), new byte[] {'a', (byte) 0xff, '\n'});

    assertThatThrownBy(
            () -> Interactions.read(file, new Columns("a", "b", AmountRule.parse("1"), null)))
        .hasMessageContaining("bytes is no CSV file in UTF-8");
    assertThatThrownBy(
            () -> Interactions.read(directory, new Columns("a", "b", AmountRule.parse("1"), null)))
        .hasMessageContaining("is a directory");
  }

  @Test
  void refusesPaymentsThatNobodyCouldFund() {
    var most = Long.toString(Long.MAX_VALUE);

    assertThatThrownBy(() -> read("a,b,w,t\nx,y," + most + ",1\nx,y,1,1\n", null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("more than 2^63");
  }

  @Test
  void namesTheColumnThatIsMissing() {
    assertThatThrownBy(() -> read("a,c\n1,2\n", null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("[b, w]");
  }

  @Test
  void readsTheFourFormsOfAnAmount() {
    assertThat(AmountRule.parse("7").amount("")).isEqualTo(7);
    assertThat(AmountRule.parse("w").amount(" 5 ")).isEqualTo(5);
    assertThat(AmountRule.parse("abs(w)").amount("-5")).isEqualTo(5);
    assertThat(AmountRule.parse("w*100").amount("1.25")).isEqualTo(125);
    assertThat(AmountRule.parse("abs(w)*100").amount("-0.01")).isEqualTo(1);
    assertThatThrownBy(() -> AmountRule.parse("w+1*b"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AmountRule.parse("1.5"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no whole number");
    assertThatThrownBy(() -> AmountRule.parse("w").amount("1.5"))
        .isInstanceOf(ArithmeticException.class);
  }

  private Interactions read(String csv, @Nullable String time) throws IOException {
    var file = Files.writeString(directory.resolve("file.csv"), csv);
    return Interactions.read(file, new Columns("a", "b", AmountRule.parse("abs(w)"), time));
  }
}
