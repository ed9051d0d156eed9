package org.healthbeam.core.fuzz;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;

/**
 * What Jazzer calls, input after input: one target, or all of them, of which the first byte names
 * one.
 */
public final class FuzzedReader {
  /** The argument for all targets. */
  static final String ALL = "ALL";

  private static final List<FuzzTarget> TARGETS = List.of(FuzzTarget.values());
  private static final int FIRST = 'A';

  private static final Map<FuzzTarget, Integer> TRIED = new EnumMap<>(FuzzTarget.class);
  private static final Map<FuzzTarget, Integer> READ = new EnumMap<>(FuzzTarget.class);
  @Nullable private static FuzzTarget only;

  private FuzzedReader() {}

  /** Called once by Jazzer. */
  public static void fuzzerInitialize(String[] arguments) {
    only = arguments[0].equals(ALL) ? null : FuzzTarget.valueOf(arguments[0]);
  }

  /** Called by Jazzer with each input; whatever it throws is a finding. */
  public static void fuzzerTestOneInput(byte[] bytes) {
    if (only != null) {
      check(only, bytes);
    } else if (bytes.length > 0) {
      FuzzTarget target = TARGETS.get(Math.floorMod(bytes[0] - FIRST, TARGETS.size()));
      check(target, Arrays.copyOfRange(bytes, 1, bytes.length));
    }
  }

  /** Called by Jazzer at the end. */
  public static void fuzzerTearDown() {
    for (FuzzTarget target : TARGETS) {
      System.err.println(
          target
              + " tried "
              + TRIED.getOrDefault(target, 0)
              + " read "
              + READ.getOrDefault(target, 0));
    }
  }

  /** Returns the byte that names a target where all are fuzzed. */
  static byte first(FuzzTarget target) {
    return (byte) (FIRST + TARGETS.indexOf(target));
  }

  private static void check(FuzzTarget target, byte[] bytes) {
    TRIED.merge(target, 1, Integer::sum);
    try {
      if (target.check(bytes)) {
        READ.merge(target, 1, Integer::sum);
      }
    } catch (Exception | Error e) {
      throw new AssertionError("A finding in " + target, e);
    }
  }
}
