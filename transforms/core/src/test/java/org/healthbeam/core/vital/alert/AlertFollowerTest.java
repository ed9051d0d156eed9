package org.healthbeam.core.vital.alert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.healthbeam.core.vital.ReadingVersion;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.score.Horizons;
import org.healthbeam.core.vital.score.News2;
import org.junit.jupiter.api.Test;

/** The machine that follows alerts as they come, against the one that ticks. */
class AlertFollowerTest {
  private static final int SECONDS = 4000;
  private static final long MIDNIGHT = 1500;

  /** Short delays of whole seconds, so that everything happens within an hour. */
  private static final AlertPlan PLAN =
      AlertPlan.of(
          List.of(
              AlertRule.of("score", AlertPriority.HIGH, AlertSignal.score("NEWS2"), ">=5")
                  .clearing("<=3")
                  .suppressedFor(seconds(90))
                  .expiringAfter(seconds(400)),
              AlertRule.of(
                      "single", AlertPriority.LOW_MEDIUM, AlertSignal.risk("NEWS2"), ">=1", "<2")
                  .delayed(seconds(7), seconds(11))
                  .expiringAfter(seconds(300)),
              AlertRule.of(
                      "points",
                      AlertPriority.MEDIUM,
                      AlertSignal.points("NEWS2", "heart_rate"),
                      ">=2")
                  .delayed(seconds(0), seconds(20))
                  .suppressedFor(seconds(200))
                  .expiringAfter(seconds(100)),
              AlertRule.of(
                      "pulse",
                      AlertPriority.MEDIUM,
                      AlertSignal.value(VitalKind.HEART_RATE),
                      ">=120")
                  .clearing("<=100")
                  .delayed(seconds(15), seconds(0))
                  .suppressedFor(seconds(120))
                  .expiringAfter(seconds(200)),
              AlertRule.of(
                      "fall",
                      AlertPriority.LOW,
                      AlertSignal.delta(VitalKind.SYSTOLIC_BP, seconds(300)),
                      "<=-20")
                  .delayed(seconds(3), seconds(3))
                  .expiringAfter(seconds(500)),
              AlertRule.of("gone", AlertPriority.LOW, AlertSignal.missing(null, seconds(60)))
                  .repeating(seconds(30), 2)
                  .suppressedFor(seconds(70)),
              AlertRule.of(
                      "no-pulse",
                      AlertPriority.LOW,
                      AlertSignal.missing(VitalKind.HEART_RATE, seconds(100)))
                  .repeating(seconds(50), 3)
                  .suppressedFor(seconds(10))),
          List.of(News2.SCALE_1),
          Horizons.STANDARD);

  private static Duration seconds(int n) {
    return Duration.ofSeconds(n);
  }

  /** Times from just before a midnight on. */
  private static long time(long second) {
    return 1000 * (86_400 - MIDNIGHT + second);
  }

  private static List<AlertInput> stay(Random random) {
    List<AlertInput> inputs = new ArrayList<>();
    VitalKind[] kinds = {
      VitalKind.HEART_RATE,
      VitalKind.HEART_RATE,
      VitalKind.SYSTOLIC_BP,
      VitalKind.RESPIRATORY_RATE,
      VitalKind.TEMPERATURE
    };
    double[] low = {60, 95, 80, 8, 35};
    double[] high = {140, 145, 130, 30, 40};
    String[] acknowledged = {"", "score", "pulse", "gone", "no-pulse", "points", "unknown"};
    int n = random.nextInt(120);
    long second = 0;
    for (int i = 0; i < n; i++) {
      second += random.nextInt(8) == 0 ? random.nextInt(250) : random.nextInt(12);
      if (second >= 2500) {
        break;
      }
      if (random.nextInt(12) == 0) {
        inputs.add(
            AlertInput.acknowledgement(
                time(second), acknowledged[random.nextInt(acknowledged.length)]));
        continue;
      }
      int kind = random.nextInt(kinds.length);
      double value = Math.rint(low[kind] + random.nextDouble() * (high[kind] - low[kind]));
      ReadingVersion version = ReadingVersion.ORIGINAL;
      long at = time(second);
      if (random.nextInt(15) == 0 && !inputs.isEmpty()) {
        AlertInput other = inputs.get(random.nextInt(inputs.size()));
        at = other.time();
        version =
            random.nextBoolean()
                ? ReadingVersion.corrected(i, "")
                : ReadingVersion.withdrawn(i, "");
        if (other.kind() != null) {
          value = version.isWithdrawn() ? Double.NaN : value;
          inputs.add(AlertInput.reading(at, other.kind(), value, version));
        }
        continue;
      }
      inputs.add(AlertInput.reading(at, kinds[kind], value, version));
      if (random.nextInt(10) == 0) {
        inputs.add(inputs.get(inputs.size() - 1));
      }
    }
    return inputs;
  }

  private static TickingAlerts reference(List<AlertInput> inputs) {
    return new TickingAlerts(PLAN, inputs, time(0) / 1000, time(SECONDS) / 1000);
  }

  private static String row(Alert alert) {
    return alert.time().getEpochSecond()
        + " "
        + alert.rule()
        + " "
        + alert.state().text()
        + " "
        + alert.score();
  }

  private static String days(Map<Long, long[]> days) {
    StringBuilder text = new StringBuilder();
    days.forEach((day, n) -> text.append(day).append(List.of(n[0], n[1], n[2], n[3], n[4])));
    return text.toString();
  }

  private static void count(Map<Long, long[]> days, AlertBurden burden) {
    long[] known =
        days.put(
            burden.day().toEpochDay(),
            new long[] {
              burden.raised(),
              burden.suppressed(),
              burden.delayed(),
              burden.activeMillis(),
              burden.hysteresisMillis()
            });
    assertEquals(null, known, "a day is told once");
  }

  /** A follower in a stream: what arrives when, time that passes, restarts now and then. */
  private static final class Stream {
    private final AlertFollower follower = new AlertFollower(PLAN);
    private final List<Alert> told = new ArrayList<>();
    private final Map<Long, long[]> days = new TreeMap<>();
    private List<AlertInput> pending = new ArrayList<>();
    private AlertLog log = new AlertLog();

    void add(AlertInput input) {
      assertFalse(follower.isTooLate(log, input), "the test keeps to the lateness");
      pending.add(input);
      follower.add("a", log, input, () -> pending, told::add);
    }

    void fold(long time) {
      pending =
          new ArrayList<>(
              follower.fold("a", log, time, pending, told::add, burden -> count(days, burden)));
    }

    void forgetIfAsNew() {
      if (pending.isEmpty() && follower.isAsNew(log)) {
        log = new AlertLog();
      }
    }

    void restart() throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      log.write(new DataOutputStream(bytes));
      log = AlertLog.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
      ByteArrayOutputStream again = new ByteArrayOutputStream();
      log.write(new DataOutputStream(again));
      assertArrayEquals(bytes.toByteArray(), again.toByteArray());
    }

    List<String> finals() {
      return told.stream().filter(Alert::isFinal).map(AlertFollowerTest::row).sorted().toList();
    }
  }

  @Property(tries = 200)
  void finalAlertsAreThoseOfThePlainMachineInAnyOrderOfArrival(@ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    List<AlertInput> inputs = stay(random);
    TickingAlerts expected = reference(inputs);
    long lateness = 1000L * random.nextInt(300);
    List<long[]> order = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      order.add(new long[] {inputs.get(i).time() + (long) (lateness * random.nextDouble()), i});
    }
    order.sort(Comparator.comparingLong(a -> a[0]));
    Stream stream = new Stream();
    for (long[] arrival : order) {
      if (random.nextBoolean()) {
        // The watermark: nothing older than the lateness comes any more.
        stream.follower.advance("a", stream.log, arrival[0] - lateness, stream.told::add);
      }
      if (random.nextInt(4) == 0) {
        stream.fold(arrival[0] - lateness);
        stream.forgetIfAsNew();
      }
      if (random.nextInt(4) == 0) {
        stream.restart();
      }
      stream.add(inputs.get((int) arrival[1]));
    }
    stream.follower.advance("a", stream.log, time(2 * SECONDS), stream.told::add);
    stream.fold(time(100 * 86_400L));
    assertEquals(expected.rows, stream.finals());
    assertEquals(days(expected.days), days(stream.days));
    assertTrue(stream.follower.isAsNew(stream.log), "nothing is left");
    assertEquals(new TreeSet<>(expected.rows), lastTold(stream.told));
  }

  /** What somebody holds who upserts all that was told, and drops what was withdrawn. */
  private static Set<String> lastTold(List<Alert> told) {
    Map<String, Alert> table = new TreeMap<>();
    for (Alert alert : told) {
      String key = alert.time() + " " + alert.rule() + " " + alert.state();
      Alert before = table.put(key, alert);
      long next = before == null ? 0 : before.revision() + 1;
      assertEquals(next, alert.revision(), "revisions follow one another");
    }
    Set<String> rows = new TreeSet<>();
    table.values().stream().filter(a -> !a.withdrawn()).forEach(a -> rows.add(row(a)));
    return rows;
  }

  @Property(tries = 100)
  void sortedInputsTellTheSame(@ForAll long seed) throws IOException {
    List<AlertInput> inputs = stay(new Random(seed));
    TickingAlerts expected = reference(inputs);
    inputs.sort(Comparator.comparingLong(AlertInput::time));
    AlertFollower follower = new AlertFollower(PLAN);
    AlertLog log = new AlertLog();
    List<String> rows = new ArrayList<>();
    Map<Long, long[]> days = new TreeMap<>();
    for (AlertInput input : inputs) {
      follower.addInOrder("a", log, input, a -> rows.add(row(a)), b -> count(days, b));
    }
    follower.finish("a", log, a -> rows.add(row(a)), b -> count(days, b));
    Collections.sort(rows);
    assertEquals(expected.rows, rows);
    assertEquals(days(expected.days), days(days));
  }

  /** Alerts are told when their input comes, not when its time is final. */
  @Property(tries = 100)
  void whatIsKnownIsToldAtOnce(@ForAll long seed) {
    List<AlertInput> inputs = stay(new Random(seed));
    inputs.sort(Comparator.comparingLong(AlertInput::time));
    Stream stream = new Stream();
    for (int i = 0; i < inputs.size(); i++) {
      stream.add(inputs.get(i));
      if (i % 10 == 9) {
        long now = inputs.get(i).time();
        List<String> known =
            reference(inputs.subList(0, i + 1)).rows.stream()
                .filter(row -> 1000 * Long.parseLong(row.substring(0, row.indexOf(' '))) <= now)
                .toList();
        assertEquals(new TreeSet<>(known), lastTold(stream.told));
      }
    }
  }

  @Test
  void missingThatWasAcknowledgedBeforeIsHeardWhenTheSilenceIsOver() {
    AlertRule rule =
        AlertRule.of(
                "gone",
                AlertPriority.LOW,
                AlertSignal.missing(VitalKind.HEART_RATE, Duration.ofMinutes(10)))
            .suppressedFor(Duration.ofMinutes(30))
            .repeating(Duration.ofHours(12), 0);
    AlertFollower follower =
        new AlertFollower(AlertPlan.of(List.of(rule), List.of(), Horizons.STANDARD));
    AlertLog log = new AlertLog();
    List<String> rows = new ArrayList<>();
    List<AlertBurden> days = new ArrayList<>();
    for (AlertInput input :
        List.of(
            AlertInput.reading(0, VitalKind.HEART_RATE, 80),
            AlertInput.acknowledgement(300_000, "gone"))) {
      follower.addInOrder("a", log, input, a -> rows.add(row(a) + " " + a.detail()), days::add);
    }
    follower.finish("a", log, a -> rows.add(row(a) + " " + a.detail()), days::add);
    assertEquals(
        List.of(
            "300 gone acknowledged NaN not active; silent for 30m",
            "600 gone suppressed NaN heart_rate: none for 10m",
            "2100 gone missing NaN heart_rate: none for 35m",
            "43800 gone expired NaN after 12h10m"),
        rows);
    assertEquals(1, days.get(0).raised());
  }

  /** As after a restart with another file of rules. */
  @Property(tries = 100)
  void otherRulesTellAnewWhatIsNotFinal(@ForAll long seed) throws IOException {
    List<AlertInput> inputs = stay(new Random(seed));
    inputs.sort(Comparator.comparingLong(AlertInput::time));
    List<AlertRule> changed = new ArrayList<>(PLAN.rules().subList(1, PLAN.rules().size()));
    Collections.reverse(changed);
    changed.add(
        AlertRule.of(
                "pulse2",
                AlertPriority.LOW,
                AlertSignal.delta(VitalKind.HEART_RATE, Duration.ofMinutes(9)),
                ">=10")
            .expiringAfter(seconds(150)));
    AlertPlan other = AlertPlan.of(changed, List.of(News2.SCALE_1), Horizons.STANDARD);
    Stream stream = new Stream();
    inputs.forEach(stream::add);
    stream.restart();
    AlertFollower follower = new AlertFollower(other);
    follower.adapt("a", stream.log, () -> stream.pending, stream.told::add);
    follower.advance("a", stream.log, time(2 * SECONDS), stream.told::add);
    follower.fold("a", stream.log, time(100 * 86_400L), stream.pending, stream.told::add, d -> {});
    List<String> expected =
        new TickingAlerts(other, inputs, time(0) / 1000, time(SECONDS) / 1000).rows;
    assertEquals(expected, stream.finals());
    Map<String, Alert> last = new TreeMap<>();
    stream.told.forEach(a -> last.put(a.time() + a.rule() + a.state(), a));
    assertTrue(last.values().stream().allMatch(a -> a.isFinal() || a.withdrawn()));
  }

  @Test
  void rulesThatCannotBeMeantAreRefused() {
    AlertRule rule =
        AlertRule.of("r", AlertPriority.LOW, AlertSignal.value(VitalKind.HEART_RATE), ">=131");
    for (String clear : List.of("<=140", "<=131", ">200")) {
      assertThrows(IllegalArgumentException.class, () -> rule.clearing(clear), clear);
    }
    for (String clear : List.of("<131", "<=125")) {
      assertEquals(1, rule.clearing(clear).clear().size());
    }
    Duration years = Duration.ofDays(36_500);
    assertThrows(IllegalArgumentException.class, () -> rule.expiringAfter(years));
    assertThrows(IllegalArgumentException.class, () -> rule.suppressedFor(years));
    assertThrows(IllegalArgumentException.class, () -> rule.repeating(years, 1));
  }
}
