package org.healthbeam.runners.flink;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.healthbeam.pipelines.run.StepProgress;

/**
 * How far the tasks of a job are, which Flink knows while they run; it hands counters over when
 * they have ended. Tasks are called after the first step of the pipeline that is in them, those of
 * one step are shown as one: by the one that has got most.
 */
final class FlinkSteps {
  private static final Pattern OF_BATCH = Pattern.compile("[ (]at (?:ExplodeWindows: )?([^/().]+)");
  private static final Pattern OF_STREAM = Pattern.compile("(?:Source: )?([^/().]+).*");

  /** What Beam's runner adds, which says nothing to who runs a pipeline. */
  private static final Set<String> NOT_OF_THE_PIPELINE = Set.of("Impulse", "translateNode");

  private final Map<String, StepProgress> steps = new LinkedHashMap<>();

  /** Returns the steps of a job, as the REST endpoint tells of it. */
  static List<StepProgress> of(JsonNode job) {
    FlinkSteps steps = new FlinkSteps();
    for (JsonNode vertex : job.path("vertices")) {
      long in = vertex.path("metrics").path("read-records").asLong();
      long out = vertex.path("metrics").path("write-records").asLong();
      int finished = vertex.path("tasks").path("FINISHED").asInt();
      int all = Math.max(1, vertex.path("parallelism").asInt());
      steps.add(vertex.path("name").asText(), in, out, OptionalDouble.of((double) finished / all));
    }
    return steps.list();
  }

  /** Adds what a task has received and given; one that reads receives nothing. */
  void add(String task, long in, long out, OptionalDouble fraction) {
    String name = name(task);
    if (NOT_OF_THE_PIPELINE.contains(name)) {
      return;
    }
    StepProgress step = new StepProgress(name, in > 0 ? in : out, 0, fraction);
    steps.merge(name, step, (a, b) -> a.in() >= b.in() ? a : b);
  }

  List<StepProgress> list() {
    List<StepProgress> begun = new ArrayList<>(steps.values());
    begun.removeIf(step -> step.in() == 0);
    return begun;
  }

  static String name(String task) {
    Matcher batch = OF_BATCH.matcher(task);
    if (batch.find()) {
      return batch.group(1).strip();
    }
    Matcher stream = OF_STREAM.matcher(task);
    return stream.matches() ? stream.group(1).strip() : task;
  }
}
