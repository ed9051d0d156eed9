package org.healthbeam.pipelines.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.healthbeam.io.kafka.ReadMessages;
import org.healthbeam.io.text.ReadLines;
import org.healthbeam.transforms.variant.SummarizeVariants;

/** What came in, what became of it, and what was refused where. */
final class Overview {
  private static final String REJECTED = "rejected";

  /** Stages that read inputs, where files that options name have stages too. */
  private static final List<String> INPUT =
      List.of(SummarizeVariants.STAGE, ReadMessages.STAGE, ReadLines.STAGE);

  private final List<Block> blocks = new ArrayList<>();

  private Overview() {}

  static Section of(List<RunFolder> runs) throws IOException {
    Overview overview = new Overview();
    overview.figures(runs);
    overview.runs(runs);
    int i = 0;
    for (RunFolder run : runs) {
      overview.conservation(run, "conservation-" + ++i);
    }
    for (RunFolder run : runs) {
      overview.rejects(run);
    }
    for (RunFolder run : runs) {
      overview.settings(run);
    }
    return new Section(
        "overview",
        "Overview",
        "Every record that went into a stage ends in exactly one outcome, so that what went in is"
            + " what came out plus what was rejected. Nothing is dropped silently.",
        overview.blocks);
  }

  private void figures(List<RunFolder> runs) {
    long rejected = 0;
    int stages = 0;
    boolean conserved = true;
    boolean complete = true;
    List<String> violations = new ArrayList<>();
    for (RunFolder run : runs) {
      complete &= !run.run().isMissingNode();
      for (JsonNode stage : run.run().path("stages")) {
        stages++;
        rejected += stage.path("rejected").asLong();
        conserved &= isConserved(run, stage);
      }
      conserved &= run.run().path("conserved").asBoolean(true);
      run.run().path("violations").forEach(v -> violations.add(run.name() + ": " + v.asText()));
    }
    conserved &= violations.isEmpty();
    List<Block.Figure> figures = new ArrayList<>();
    figures.add(new Block.Figure(Numbers.count(runs.size()), "runs", false));
    figures.add(
        new Block.Figure(
            !complete ? "not known" : conserved ? "yes" : "no",
            "every stage adds up",
            !conserved || !complete));
    figures.add(new Block.Figure(Numbers.count(stages), "stages", false));
    figures.add(new Block.Figure(Numbers.count(rejected), "rejects", false));
    blocks.add(new Block.Figures(figures));
    if (!complete) {
      blocks.add(
          new Block.Note(
              "A run has no run.json that can be read: its account is unknown. It may still be"
                  + " running, or it ended before it had written everything.",
              true));
    }
    for (String violation : violations) {
      blocks.add(new Block.Note("Does not add up. " + violation, true));
    }
    for (RunFolder run : runs) {
      if (run.isStopped()) {
        blocks.add(
            new Block.Note(
                run.name()
                    + (run.isCutOff()
                        ? " was cut off before its end. What was under way then went into a stage"
                            + " but has no outcome, or not into the next one; rows that were not"
                            + " written yet are not in its files. Of vital signs only final rows"
                            + " are shown here."
                        : " was stopped before its end. All that it had read until then is in its"
                            + " results, as if its input had ended there."),
                false));
      }
    }
  }

  /** Returns the stage that the input goes into, which the one of a file of regions is not. */
  private static JsonNode input(JsonNode stages) {
    for (String name : INPUT) {
      for (JsonNode stage : stages) {
        if (stage.path("stage").asText("").equals(name)) {
          return stage;
        }
      }
    }
    return stages.path(0);
  }

  private void runs(List<RunFolder> runs) {
    List<List<Object>> rows = new ArrayList<>();
    for (RunFolder folder : runs) {
      JsonNode run = folder.run();
      JsonNode input = input(run.path("stages"));
      rows.add(
          List.of(
              folder.name(),
              run.path("version").asText(""),
              run.path("runner").asText(""),
              run.path("started").asText("").replaceFirst("\\.[0-9]+Z$", "Z"),
              Numbers.span(run.path("duration_s").asDouble(Double.NaN)),
              run.path("stages").isEmpty()
                  ? ""
                  : Numbers.count(input.path("in").asLong()) + " " + input.path("unit").asText(""),
              run.path("rejected_fraction").isNumber()
                  ? Numbers.percent(run.path("rejected_fraction").asDouble(), 1)
                  : "",
              run.isMissingNode()
                  ? "not known"
                  : folder.isCutOff()
                      ? "stopped"
                      : run.path("conserved").asBoolean(true) ? "yes" : "no"));
    }
    blocks.add(
        new Block.Table(
            "Runs",
            "",
            List.of(
                Block.Column.text("Pipeline"),
                Block.Column.text("Version"),
                Block.Column.text("Runner"),
                Block.Column.text("Started (UTC)"),
                Block.Column.number("Took"),
                Block.Column.number("Read"),
                Block.Column.number("Rejected"),
                Block.Column.text("Adds up")),
            rows));
  }

  private void conservation(RunFolder run, String id) {
    JsonNode stages = run.run().path("stages");
    if (stages.isEmpty()) {
      return;
    }
    Map<String, List<Long>> outcomes = new TreeMap<>(Roles::compare);
    for (JsonNode stage : stages) {
      stage
          .path("outcomes")
          .fieldNames()
          .forEachRemaining(
              o -> outcomes.put(o.startsWith(REJECTED + ":") ? REJECTED : o, new ArrayList<>()));
    }
    List<Map<String, Object>> categories = new ArrayList<>();
    List<List<Object>> rows = new ArrayList<>();
    for (JsonNode stage : stages) {
      long in = stage.path("in").asLong();
      long out = stage.path("out").asLong();
      long rejected = stage.path("rejected").asLong();
      String unit = stage.path("unit").asText("");
      outcomes.forEach((name, n) -> n.add(count(stage, name)));
      categories.add(
          Map.of(
              "name",
              stage.path("stage").asText(""),
              "end",
              Numbers.count(in)
                  + " "
                  + unit
                  + (rejected > 0 ? ", " + Numbers.count(rejected) + " rejected" : "")
                  + (isConserved(run, stage) ? "" : " \u26a0 does not add up")));
      rows.add(
          List.of(
              stage.path("stage").asText(""),
              unit,
              in,
              out,
              rejected,
              outcomesOf(stage),
              run.isCutOff() ? "stopped" : isConserved(run, stage) ? "yes" : "no"));
    }
    List<Map<String, Object>> series = new ArrayList<>();
    outcomes.forEach(
        (name, n) -> {
          if (Numbers.max(n) > 0) {
            series.add(Map.of("name", name, "role", Roles.of(name), "values", n));
          }
        });
    blocks.add(
        new Block.Plot(
            id,
            run.name() + ": what came in and what became of it",
            "Each bar is one stage from first to last, as the share of what went into it; the"
                + " numbers on the right are what went in. Hatched parts were rejected.",
            true,
            Chart.of(Chart.Kind.BARS)
                .with("horizontal", true)
                .with("share", true)
                .with("categories", categories)
                .with("series", series)
                .with("valueName", "share of what went into the stage (%)")
                .with("categoryName", "stage"),
            new Block.Table(
                run.name() + ": the account of every stage",
                "",
                List.of(
                    Block.Column.text("Stage"),
                    Block.Column.text("Counted in"),
                    Block.Column.number("In"),
                    Block.Column.number("Out"),
                    Block.Column.number("Rejected"),
                    Block.Column.text("Outcomes"),
                    Block.Column.text("Adds up")),
                rows)));
  }

  /** Returns how many ended so; all rejects are one, their reasons stand in the table. */
  private static long count(JsonNode stage, String outcome) {
    return outcome.equals(REJECTED)
        ? stage.path("rejected").asLong()
        : stage.path("outcomes").path(outcome).asLong();
  }

  private static String outcomesOf(JsonNode stage) {
    Map<String, Long> counts = new TreeMap<>();
    stage
        .path("outcomes")
        .fields()
        .forEachRemaining(o -> counts.put(o.getKey(), o.getValue().asLong()));
    return counts.entrySet().stream()
        .map(o -> o.getKey() + " " + Numbers.count(o.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static boolean isConserved(RunFolder run, JsonNode stage) {
    return run.isCutOff()
        || (stage.path("conserved").asBoolean(true)
            && stage.path("in").asLong()
                == stage.path("out").asLong() + stage.path("rejected").asLong());
  }

  private void rejects(RunFolder run) throws IOException {
    RejectedFiles rejected = RejectedFiles.of(run);
    if (rejected.total() == 0) {
      return;
    }
    List<List<Object>> rows = new ArrayList<>();
    rejected
        .causes()
        .forEach(
            (cause, places) ->
                rows.add(
                    List.of(
                        cause.stage(),
                        cause.reason(),
                        cause.detail(),
                        places.n(),
                        places.examples().stream()
                            .map(RejectedFiles.Place::shortly)
                            .collect(Collectors.joining(", ")))));
    blocks.add(
        new Block.Table(
            run.name() + ": rejects by stage and reason",
            "The places are file and line of the first few; the content is not shown here."
                + " All are in the run's folder rejected."
                + (rejected.uncaused() > 0
                    ? " " + Numbers.count(rejected.uncaused()) + " more of other kinds."
                    : ""),
            List.of(
                Block.Column.text("Stage"),
                Block.Column.text("Reason"),
                Block.Column.text("Detail"),
                Block.Column.number("Rejects"),
                Block.Column.text("Where, for example")),
            rows));
  }

  private void settings(RunFolder run) {
    List<List<Object>> rows = new ArrayList<>();
    run.run()
        .path("options")
        .fields()
        .forEachRemaining(o -> rows.add(List.of("option", o.getKey(), text(o.getValue()))));
    run.run()
        .path("versions")
        .fields()
        .forEachRemaining(o -> rows.add(List.of("version", o.getKey(), text(o.getValue()))));
    if (!rows.isEmpty()) {
      blocks.add(
          new Block.Folded(
              new Block.Table(
                  run.name() + ": options and versions",
                  "",
                  List.of(
                      Block.Column.text("What"),
                      Block.Column.text("Name"),
                      Block.Column.text("Value")),
                  rows)));
    }
  }

  private static String text(JsonNode value) {
    if (value.isArray()) {
      List<String> parts = new ArrayList<>();
      value.forEach(v -> parts.add(text(v)));
      return String.join(", ", parts);
    }
    return value.isValueNode() ? value.asText() : value.toString();
  }
}
