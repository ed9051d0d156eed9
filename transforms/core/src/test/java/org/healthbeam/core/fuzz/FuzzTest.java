package org.healthbeam.core.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Fuzzes the readers for a number of inputs, not for a time: all of them shortly in every build,
 * each of them long with {@code ./healthbeam test --long}. What is found stands in {@code
 * transforms/core/target/fuzz/NAME/crash-…}.
 */
class FuzzTest {
  private static final int SHORT = 20_000;
  private static final long LONG = Long.getLong("healthbeam.fuzz.runs", 1_000_000);
  // Of libFuzzer, for one input, in seconds; only what hangs takes so long.
  private static final String TIMEOUT = "-timeout=120";

  @Test
  void noInputOfAShortRunBreaksAReader() throws Exception {
    JazzerRun run = JazzerRun.ofAllReaders(List.of("-seed=1", "-runs=" + SHORT, TIMEOUT));
    assertEquals(0, run.exit(), run::log);
    assertEquals(SHORT, run.runs(), run::log);
    for (FuzzTarget target : FuzzTarget.values()) {
      assertTrue(run.tried(target) >= 100, run::log);
      assertTrue(run.read(target) > 0, run::log);
    }
  }

  @ParameterizedTest
  @EnumSource
  void thereIsASeedThatIsReadAndNotTooLong(FuzzTarget target) throws Exception {
    int read = 0;
    for (byte[] seed : Seeds.of(target)) {
      assertTrue(seed.length < JazzerRun.LONGEST, "bytes: " + seed.length);
      read += target.check(seed) ? 1 : 0;
    }
    assertTrue(read > 0);
  }

  @ParameterizedTest
  @EnumSource
  @Tag("long")
  void noInputOfALongRunBreaksAReader(FuzzTarget target) throws Exception {
    JazzerRun run = JazzerRun.ofReader(target, List.of("-runs=" + LONG, TIMEOUT));
    assertEquals(0, run.exit(), run::log);
    assertEquals(LONG, run.runs(), run::log);
  }

  @Test
  void aFaultThatOnlyCoverageLeadsToIsFound() throws Exception {
    JazzerRun run = JazzerRun.ofPlantedFault(List.of("-seed=1", "-runs=2000000", "-max_len=4"));
    assertNotEquals(0, run.exit(), run::log);
    assertTrue(run.log().contains("the planted fault"), run::log);
  }
}
