package org.healthbeam.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.code.Translation;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Translations a second on one thread, by a compiled map that is mapped into memory, of a million
 * codings in random order.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms1g", "-Xmx1g"})
public class LookUps {
  private static final int CODINGS = 1 << 20;

  /** A compiled synthetic map. */
  @Param("")
  public String file;

  /** How many codes it has. */
  @Param("10000")
  public long codes;

  /** In per cent: how many of the codings are in it. */
  @Param({"100", "0", "50"})
  public int hits;

  private CodeMap maps;
  private final Coding[] codings = new Coding[CODINGS];
  private int next;

  /** Opens the map and draws the codings. */
  @Setup
  public void draw() throws IOException, InvalidMapException {
    maps = CompiledSynthetic.open(Path.of(file));
    Random chance = new Random(20261122);
    for (int i = 0; i < CODINGS; i++) {
      codings[i] = random(chance, codes, chance.nextInt(100) < hits);
    }
  }

  static Coding random(Random chance, long codes, boolean isHit) {
    return SyntheticMap.code(chance.nextLong(codes) + (isHit ? 0 : codes));
  }

  /** Translates one coding. */
  @Benchmark
  public Translation translate() {
    next = (next + 1) & (CODINGS - 1);
    return maps.translate(codings[next], SeveralTargets.AMBIGUOUS);
  }
}
