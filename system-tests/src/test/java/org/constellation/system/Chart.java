package org.constellation.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.ChartTheme;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** A panel of a dashboard as a picture, of what Prometheus answered over a time. */
final class Chart {

  private static final int WIDTH = 1_000;
  private static final int HEIGHT = 420;
  private static final double MILLIS_PER_MINUTE = 60_000;

  private final Instant begin;
  private final XYChart picture;
  private int points;

  /**
   * A chart without a line.
   *
   * @param title what it shows, and in which unit
   * @param origin what it was drawn from: when, of what, on what
   * @param begin where its time begins
   */
  Chart(String title, String origin, Instant begin) {
    this.begin = begin;
    this.picture =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .theme(ChartTheme.XChart)
            .title(title)
            .xAxisTitle("minutes. " + origin)
            .build();
    picture
        .getStyler()
        .setLegendPosition(LegendPosition.OutsideE)
        .setChartBackgroundColor(Color.WHITE);
    picture.getStyler().setYAxisMin(0.0).setPlotGridVerticalLinesVisible(false);
  }

  /** Draws what a query answered; a value that is missing is a gap. */
  void add(
      PanelQuery query,
      Map<Map<String, String>, SortedMap<Instant, Double>> history,
      Duration step) {
    history.forEach(
        (labels, values) -> {
          var x = new ArrayList<Double>();
          var y = new ArrayList<Double>();
          Instant last = null;
          for (var value : values.entrySet()) {
            if (last != null && last.plus(step).isBefore(value.getKey())) {
              x.add(minutes(last.plus(step)));
              y.add(Double.NaN);
            }
            last = value.getKey();
            x.add(minutes(last));
            y.add(value.getValue());
          }
          if (!x.isEmpty()) {
            picture.addSeries(query.named(labels), x, y).setMarker(SeriesMarkers.NONE);
            points += x.size();
          }
        });
  }

  /** Marks moments. */
  void mark(List<Instant> moments) {
    moments.forEach(
        moment -> picture.addAnnotation(new AnnotationLine(minutes(moment), true, false)));
  }

  private double minutes(Instant moment) {
    return Duration.between(begin, moment).toMillis() / MILLIS_PER_MINUTE;
  }

  /** Writes it, unless there is nothing on it. */
  void save(Path file) throws IOException {
    assertThat(points).as("points of " + picture.getTitle()).isGreaterThan(1);
    try (var out = Files.newOutputStream(file)) {
      ChartEncoder.saveChart(picture, out, "png");
    }
  }
}
