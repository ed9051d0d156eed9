package org.healthbeam.transforms.vital.alert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.beam.sdk.testing.CoderProperties;
import org.apache.beam.sdk.util.CoderUtils;
import org.healthbeam.core.vital.ReadingVersion;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.alert.Alert;
import org.healthbeam.core.vital.alert.AlertFollower;
import org.healthbeam.core.vital.alert.AlertInput;
import org.healthbeam.core.vital.alert.AlertLog;
import org.healthbeam.core.vital.alert.AlertPlan;
import org.healthbeam.core.vital.alert.AlertPriority;
import org.healthbeam.core.vital.alert.AlertRule;
import org.healthbeam.core.vital.alert.AlertSignal;
import org.healthbeam.core.vital.score.Horizons;
import org.healthbeam.core.vital.score.KnownScores;
import org.healthbeam.transforms.vital.ObjectState;

/** A subject's state goes on after its coder as if it had never been written. */
class FollowedCoderTest {
  private static final List<AlertRule> RULES =
      List.of(
          AlertRule.of("high", AlertPriority.HIGH, AlertSignal.score("NEWS2"), ">=3")
              .suppressedFor(Duration.ofMinutes(10)),
          AlertRule.of(
                  "pulse \u00e4",
                  AlertPriority.MEDIUM,
                  AlertSignal.value(VitalKind.HEART_RATE),
                  ">=110")
              .delayed(Duration.ofMinutes(1), Duration.ofMinutes(2)),
          AlertRule.of(
              "fall",
              AlertPriority.LOW,
              AlertSignal.delta(VitalKind.SYSTOLIC_BP, Duration.ofMinutes(10)),
              "<-20"),
          AlertRule.of("gone", AlertPriority.LOW, AlertSignal.missing(null, Duration.ofMinutes(3)))
              .repeating(Duration.ofMinutes(2), 2));

  private static AlertInput input(Random random) {
    long time = 10_000L * random.nextInt(120);
    return switch (random.nextInt(8)) {
      case 0 -> AlertInput.acknowledgement(time, random.nextBoolean() ? "" : "pulse \u00e4");
      case 1 ->
          AlertInput.reading(
              time,
              VitalKind.HEART_RATE,
              90 + random.nextInt(40),
              ReadingVersion.corrected(random.nextInt(3), "x"));
      case 2, 3 -> AlertInput.reading(time, VitalKind.SYSTOLIC_BP, 80 + random.nextInt(80));
      default -> AlertInput.reading(time, VitalKind.HEART_RATE, 90 + random.nextInt(40));
    };
  }

  private static byte[] bytes(Followed followed) throws Exception {
    return ObjectState.encodeUntouched(FollowedCoder.of(), followed);
  }

  @Property(tries = 200)
  void stateGoesOnAfterItsCoder(@ForAll long seed) throws Exception {
    FollowedCoder.of().verifyDeterministic();
    CoderProperties.coderSerializable(FollowedCoder.of());
    Random random = new Random(seed);
    AlertFollower follower =
        new AlertFollower(AlertPlan.of(RULES, KnownScores.ALL, Horizons.STANDARD));
    AlertLog never = new AlertLog();
    Followed each = Followed.fresh();
    List<AlertInput> pending = new ArrayList<>();
    for (int i = random.nextInt(40); i > 0; i--) {
      List<Alert> byNever = new ArrayList<>();
      List<Alert> byEach = new ArrayList<>();
      switch (random.nextInt(6)) {
        case 0 -> {
          long time = 10_000L * random.nextInt(150);
          follower.advance("a", never, time, byNever::add);
          follower.advance("a", each.log(), time, byEach::add);
        }
        case 1 -> {
          long time = 10_000L * random.nextInt(60);
          follower.fold("a", each.log(), time, pending, byEach::add, burden -> {});
          pending = follower.fold("a", never, time, pending, byNever::add, burden -> {});
        }
        default -> {
          AlertInput input = input(random);
          if (!follower.isTooLate(never, input)) {
            pending.add(input);
            List<AlertInput> all = pending;
            follower.add("a", never, input, () -> all, byNever::add);
            follower.add("a", each.log(), input, () -> all, byEach::add);
          }
        }
      }
      assertEquals(byNever, byEach);
      long due = random.nextLong();
      Followed now = new Followed(each.log(), due, due + 1, due + 2);
      assertArrayEquals(bytes(new Followed(never, due, due + 1, due + 2)), bytes(now));
      each = CoderUtils.decodeFromByteArray(FollowedCoder.of(), bytes(now));
      assertArrayEquals(bytes(now), bytes(each));
      assertEquals(
          List.of(due, due + 1, due + 2), List.of(each.dueAt(), each.foldAt(), each.reachedAt()));
    }
  }
}
