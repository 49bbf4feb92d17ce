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

class InteractionsTest {

  @TempDir private Path directory;

  @Test
  void readsRowsAndSaysWhyOthersCannotBePaid() throws IOException {
    var read = read("a,b,w,t\nx,y,3,20\nx,x,1,5\ny,x,0,5\ny,x,,5\ny,x,-2,10\ny\n", null);

    assertThat(read.rows())
        .containsExactly(new Row(1, "x", "y", 3, ""), new Row(5, "y", "x", 2, ""));
    assertThat(read.refused())
        .isEqualTo(
            Map.of(
                "SAME_STAR",
                1,
                "AMOUNT_NOT_POSITIVE",
                1,
                "MALFORMED_AMOUNT",
                1,
                "MISSING_COLUMNS",
                1));
  }

  @Test
  void sendsInTheOrderOfTheTimeColumnAsNumbers() throws IOException {
    var read = read("a,b,w,t\nx,y,1,100\nx,y,2,20\nx,y,3,20\n", "t");

    assertThat(read.rows()).extracting(Row::number).containsExactly(2, 3, 1);
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
    assertThatThrownBy(() -> AmountRule.parse("w").amount("1.5"))
        .isInstanceOf(ArithmeticException.class);
  }

  private Interactions read(String csv, @Nullable String time) throws IOException {
    var file = Files.writeString(directory.resolve("file.csv"), csv);
    return Interactions.read(file, new Columns("a", "b", AmountRule.parse("abs(w)"), time));
  }
}
