package org.healthbeam.core.vital.artefact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.healthbeam.core.vital.ReadingSeries;
import org.healthbeam.core.vital.VitalKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HampelFilterTest {
  private static final ArtefactPolicy NARROW =
      ArtefactPolicy.parse(
          "narrow", List.of("span 3s", "neighbours 4", "sigmas 3", "heart_rate 0.000001"));

  private static List<String> artefacts(
      ArtefactPolicy policy, VitalKind kind, ReadingSeries series, long from, long until) {
    List<String> result = new ArrayList<>();
    new HampelFilter(policy)
        .judge(
            kind,
            series,
            from,
            until,
            (time, value, artefact, median, limit) -> {
              if (artefact) {
                result.add(time + "=" + value);
              }
            });
    return result;
  }

  /** The example of MATLAB's manual page of hampel: two spikes in a sine, three samples a side. */
  @Test
  void spikesInASineAreFoundAndNothingElse() {
    ReadingSeries series = new ReadingSeries();
    for (int i = 0; i < 100; i++) {
      double spike = i == 5 ? 2 : -2;
      double value = i == 5 || i == 19 ? spike : Math.sin(2 * Math.PI * i / 100);
      series.add(1000L * i, value);
    }
    assertEquals(
        List.of("5000=2.0", "19000=-2.0"),
        artefacts(NARROW, VitalKind.HEART_RATE, series, 0, 100_000));
  }

  @Test
  void aSpikeIsFoundAStepIsKeptAndEqualNeighboursAreNotTooStrict() {
    ReadingSeries series = new ReadingSeries();
    for (int minute = 0; minute < 30; minute++) {
      double value = minute < 15 ? 80 : 130;
      series.add(60_000L * minute, minute == 7 ? 200 : minute == 3 ? 94 : value);
    }
    assertEquals(
        List.of("420000=200.0"),
        artefacts(ArtefactPolicy.HAMPEL, VitalKind.HEART_RATE, series, 0, Long.MAX_VALUE));
    assertEquals(
        List.of(), artefacts(ArtefactPolicy.HAMPEL, VitalKind.WEIGHT, series, 0, Long.MAX_VALUE));
  }

  @Test
  void fewReadingsAreNotJudged() {
    ReadingSeries series = new ReadingSeries();
    for (int minute = 0; minute < 4; minute++) {
      series.add(60_000L * minute, minute == 2 ? 250 : 80);
    }
    assertEquals(
        List.of(), artefacts(ArtefactPolicy.HAMPEL, VitalKind.HEART_RATE, series, 0, 1L << 50));
    series.add(240_000, 80);
    assertEquals(
        List.of("120000=250.0"),
        artefacts(ArtefactPolicy.HAMPEL, VitalKind.HEART_RATE, series, 0, 1L << 50));
  }

  @Property(tries = 300)
  void judgementIsThatOfThePlainDefinitionInAnyOrderAndFromAnyWindow(
      @ForAll @IntRange(min = 1, max = 60) int n, @ForAll Random random) {
    List<double[]> readings = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      readings.add(
          new double[] {1000.0 * random.nextInt(40), 60 + random.nextInt(8) * random.nextInt(8)});
    }
    Collections.shuffle(readings, random);
    ReadingSeries all = new ReadingSeries();
    readings.forEach(r -> all.add((long) r[0], r[1]));
    TreeSet<String> distinct = new TreeSet<>();
    List<double[]> once = readings.stream().filter(r -> distinct.add(Arrays.toString(r))).toList();
    List<String> expected = new ArrayList<>();
    once.stream()
        .sorted((a, b) -> Arrays.compare(a, b))
        .filter(r -> isArtefact(once, r))
        .forEach(r -> expected.add((long) r[0] + "=" + r[1]));
    assertEquals(expected, artefacts(NARROW, VitalKind.HEART_RATE, all, 0, 1L << 50));

    // A window of 12 s that begins at 9 s judges its middle half from what it holds alone.
    ReadingSeries window = new ReadingSeries();
    readings.stream()
        .filter(r -> r[0] >= 9000 && r[0] < 21_000)
        .forEach(r -> window.add((long) r[0], r[1]));
    assertEquals(
        artefacts(NARROW, VitalKind.HEART_RATE, all, 12_000, 18_000),
        artefacts(NARROW, VitalKind.HEART_RATE, window, 12_000, 18_000));
  }

  private static boolean isArtefact(List<double[]> readings, double[] reading) {
    double[] around =
        readings.stream()
            .filter(r -> Math.abs(r[0] - reading[0]) <= 3000)
            .mapToDouble(r -> r[1])
            .toArray();
    if (around.length < 4) {
      return false;
    }
    double median = median(around);
    double mad = median(Arrays.stream(around).map(v -> Math.abs(v - median)).toArray());
    return Math.abs(reading[1] - median) > 3 * Math.max(1.4826 * mad, 0.000001);
  }

  private static double median(double[] values) {
    double[] sorted = Arrays.stream(values).sorted().toArray();
    int n = sorted.length;
    return n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "span 7h",
        "span 5",
        "span -5m",
        "neighbours 2",
        "sigmas 0",
        "sigmas x",
        "pulse 5",
        "consciousness 1",
        "heart_rate",
        "heart_rate 0",
        "heart_rate 1 2"
      })
  void linesThatCannotBeReadAreNamed(String line) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> ArtefactPolicy.parse("p", List.of("# mine", "spo2 2", line)));
    assertTrue(e.getMessage().startsWith("artefact policy 'p', line 3: "), e.getMessage());
  }

  @Test
  void policyOfOnesOwnIsReadAndOneWithoutKindsIsRefused() {
    ArtefactPolicy policy =
        ArtefactPolicy.parse("p", List.of("span 90s", "sigmas 2.5 # few", "spo2 1.5"));
    assertEquals(90, policy.span().toSeconds());
    assertEquals(2.5, policy.sigmas());
    assertEquals(1.5, policy.leastSpread(VitalKind.SPO2));
    assertFalse(policy.judges(VitalKind.HEART_RATE));
    assertThrows(
        IllegalArgumentException.class, () -> ArtefactPolicy.parse("p", List.of("span 1m")));
    assertThrows(
        IllegalArgumentException.class,
        () -> ArtefactPolicy.parse("p", List.of("spo2 1", "spo2 2")));
  }
}
