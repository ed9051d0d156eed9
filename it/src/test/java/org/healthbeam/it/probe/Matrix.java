package org.healthbeam.it.probe;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.healthbeam.transforms.runner.Engine;
import org.healthbeam.transforms.runner.RunnerNeed;

/** The answers of all runners, and the table that they make. */
final class Matrix {
  static final List<Engine> ENGINES = List.of(Engine.DIRECT, Engine.FLINK, Engine.SPARK);

  /** Of each need: the answer in batch and in streams of each engine. */
  private final Map<RunnerNeed, Map<String, Answer>> answers = new EnumMap<>(RunnerNeed.class);

  synchronized void put(Engine engine, boolean streaming, Map<RunnerNeed, Answer> some) {
    some.forEach(
        (need, answer) ->
            answers
                .computeIfAbsent(need, n -> new java.util.HashMap<>())
                .put(column(engine, streaming), answer));
  }

  /** Returns what a runner answered; null where the question makes no sense. */
  synchronized Answer get(Engine engine, boolean streaming, RunnerNeed need) {
    return answers.getOrDefault(need, Map.of()).get(column(engine, streaming));
  }

  private static String column(Engine engine, boolean streaming) {
    return engine + (streaming ? " in streams" : " in batch");
  }

  /** Returns the table of the page. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "| a transform needs | direct, batch | Flink, batch | Spark, batch"
            + " | direct, streams | Flink, streams | Spark, streams |");
    lines.add("|---|---|---|---|---|---|---|");
    for (RunnerNeed need : RunnerNeed.values()) {
      lines.add(
          Stream.of(false, true)
              .flatMap(streaming -> ENGINES.stream().map(e -> get(e, streaming, need)))
              .map(answer -> answer == null ? "" : answer.text())
              .collect(Collectors.joining(" | ", "| " + need.text() + " | ", " |"))
              .replace("|  |", "| |")
              .replace("|  |", "| |"));
    }
    return lines;
  }
}
