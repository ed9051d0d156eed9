package org.healthbeam.runners.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.beam.runners.spark.SparkPipelineOptions;
import org.apache.beam.runners.spark.SparkRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.spark.SparkContext;
import org.healthbeam.pipelines.run.TaskProgress;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.outcome.StageMetrics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A job is looked at while one of its tasks stands still. */
@Tag("slow")
class RunningJobTest {
  private static final int ELEMENTS = 20;
  private static final String SINK = "spark.metrics.conf.*.sink.prometheusServlet.";
  private static final Pattern SAMPLE =
      Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*(\\{[^{}]*})? -?([0-9.E+-]+|NaN|Infinity)");

  private static CountDownLatch mayGoOn = new CountDownLatch(1);

  private final Properties before = new Properties();

  @BeforeEach
  void setProperties() {
    before.putAll(System.getProperties());
    mayGoOn = new CountDownLatch(1);
    System.setProperty("spark.ui.enabled", "true");
    System.setProperty("spark.ui.port", "0");
    System.setProperty(SINK + "class", "org.apache.spark.metrics.sink.PrometheusServlet");
    System.setProperty(SINK + "path", "/metrics/prometheus");
    SparkAdapter.listen(false);
  }

  @AfterEach
  void restoreProperties() {
    System.setProperties(before);
  }

  @Test
  void itsCountsAreKnownBeforeItsTasksHaveEnded() throws Exception {
    SparkPipelineOptions options = PipelineOptionsFactory.as(SparkPipelineOptions.class);
    options.setRunner(SparkRunner.class);
    options.setSparkMaster("local[2]");
    options.setEnableSparkMetricSinks(false);
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply("Numbers", Create.of(IntStream.range(0, ELEMENTS).boxed().toList()))
        .apply("Count things", ParDo.of(new StandStill()));
    SparkJob job = SparkJob.start();
    PipelineResult result;
    try {
      result = pipeline.run();
    } finally {
      SparkJob.started();
    }
    try {
      job.started(result);
      await(() -> count(job) == ELEMENTS);
      List<TaskProgress> tasks = job.tasks();
      assertEquals(1, tasks.size(), tasks::toString);
      assertEquals("Count things", tasks.get(0).step());
      assertTrue(tasks.get(0).done() < tasks.get(0).all(), tasks::toString);

      String page = SparkContext.getOrCreate().uiWebUrl().get() + "/metrics/prometheus";
      await(() -> sample(page, "healthbeam_Count_things_in_Value") == ELEMENTS);
      assertEquals(7, sample(page, "healthbeam_Count_things_size_Value"));
      for (String line : get(page).split("\n", -1)) {
        assertTrue(line.isEmpty() || SAMPLE.matcher(line).matches(), line);
      }
    } finally {
      mayGoOn.countDown();
      result.waitUntilFinish();
    }
    assertEquals(ELEMENTS, count(job), "what a task has told is not added to what it ended with");
    assertEquals(List.of(), job.tasks());
  }

  private static long count(SparkJob job) {
    long sum = 0;
    for (MetricResult<Long> counter : job.metrics().allMetrics().getCounters()) {
      if (counter.getName().getName().equals("Count things|in")) {
        sum += counter.getAttempted();
      }
    }
    return sum;
  }

  private static double sample(String page, String name) {
    Matcher found = Pattern.compile("_driver_" + name + "\\{[^}]*} (\\S+)").matcher(get(page));
    return found.find() ? Double.parseDouble(found.group(1)) : Double.NaN;
  }

  private static String get(String page) {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create(page + "/")).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Executors tell what they have counted every second. */
  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofMinutes(5).toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "it has not come within five minutes");
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private static final class StandStill extends DoFn<Integer, Integer> {
    private static final long serialVersionUID = 1L;

    private final Counter in = Metrics.counter(Outcomes.NAMESPACE, "Count things|in");

    @ProcessElement
    public void process(@Element Integer element) throws InterruptedException {
      in.inc();
      StageMetrics.gauge("Count things", "size").set(7);
      if (element == ELEMENTS - 1) {
        mayGoOn.await();
      }
    }
  }
}
