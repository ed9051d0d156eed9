package org.healthbeam.bench;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.fhir.FhirTranslator;
import org.healthbeam.core.outcome.RejectedException;
import org.hl7.fhir.r4.model.Resource;
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
import org.openjdk.jmh.infra.Blackhole;

/**
 * Adding target codings to the resources of one type, in memory, on one thread: the rewriting of
 * bytes against HAPI's parse, map, encode. Seconds for all of them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 6, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms1g", "-Xmx1g"})
public class Rewriting {
  private static final long LIMIT = 2L << 20;

  /** Folder of NDJSON files. */
  @Param("")
  public String folder;

  /** Type of the resources. */
  @Param("Patient")
  public String type;

  private List<byte[]> records;
  private FhirTranslator translator;
  private HapiPeer hapi;

  /** Reads the records and checks that both sides add the same. */
  @Setup
  public void read() throws IOException, InvalidMapException, RejectedException {
    records = records(Path.of(folder), type);
    CodeMap maps = PatientMaps.everySecondCodeOf(records);
    translator = new FhirTranslator(maps, SeveralTargets.AMBIGUOUS);
    hapi = new HapiPeer(FhirContext.forR4Cached(), maps, SeveralTargets.AMBIGUOUS);
    checkEqual(records, translator, hapi);
  }

  static List<byte[]> records(Path folder, String type) throws IOException {
    return Ndjson.read(Ndjson.byType(folder).get(type), LIMIT);
  }

  /** Returns how many records got a coding; the two sides' results must be the same to HAPI. */
  static int checkEqual(List<byte[]> records, FhirTranslator translator, HapiPeer hapi)
      throws RejectedException {
    int changed = 0;
    for (byte[] record : records) {
      byte[] ours = translator.translate(record).json();
      if (!((Resource) hapi.parse(ours))
          .equalsDeep((Resource) hapi.parse(hapi.translate(record)))) {
        throw new IllegalStateException("The two sides add different codings");
      }
      changed += ours.length > record.length ? 1 : 0;
    }
    if (changed == 0) {
      throw new IllegalStateException("No coding was added");
    }
    return changed;
  }

  /** The rewriting of bytes. */
  @Benchmark
  public void healthbeam(Blackhole out) throws RejectedException {
    for (byte[] record : records) {
      out.consume(translator.translate(record));
    }
  }

  /** HAPI's parse, map, encode. */
  @Benchmark
  public void hapi(Blackhole out) {
    for (byte[] record : records) {
      out.consume(hapi.translate(record));
    }
  }
}
