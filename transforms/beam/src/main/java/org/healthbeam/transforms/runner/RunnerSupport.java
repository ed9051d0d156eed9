package org.healthbeam.transforms.runner;

import java.util.EnumSet;
import java.util.Set;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;

/**
 * What the runner of a pipeline does in batch or in streaming, asked where the pipeline is built.
 *
 * <p>The classic runners of Beam 2.70 are asked for all of it in every build; their answers are in
 * {@code docs/runners.md}. A runner that is not there is taken to do everything.
 *
 * <pre>{@code
 * RunnerSupport.of(signs)
 *     .require("Late readings cannot be told", "Run on Flink.", RunnerNeed.EVENT_TIME_TIMERS);
 * }</pre>
 */
public final class RunnerSupport {
  private static final Set<RunnerNeed> DIRECT_BATCH_LACKS =
      EnumSet.of(RunnerNeed.PROCESSING_TIME_TIMERS);

  private static final Set<RunnerNeed> SPARK_BATCH_LACKS =
      EnumSet.of(RunnerNeed.WINDOW_EXPIRATION, RunnerNeed.GROUP_INTO_BATCHES);

  private static final Set<RunnerNeed> FLINK_STREAMING_LACKS =
      EnumSet.of(RunnerNeed.NO_EMPTY_PANES);

  private static final Set<RunnerNeed> SPARK_STREAMING_LACKS =
      EnumSet.of(
          RunnerNeed.EVENT_TIME_TIMERS,
          RunnerNeed.TIMER_FAMILIES,
          RunnerNeed.PROCESSING_TIME_TIMERS,
          RunnerNeed.WINDOW_EXPIRATION,
          RunnerNeed.TIME_SORTED_INPUT,
          RunnerNeed.ORDERED_LIST_STATE,
          RunnerNeed.CHAINED_GROUPING,
          RunnerNeed.UNBOUNDED_SPLITTABLE,
          RunnerNeed.CHANGING_SIDE_INPUT,
          RunnerNeed.GROUP_INTO_BATCHES);

  private final String runner;
  private final Engine engine;
  private final boolean streaming;

  private RunnerSupport(Pipeline pipeline, boolean streaming) {
    this.runner = pipeline.getOptions().getRunner().getSimpleName();
    this.engine = Engine.of(pipeline.getOptions());
    this.streaming = streaming;
  }

  /**
   * Asks for what works on this collection: in streaming if it is unbounded.
   *
   * @param collection that a transform is applied to
   * @return what the runner of its pipeline does
   */
  public static RunnerSupport of(PCollection<?> collection) {
    return new RunnerSupport(
        collection.getPipeline(), collection.isBounded() == IsBounded.UNBOUNDED);
  }

  /**
   * Asks for what only makes sense in a pipeline that streams.
   *
   * @param pipeline that streams
   * @return what its runner does
   */
  public static RunnerSupport streaming(Pipeline pipeline) {
    return new RunnerSupport(pipeline, true);
  }

  /**
   * {@return whether an engine does this}
   *
   * @param engine that runs the pipeline
   * @param streaming whether anything is unbounded
   * @param need of a transform
   */
  public static boolean has(Engine engine, boolean streaming, RunnerNeed need) {
    return switch (engine) {
      case DIRECT -> streaming || !DIRECT_BATCH_LACKS.contains(need);
      case FLINK -> !streaming || !FLINK_STREAMING_LACKS.contains(need);
      case SPARK -> !(streaming ? SPARK_STREAMING_LACKS : SPARK_BATCH_LACKS).contains(need);
      case OTHER -> true;
    };
  }

  /**
   * {@return whether the runner does this, for a transform that has another way if not}
   *
   * @param need of a transform
   */
  public boolean has(RunnerNeed need) {
    return has(engine, streaming, need);
  }

  /**
   * Refuses to build what the runner would get wrong.
   *
   * @param what what cannot be done, such as "Late readings cannot be told"
   * @param instead a sentence that says what to do instead
   * @param needs all that the transform cannot do without
   * @throws UnsupportedByRunnerException with a sentence, if the runner has not all of these
   */
  public void require(String what, String instead, RunnerNeed... needs) {
    for (RunnerNeed need : needs) {
      if (!has(need)) {
        throw new UnsupportedByRunnerException(
            "%s on %s in %s: it has no %s. %s"
                .formatted(what, runner, streaming ? "streaming" : "batch", need.text(), instead));
      }
    }
  }
}
