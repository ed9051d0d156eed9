package org.healthbeam.bench;

import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs one benchmark of JMH in a JVM of its own. */
final class Jmh {
  private Jmh() {}

  /**
   * Runs it.
   *
   * @param parameters each {@code name=value}
   */
  static RunResult run(String benchmark, List<String> parameters) throws RunnerException {
    OptionsBuilder options = new OptionsBuilder();
    options
        .include("^" + benchmark.replace(".", "\\.") + "$")
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT);
    for (String parameter : parameters) {
      int equals = parameter.indexOf('=');
      options.param(parameter.substring(0, equals), parameter.substring(equals + 1));
    }
    return new Runner(options.build()).runSingle();
  }

  /** Returns the scores of the iterations that were measured. */
  static Median scores(RunResult result) {
    return Median.of(
        result.getBenchmarkResults().stream()
            .flatMap(run -> run.getIterationResults().stream())
            .mapToDouble(iteration -> iteration.getPrimaryResult().getScore())
            .toArray());
  }
}
