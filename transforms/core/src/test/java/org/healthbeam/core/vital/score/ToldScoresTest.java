package org.healthbeam.core.vital.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.healthbeam.core.vital.ReadingVersion;
import org.healthbeam.core.vital.VitalKind;
import org.junit.jupiter.api.Test;

/** Of scores only what has changed is told again. */
class ToldScoresTest {
  private static final Instant END = Instant.ofEpochSecond(3600);

  private static List<EarlyWarningScore> scores(SubjectSeries series) {
    List<EarlyWarningScore> scores = new ArrayList<>();
    new ScoreTimeline(
            List.of(News2.SCALE_1, KnownScores.SHOCK_INDEX), Horizons.all(Duration.ofMinutes(10)))
        .scores("a", series, Instant.EPOCH, END, 7, false, scores::add);
    return scores;
  }

  private static String show(EarlyWarningScore s) {
    return "%d %s %s r%d%s%s"
        .formatted(
            s.time().getEpochSecond(),
            s.scoreName(),
            s.score(),
            s.revision(),
            s.isFinal() ? " final" : "",
            s.withdrawn() ? " withdrawn" : "");
  }

  private static List<String> tell(
      ToldScores told, long version, SubjectSeries series, boolean isFinal) {
    List<String> rows = new ArrayList<>();
    told.tell("a", version, scores(series), isFinal, s -> rows.add(show(s)));
    return rows;
  }

  @Test
  void onlyChangedRowsAreToldAgainAndAWithdrawnPeriodEndsInWithdrawnRows() {
    SubjectSeries series = new SubjectSeries();
    series.add(VitalKind.RESPIRATORY_RATE, 1000, 22, ReadingVersion.told(false, 1, "x"));
    series.add(VitalKind.RESPIRATORY_RATE, 900_000, 15, ReadingVersion.told(false, 1, "y"));
    ToldScores told = new ToldScores();
    assertEquals(List.of("1 NEWS2 2.0 r0", "900 NEWS2 0.0 r0"), tell(told, 0, series, false));
    assertEquals(List.of(), tell(told, 1, series, false), "nothing has changed");
    series.add(VitalKind.RESPIRATORY_RATE, 1000, 26, ReadingVersion.corrected(2, "x"));
    assertEquals(List.of("1 NEWS2 3.0 r1"), tell(told, 2, series, false));
    assertEquals(List.of(), tell(told, 1, new SubjectSeries(), false), "an older pane");
    series.add(VitalKind.RESPIRATORY_RATE, 1000, 0, ReadingVersion.withdrawn(3, "x"));
    series.add(VitalKind.RESPIRATORY_RATE, 900_000, 0, ReadingVersion.withdrawn(3, "y"));
    assertEquals(
        List.of("1 NEWS2 NaN r2 withdrawn", "900 NEWS2 NaN r1 withdrawn"),
        tell(told, 3, series, false));
    assertEquals(
        List.of("1 NEWS2 NaN r3 final withdrawn", "900 NEWS2 NaN r2 final withdrawn"),
        tell(told, 4, series, true));
  }

  /** Who keeps of each row the greatest revision and drops withdrawn ones has what is known. */
  @Property(tries = 100)
  void toldRowsComeToWhatIsKnown(@ForAll Random random) throws IOException {
    List<VitalKind> kinds =
        List.of(VitalKind.HEART_RATE, VitalKind.SYSTOLIC_BP, VitalKind.RESPIRATORY_RATE);
    SubjectSeries series = new SubjectSeries();
    ToldScores told = new ToldScores();
    Map<String, EarlyWarningScore> table = new TreeMap<>();
    int panes = 1 + random.nextInt(8);
    for (int pane = 0; pane < panes; pane++) {
      for (int i = random.nextInt(6); i > 0; i--) {
        String id = "" + random.nextInt(4);
        series.add(
            kinds.get(random.nextInt(3)),
            600_000L * random.nextInt(5),
            30 + random.nextInt(100),
            random.nextInt(3) == 0
                ? ReadingVersion.withdrawn(pane, id)
                : ReadingVersion.told(false, pane, id));
      }
      boolean isFinal = pane == panes - 1;
      told.tell(
          "a",
          pane,
          scores(series),
          isFinal,
          s -> {
            EarlyWarningScore before = table.put(s.time() + s.scoreName(), s);
            assertEquals(before == null ? 0 : before.revision() + 1, s.revision());
          });
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      told.writeTo(new DataOutputStream(bytes));
      told =
          ToldScores.readFrom(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
      ByteArrayOutputStream again = new ByteArrayOutputStream();
      told.writeTo(new DataOutputStream(again));
      assertArrayEquals(bytes.toByteArray(), again.toByteArray());
      assertEquals(
          scores(series).stream().map(s -> s.revised(0, false)).toList(),
          table.values().stream()
              .filter(s -> !s.withdrawn())
              .sorted(
                  java.util.Comparator.comparing(EarlyWarningScore::time)
                      .thenComparing(s -> s.scoreName().equals("NEWS2") ? 0 : 1))
              .map(s -> s.revised(0, false))
              .toList());
    }
    assertEquals(true, table.values().stream().allMatch(EarlyWarningScore::isFinal));
  }
}
