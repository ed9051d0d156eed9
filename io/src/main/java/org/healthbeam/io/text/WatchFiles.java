package org.healthbeam.io.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import javax.annotation.Nullable;
import org.apache.beam.sdk.coders.BooleanCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.Watch.Growth.TerminationCondition;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.healthbeam.io.stream.EndOfStream;
import org.healthbeam.transforms.files.NamedFiles;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Finds files as they appear.
 *
 * <p>Output: unbounded, in the global window; each file once, however many of the patterns match
 * it, with the time at which it was found, or with {@link #atTimeOfFile} that at which it was last
 * changed. No match at all is no error. A file must be whole when it is found: it is best put there
 * under a name that does not match, and renamed. It ends after some time if that is said, and when
 * {@link EndOfStream} is asked for; until then it never does.
 */
public final class WatchFiles extends PTransform<PBegin, PCollection<MatchResult.Metadata>> {
  private static final long serialVersionUID = 1L;

  private final List<String> patterns;
  private final Duration every;
  @Nullable private final Duration total;
  private final boolean timeOfFile;

  private WatchFiles(
      List<String> patterns, Duration every, @Nullable Duration total, boolean timeOfFile) {
    this.patterns = List.copyOf(patterns);
    this.every = every;
    this.total = total;
    this.timeOfFile = timeOfFile;
  }

  /**
   * {@return a transform that looks for files that match any of these globs, again and again after
   * so much time}
   *
   * @param patterns on any file system
   * @param every by the clock
   */
  public static WatchFiles matching(List<String> patterns, Duration every) {
    if (every.getMillis() <= 0) {
      throw new IllegalArgumentException("every is " + every + "; it must be more than nothing");
    }
    return new WatchFiles(patterns, every, null, false);
  }

  /**
   * {@return a copy that ends after so much time}
   *
   * @param duration by the clock, from when the pipeline begins
   */
  public WatchFiles untilAfter(Duration duration) {
    return new WatchFiles(
        patterns, every, Objects.requireNonNull(duration, "duration"), timeOfFile);
  }

  /**
   * Gives each file the time at which it was last changed, so that what comes of it does not hang
   * on when it was found. It may be behind the watermark: for the global window only. Where a file
   * system does not tell, it is the time at which it was found.
   *
   * @return a copy that does so
   */
  public WatchFiles atTimeOfFile() {
    return new WatchFiles(patterns, every, total, true);
  }

  /**
   * Gives names once and ends when these files are looked for no more. On Flink, unlike {@code
   * Create}, it has a name in savepoints, and no task ends before the others do.
   *
   * @param names of anything
   * @return a source of them, unbounded
   */
  public PTransform<PBegin, PCollection<String>> given(List<String> names) {
    return Read.from(new PatternsToWatch(names, longest()));
  }

  private long longest() {
    return total == null ? Long.MAX_VALUE : total.getMillis();
  }

  @Override
  public PCollection<MatchResult.Metadata> expand(PBegin begin) {
    PCollection<MatchResult.Metadata> files =
        begin
            .apply("Patterns", given(patterns))
            .apply(
                "Match files",
                FileIO.matchAll()
                    .withEmptyMatchTreatment(EmptyMatchTreatment.ALLOW)
                    .continuously(
                        every,
                        new UntilAsked(begin.getPipeline().getOptions().getOptionsId(), longest())))
            .apply("Leave out folders", Filter.by(WatchFiles::isWholeFile))
            .apply("Spread files", patterns.size() > 1 ? new EachOnce() : Reshuffle.viaRandomKey());
    return timeOfFile ? files.apply("Time of each file", ParDo.of(new TimeOfFile())) : files;
  }

  /**
   * {@return whether it is neither a folder, which HDFS tells as a file of no bytes, nor what
   * Hadoop copies under a name that it will lose}
   */
  private static boolean isWholeFile(MatchResult.Metadata file) {
    String name = file.resourceId().toString();
    if (file.resourceId().isDirectory() || name.endsWith("._COPYING_")) {
      return false;
    }
    try {
      return file.sizeBytes() > 0
          || !name.startsWith("hdfs:")
          || InputFiles.match(name + "/*").isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException("files could not be looked for", e);
    }
  }

  /** Spreads files by their names, each of which several patterns may match. */
  private static final class EachOnce
      extends PTransform<PCollection<MatchResult.Metadata>, PCollection<MatchResult.Metadata>> {
    private static final long serialVersionUID = 1L;

    @Override
    public PCollection<MatchResult.Metadata> expand(PCollection<MatchResult.Metadata> files) {
      return files
          .apply(
              "By name",
              WithKeys.of((MatchResult.Metadata file) -> file.resourceId().toString())
                  .withKeyType(TypeDescriptors.strings()))
          .apply("Each file once", ParDo.of(new FirstOfKey()));
    }
  }

  /** Lets a key's first file through. */
  static final class FirstOfKey
      extends DoFn<KV<String, MatchResult.Metadata>, MatchResult.Metadata> {
    private static final long serialVersionUID = 1L;

    @StateId("seen")
    private final StateSpec<ValueState<Boolean>> seenSpec = StateSpecs.value(BooleanCoder.of());

    @ProcessElement
    public void process(
        @Element KV<String, MatchResult.Metadata> file,
        @AlwaysFetched @StateId("seen") ValueState<Boolean> seen,
        OutputReceiver<MatchResult.Metadata> out) {
      if (seen.read() == null) {
        seen.write(true);
        out.output(file.getValue());
      }
    }
  }

  /** Gives a file its own time. */
  static final class TimeOfFile extends DoFn<MatchResult.Metadata, MatchResult.Metadata> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element MatchResult.Metadata file,
        @Timestamp Instant found,
        OutputReceiver<MatchResult.Metadata> out)
        throws IOException {
      // What is matched travels without it: Beam's usual coder of metadata leaves it out.
      long changed =
          NamedFiles.find(file.resourceId().toString())
              .map(MatchResult.Metadata::lastModifiedMillis)
              .orElse(0L);
      out.outputWithTimestamp(file, changed > 0 ? Instant.ofEpochMilli(changed) : found);
    }

    @Override
    @SuppressWarnings("deprecation") // Nothing is late in the global window.
    public Duration getAllowedTimestampSkew() {
      return Duration.millis(Long.MAX_VALUE);
    }
  }

  /** Ends when the run is asked to end, or after some time; its state is when it began. */
  static final class UntilAsked implements TerminationCondition<String, Long> {
    private static final long serialVersionUID = 1L;

    private final long options;
    private final long total;

    UntilAsked(long options, long total) {
      this.options = options;
      this.total = total;
    }

    @Override
    public Coder<Long> getStateCoder() {
      return VarLongCoder.of();
    }

    @Override
    public Long forNewInput(Instant now, @Nullable String input) {
      return now.getMillis();
    }

    @Override
    public Long onSeenNewOutput(Instant now, Long began) {
      return began;
    }

    @Override
    public Long onPollComplete(Long began) {
      return began;
    }

    @Override
    public boolean canStopPolling(Instant now, Long began) {
      BooleanSupplier asked = EndOfStream.asked(options);
      return asked.getAsBoolean() || now.getMillis() - began > total;
    }

    @Override
    public String toString(Long began) {
      return "since " + Instant.ofEpochMilli(began);
    }
  }
}
