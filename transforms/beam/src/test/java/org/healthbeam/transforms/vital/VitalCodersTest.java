package org.healthbeam.transforms.vital;

import java.time.Instant;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.beam.sdk.util.CoderUtils;
import org.healthbeam.core.vital.ReadingSeries;
import org.healthbeam.core.vital.ReadingVersion;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.VitalReading;
import org.healthbeam.core.vital.VitalSign;
import org.healthbeam.core.vital.VitalSummary;
import org.healthbeam.core.vital.artefact.VitalArtefact;
import org.healthbeam.core.vital.score.EarlyWarningScore;
import org.healthbeam.core.vital.score.ScoreParameter;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class VitalCodersTest {
  private static final Instant T = Instant.parse("2201-12-31T23:59:59.999Z");
  private static final Instant BEFORE_EPOCH = Instant.parse("1931-01-01T00:00:00.001Z");

  private static <T> void check(Coder<T> coder, T value, T equal) throws Exception {
    CoderProperties.coderDecodeEncodeEqual(coder, value);
    CoderProperties.coderDeterministic(coder, value, equal);
    CoderProperties.coderConsistentWithEquals(coder, value, equal);
    CoderProperties.coderSerializable(coder);
    coder.verifyDeterministic();
  }

  @Test
  void elementsSurviveTheirCodersAndEqualOnesHaveEqualBytes() throws Exception {
    for (VitalKind kind : VitalKind.values()) {
      check(
          VitalSignCoder.of(),
          new VitalSign("\u00e4", kind, -0.1, BEFORE_EPOCH, "s", "1"),
          new VitalSign("\u00e4", kind, -0.1, BEFORE_EPOCH, "s", "1"));
      check(
          VitalReadingCoder.of(),
          new VitalReading("", kind, 1e300, "mm[Hg]", true, T, "s", "p"),
          new VitalReading("", kind, 1e300, "mm[Hg]", true, T, "s", "p"));
      check(
          VitalPointCoder.of(),
          new VitalPoint(kind, T.toEpochMilli(), 1, false),
          new VitalPoint(kind, T.toEpochMilli(), 1, false));
      for (ReadingVersion version :
          List.of(
              ReadingVersion.corrected(-7, "a"),
              ReadingVersion.withdrawn(1, ""),
              ReadingVersion.told(true, Long.MAX_VALUE, "a"),
              ReadingVersion.told(false, 0, "a"),
              ReadingVersion.judged(true, 3))) {
        check(
            VitalSignCoder.of(),
            new VitalSign("a", kind, 1, T, "s", "1", version),
            new VitalSign("a", kind, 1, T, "s", "1", version));
        check(
            VitalReadingCoder.of(),
            new VitalReading("a", kind, 1, "u", false, T, "s", "1", version),
            new VitalReading("a", kind, 1, "u", false, T, "s", "1", version));
        check(
            VitalPointCoder.of(),
            new VitalPoint(kind, 1, 2, true, version),
            new VitalPoint(kind, 1, 2, true, version));
      }
      check(SeriesKeyCoder.of(), new SeriesKey("a", kind), new SeriesKey("a", kind));
    }
    check(VitalSummaryCoder.of(), summary(), summary());
    check(VitalArtefactCoder.of(), artefact(), artefact());
    check(EarlyWarningScoreCoder.of(), score(), score());
  }

  private static VitalArtefact artefact() {
    return new VitalArtefact("a", VitalKind.SPO2, BEFORE_EPOCH, 1, Double.NaN, 3, 4, true);
  }

  private static VitalSummary summary() {
    double nan = Double.NaN;
    return new VitalSummary(
        "a",
        VitalKind.SPO2,
        BEFORE_EPOCH,
        T,
        3,
        true,
        2,
        1,
        2,
        3,
        4,
        5,
        6,
        7,
        nan,
        9,
        10,
        11,
        12,
        13,
        14,
        15);
  }

  private static EarlyWarningScore score() {
    return new EarlyWarningScore(
        "a",
        T,
        "NEWS2",
        3,
        "low-medium",
        1,
        false,
        true,
        3,
        20,
        List.of(ScoreParameter.MISSING, new ScoreParameter(3, "85", 0.001)));
  }

  @Test
  void seriesEncodeAlikeWhateverTheOrderOfTheirReadings() throws Exception {
    ReadingSeries a = new ReadingSeries();
    ReadingSeries b = new ReadingSeries();
    for (int i = 0; i < 50; i++) {
      a.add(T.toEpochMilli() + i % 20, i % 20);
      b.add(T.toEpochMilli() + (49 - i) % 20, (49 - i) % 20);
    }
    a.addImplausible(2);
    b.addImplausible(2);
    long t = T.toEpochMilli();
    for (int i = 0; i < 6; i++) {
      a.add(t + i % 3, i, ReadingVersion.corrected(i, "x"));
      b.add(t + (5 - i) % 3, 5 - i, ReadingVersion.corrected(5 - i, "x"));
      a.add(t, i, ReadingVersion.judged(i % 2 == 0, i));
      b.add(t, i, ReadingVersion.judged(i % 2 == 0, i));
    }
    a.add(t + 9, 0, ReadingVersion.withdrawn(1, ""));
    b.add(t + 9, 1, ReadingVersion.withdrawn(1, ""));
    byte[] bytes = CoderUtils.encodeToByteArray(ReadingSeriesCoder.of(), a);
    Assertions.assertArrayEquals(bytes, CoderUtils.encodeToByteArray(ReadingSeriesCoder.of(), b));
    ReadingSeries back = CoderUtils.decodeFromByteArray(ReadingSeriesCoder.of(), bytes);
    // 20 times, of which 9 is taken back; and one value more at each of the times 0, 1 and 2, of
    // which 0 at 0 is an artefact.
    Assertions.assertEquals(21, back.size());
    Assertions.assertEquals(1, back.artefacts());
    Assertions.assertEquals(3, back.superseded());
    Assertions.assertEquals(1, back.withdrawn());
    Assertions.assertEquals(1, back.withdrawals());
    Assertions.assertEquals(57, back.added());
    Assertions.assertEquals(30, back.duplicates());
    Assertions.assertEquals(2, back.implausible());
    Assertions.assertArrayEquals(
        bytes, CoderUtils.encodeToByteArray(ReadingSeriesCoder.of(), back));
  }

  @Test
  void nothingShowsAPatientsContentAsText() {
    String mark = "MARK";
    for (Object element :
        List.of(
            new VitalSign(mark, VitalKind.SPO2, 97.125, T, "s", "1"),
            new VitalReading(mark, VitalKind.SPO2, 97.125, mark, false, T, "s", "1"),
            new VitalPoint(VitalKind.SPO2, 1, 97.125, true),
            new SeriesKey(mark, VitalKind.SPO2),
            new ScoreParameter(1, "97.125", 0))) {
      Assertions.assertFalse(element.toString().contains(mark), element.getClass().getName());
      Assertions.assertFalse(element.toString().contains("97.125"), element.getClass().getName());
    }
  }
}
