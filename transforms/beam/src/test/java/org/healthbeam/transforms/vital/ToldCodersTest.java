package org.healthbeam.transforms.vital;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.beam.sdk.util.CoderUtils;
import org.healthbeam.core.vital.ReadingVersion;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.artefact.ToldArtefacts;
import org.healthbeam.core.vital.artefact.VitalArtefact;
import org.healthbeam.core.vital.score.EarlyWarningScore;
import org.healthbeam.core.vital.score.Horizons;
import org.healthbeam.core.vital.score.KnownScores;
import org.healthbeam.core.vital.score.News2;
import org.healthbeam.core.vital.score.ScoreTimeline;
import org.healthbeam.core.vital.score.SubjectSeries;
import org.healthbeam.core.vital.score.ToldScores;

/** State of what was told goes on after its coder as if it had never been written. */
class ToldCodersTest {
  private static final Instant END = Instant.ofEpochSecond(3600);
  private static final List<VitalKind> KINDS =
      List.of(VitalKind.HEART_RATE, VitalKind.SYSTOLIC_BP, VitalKind.RESPIRATORY_RATE);

  /** Returns what its bytes are read as; these are the same for all that was told the same. */
  private static <T> T throughCoder(Coder<T> coder, T value, T same) throws Exception {
    coder.verifyDeterministic();
    CoderProperties.coderSerializable(coder);
    byte[] bytes = ObjectState.encodeUntouched(coder, value);
    assertArrayEquals(bytes, CoderUtils.encodeToByteArray(coder, same));
    T back = CoderUtils.decodeFromByteArray(coder, bytes);
    assertArrayEquals(bytes, CoderUtils.encodeToByteArray(coder, back));
    return back;
  }

  /** Scores of some readings, taken back ones among them, as they are known in a pane. */
  private static List<EarlyWarningScore> scores(Random random, int pane) {
    SubjectSeries series = new SubjectSeries();
    for (int i = random.nextInt(8); i > 0; i--) {
      series.add(
          KINDS.get(random.nextInt(KINDS.size())),
          600_000L * random.nextInt(6),
          30 + random.nextInt(100),
          ReadingVersion.told(false, pane, "" + i));
    }
    List<EarlyWarningScore> scores = new ArrayList<>();
    new ScoreTimeline(
            List.of(News2.SCALE_1, KnownScores.SHOCK_INDEX), Horizons.all(Duration.ofMinutes(10)))
        .scores("\u00e4", series, Instant.EPOCH, END, 0, false, scores::add);
    return scores;
  }

  @Property(tries = 100)
  void toldScoresGoOnAfterTheirCoder(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    ToldScores never = new ToldScores();
    ToldScores same = new ToldScores();
    ToldScores each = new ToldScores();
    int panes = 1 + random.nextInt(6);
    for (int pane = 0; pane < panes; pane++) {
      List<EarlyWarningScore> scores = scores(random, pane);
      List<EarlyWarningScore> byNever = new ArrayList<>();
      List<EarlyWarningScore> byEach = new ArrayList<>();
      boolean isFinal = pane == panes - 1;
      never.tell("\u00e4", pane, scores, isFinal, byNever::add);
      same.tell("\u00e4", pane, scores, isFinal, one -> {});
      each.tell("\u00e4", pane, scores, isFinal, byEach::add);
      assertEquals(byNever, byEach);
      each = throughCoder(ToldScoresCoder.of(), each, same);
    }
  }

  private static List<VitalArtefact> artefacts(Random random) {
    List<VitalArtefact> artefacts = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      if (random.nextBoolean()) {
        artefacts.add(
            new VitalArtefact(
                "a",
                VitalKind.SPO2,
                Instant.ofEpochMilli(i / 2),
                i,
                90 + random.nextInt(2),
                3,
                0,
                true));
      }
    }
    return artefacts;
  }

  @Property(tries = 100)
  void toldArtefactsGoOnAfterTheirCoder(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    ToldArtefacts never = new ToldArtefacts();
    ToldArtefacts same = new ToldArtefacts();
    ToldArtefacts each = new ToldArtefacts();
    for (int pane = 0; pane < 5; pane++) {
      List<VitalArtefact> artefacts = artefacts(random);
      List<VitalArtefact> byNever = new ArrayList<>();
      List<VitalArtefact> byEach = new ArrayList<>();
      tell(never, pane, artefacts, byNever::add);
      tell(same, pane, artefacts, one -> {});
      tell(each, pane, artefacts, byEach::add);
      assertEquals(byNever, byEach);
      each = throughCoder(ToldArtefactsCoder.of(), each, same);
    }
  }

  private static void tell(
      ToldArtefacts told, int pane, List<VitalArtefact> artefacts, Consumer<VitalArtefact> to) {
    told.tell("a", VitalKind.SPO2, pane, artefacts, to);
  }
}
