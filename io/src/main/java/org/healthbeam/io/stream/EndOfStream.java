package org.healthbeam.io.stream;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * Ends streams that run in this JVM before their time, as if their input had ended.
 *
 * <p>A source of ours that was asked to end gives nothing more, and its watermark is at the end of
 * time. So the pipeline tells of all that was read what it would tell of it as a batch, writes it,
 * and ends. Pipelines in other processes are not reached.
 */
public final class EndOfStream {
  /** By the number of the pipeline's options, which stays the same when they are copied. */
  private static final Set<Long> ASKED = ConcurrentHashMap.newKeySet();

  private EndOfStream() {}

  /**
   * Asks the sources of the pipeline with these options to end.
   *
   * @param options of a pipeline that runs in this process
   */
  public static void ask(PipelineOptions options) {
    ASKED.add(options.getOptionsId());
  }

  /**
   * {@return what says whether the pipeline with these options was asked to end}
   *
   * @param options of a pipeline that runs in this process
   */
  public static BooleanSupplier asked(PipelineOptions options) {
    return asked(options.getOptionsId());
  }

  /**
   * {@return what says whether the pipeline whose options have this number was asked to end}
   *
   * @param id the options' own
   */
  public static BooleanSupplier asked(long id) {
    return () -> ASKED.contains(id);
  }
}
