package org.healthbeam.runners.flink;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToLongBiFunction;
import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.runners.flink.FlinkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.PeriodicImpulse;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.healthbeam.config.Profile;
import org.healthbeam.core.code.Answer;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.outcome.Ledger;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.transforms.code.CodeMaps;
import org.healthbeam.transforms.code.Codes;
import org.healthbeam.transforms.code.MapCodes;
import org.healthbeam.transforms.code.PlacedTranslation;
import org.healthbeam.transforms.outcome.InputRecordCoder;
import org.healthbeam.transforms.outcome.Rejects;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline that runs on and on, and the files of its maps change meanwhile. */
@Tag("slow")
class WatchedMapsTest {
  private static final String RECORD =
      "{\"resourceType\":\"Condition\",\"code\":{\"coding\":["
          + "{\"system\":\"urn:s\",\"code\":\"a\"}]}}";
  private static final String STAGE = "Watch code maps";
  private static final int PATIENCE_SECONDS = 120;

  /** What the translations said, by run; runners in this JVM all write here. */
  private static final Map<String, BlockingQueue<String>> TOLD = new ConcurrentHashMap<>();

  private final String run = UUID.randomUUID().toString();
  @TempDir Path folder;

  @BeforeEach
  void listen() {
    TOLD.put(run, new LinkedBlockingQueue<>());
  }

  @AfterEach
  void stopListening() {
    TOLD.remove(run);
  }

  @Test
  void onTheDirectRunnerANewVersionTakesEffectAndABrokenOneIsRefused() throws Exception {
    PipelineOptions options = PipelineOptionsFactory.create();
    options.setRunner(DirectRunner.class);
    options.as(DirectOptions.class).setBlockOnRun(false);
    mapsChangeWhileThePipelineRuns(
        options,
        (ledger, outcome) ->
            ledger.get().stages().stream()
                .filter(stage -> stage.stage().equals(STAGE))
                .mapToLong(stage -> stage.outcomes().getOrDefault(outcome, 0L))
                .sum());
  }

  @Test
  void onFlinkANewVersionTakesEffectAndABrokenOneIsRefused() throws Exception {
    FlinkPipelineOptions options =
        PipelineOptionsFactory.fromArgs(
                Profile.ofRunner("flink", true).values().entrySet().stream()
                    .map(each -> "--" + each.getKey() + "=" + each.getValue())
                    .toArray(String[]::new))
            .as(FlinkPipelineOptions.class);
    options.setRunner(FlinkRunner.class);
    options.setFlinkMaster("[local]");
    options.setParallelism(2);
    options.setAttachedMode(false);
    Files.writeString(folder.resolve("flink-conf.yaml"), CountersOfARunningJob.CONFIGURATION);
    options.setFlinkConfDir(folder.toString());
    mapsChangeWhileThePipelineRuns(
        options, (ledger, outcome) -> CountersOfARunningJob.sum(STAGE, outcome));
  }

  /**
   * @param looks how many looks at the files had an outcome until now
   */
  private void mapsChangeWhileThePipelineRuns(
      PipelineOptions options, ToLongBiFunction<Supplier<Ledger>, String> looks) throws Exception {
    Path map = folder.resolve("map.csv");
    put(map, version("1", "x"));
    Rejects rejects = Rejects.with(PayloadHash.salted());
    Pipeline pipeline = Pipeline.create(options);
    PCollectionView<CodeMaps> maps =
        pipeline.apply(
            "Watch maps",
            Codes.watch(List.of(map.toString()), Duration.millis(200)).countedIn(rejects));
    pipeline
        .apply("Again and again", PeriodicImpulse.create().withInterval(Duration.millis(50)))
        .apply(
            "Record",
            MapElements.into(TypeDescriptor.of(InputRecord.class))
                .via((Instant time) -> InputRecord.ofText("f", "1", RECORD)))
        .setCoder(InputRecordCoder.of())
        .apply("Windows", Window.into(FixedWindows.of(Duration.standardSeconds(1))))
        .apply("Map codes", Codes.map(maps).rejectedTo(rejects))
        .get(MapCodes.TRANSLATIONS)
        .apply("Tell", ParDo.of(new Tell(run)));
    rejects.all(pipeline);

    PipelineResult result = pipeline.run();
    Supplier<Ledger> ledger = () -> rejects.ledger(result.metrics());
    try {
      await("urn:m|1 x", Set.of());
      put(map, version("2", "y"));
      await("urn:m|2 y", Set.of("urn:m|1 x"));
      put(map, version("3", "z\nurn:s,b"));
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      Set<String> good = Set.of("urn:m|1 x", "urn:m|2 y");
      while (looks.applyAsLong(ledger, "refused") == 0) {
        next(good);
        assertTrue(System.nanoTime() < end, "a broken version is counted");
      }
      await("urn:m|2 y", good);
      put(map, version("4", "z"));
      await("urn:m|4 z", good);
      while (looks.applyAsLong(ledger, "taken") < 3) {
        assertTrue(System.nanoTime() < end, "versions that are taken are counted");
        next(Set.of("urn:m|1 x", "urn:m|2 y", "urn:m|4 z"));
      }
    } finally {
      result.cancel();
    }
  }

  /** Waits until a translation says this; until then it may say these. */
  private void await(String wanted, Set<String> meanwhile) throws InterruptedException {
    Set<String> all = new HashSet<>(meanwhile);
    all.add(wanted);
    String told = next(all);
    while (!told.equals(wanted)) {
      told = next(all);
    }
  }

  private String next(Set<String> allowed) throws InterruptedException {
    String told = TOLD.get(run).poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertNotNull(told, "the pipeline goes on");
    assertTrue(allowed.contains(told), () -> told + " is none of " + allowed);
    return told;
  }

  private static String version(String version, String target) {
    return "source_system,source_code,target_system,target_code,map_url,map_version\n"
        + "urn:s,a,urn:t,"
        + target
        + ",urn:m,"
        + version
        + "\n";
  }

  /** Puts a file there at once and whole. */
  private static void put(Path file, String text) throws Exception {
    Path part = file.resolveSibling("part");
    Files.writeString(part, text);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  static final class Tell extends DoFn<PlacedTranslation, Void> {
    private static final long serialVersionUID = 1L;
    private final String run;

    Tell(String run) {
      this.run = run;
    }

    @ProcessElement
    public void process(@Element PlacedTranslation placed) {
      BlockingQueue<String> told = TOLD.get(run);
      if (told != null) {
        for (Answer answer : placed.translation().answers()) {
          told.add(answer.map() + " " + answer.target().code());
        }
      }
    }
  }
}
