package org.healthbeam.io.text;

import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.apache.beam.sdk.values.PDone;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.healthbeam.transforms.runner.RunnerNeed;
import org.healthbeam.transforms.runner.RunnerSupport;
import org.joda.time.Duration;

/**
 * Writes the lines of a stream into a folder as they come: {@code part-00000000.tsv}, {@code
 * part-00000001.tsv} …, a part for what came within some seconds of the clock.
 *
 * <p>Input: unbounded, in any windows. A part is there when it is whole, or not at all; no line is
 * in two parts. After a failure, and after a start from a savepoint, the lines since the last
 * checkpoint are told again: the first part that is written replaces the one of its name, and those
 * behind it, of the attempt that failed, are removed. So what was told after the last checkpoint
 * may be away for a while; what stood before it never is. Who reads while the job runs takes the
 * row with the highest revision of each key.
 *
 * <p>One worker writes all parts. It holds the lines of a part that is not written yet. Runners: it
 * needs timers of both kinds, which Spark has not for streams.
 */
public final class WriteParts extends PTransform<PCollection<String>, PDone> {
  private static final long serialVersionUID = 1L;

  private static final Duration USUAL = Duration.standardSeconds(10);

  private final String folder;
  private final String suffix;
  private final String header;
  private final Duration every;

  private WriteParts(String folder, String suffix, String header, Duration every) {
    this.folder = folder;
    this.suffix = suffix;
    this.header = header;
    this.every = every;
  }

  /**
   * {@return a transform that writes into {@code folder}, names ending in {@code suffix}; a part
   * every ten seconds}
   *
   * @param folder on any file system
   * @param suffix with its dot
   */
  public static WriteParts to(String folder, String suffix) {
    return new WriteParts(folder.endsWith("/") ? folder : folder + "/", suffix, "", USUAL);
  }

  /**
   * {@return a copy that begins each part with this line}
   *
   * @param line without its end
   */
  public WriteParts withHeader(String line) {
    return new WriteParts(folder, suffix, line, every);
  }

  /**
   * {@return a copy that writes what has come after so much time of the clock}
   *
   * @param duration more than 0
   */
  public WriteParts every(Duration duration) {
    if (duration.getMillis() <= 0) {
      throw new IllegalArgumentException("every is " + duration + "; it must be more than nothing");
    }
    return new WriteParts(folder, suffix, header, duration);
  }

  @Override
  public PDone expand(PCollection<String> lines) {
    RunnerSupport runner = RunnerSupport.of(lines);
    String what = "Lines cannot be written as they come";
    String instead = "Read bounded input, or run on Flink.";
    runner.require(what, instead, RunnerNeed.EVENT_TIME_TIMERS);
    if (lines.isBounded() == IsBounded.UNBOUNDED) {
      // Of a batch, what no part holds yet is written when it ends.
      runner.require(what, instead, RunnerNeed.PROCESSING_TIME_TIMERS);
    }
    lines
        .apply("Global window", Window.into(new GlobalWindows()))
        .setCoder(StringUtf8Coder.of())
        .apply("One key", WithKeys.<String, String>of("").withKeyType(TypeDescriptors.strings()))
        .apply("Write parts", ParDo.of(new GatherParts(folder, suffix, header, every)));
    return PDone.in(lines.getPipeline());
  }
}
