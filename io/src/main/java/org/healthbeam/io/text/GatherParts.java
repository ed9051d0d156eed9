package org.healthbeam.io.text;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.beam.sdk.coders.BooleanCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.state.BagState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.healthbeam.transforms.files.ResultFiles;
import org.joda.time.Duration;

/** Gathers lines and writes them as a part when it is time; see {@link WriteParts}. */
final class GatherParts extends DoFn<KV<String, String>, Void> {
  private static final long serialVersionUID = 1L;

  private static final Pattern PART = Pattern.compile("part-(\\d{8,})\\..*");

  /** Begins as Beam's own temporary files do, so that whoever clears those away clears it too. */
  static final String TEMPORARY = ".temp-beam-part-";

  @StateId("lines")
  private final StateSpec<BagState<String>> linesSpec = StateSpecs.bag(StringUtf8Coder.of());

  @StateId("next")
  private final StateSpec<ValueState<Integer>> nextSpec = StateSpecs.value(VarIntCoder.of());

  @StateId("waiting")
  private final StateSpec<ValueState<Boolean>> waitingSpec = StateSpecs.value(BooleanCoder.of());

  @TimerId("soon")
  private final TimerSpec soonSpec = TimerSpecs.timer(TimeDomain.PROCESSING_TIME);

  @TimerId("end")
  private final TimerSpec endSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

  private final String folder;
  private final String suffix;
  private final String header;
  private final Duration every;

  /** Whether this attempt has written a part. */
  private transient boolean begun;

  GatherParts(String folder, String suffix, String header, Duration every) {
    this.folder = folder;
    this.suffix = suffix;
    this.header = header;
    this.every = every;
  }

  @ProcessElement
  public void process(
      @Element KV<String, String> line,
      BoundedWindow window,
      @StateId("lines") BagState<String> lines,
      @StateId("waiting") ValueState<Boolean> waiting,
      @TimerId("soon") Timer soon,
      @TimerId("end") Timer end) {
    lines.add(line.getValue());
    if (waiting.read() == null) {
      waiting.write(true);
      soon.offset(every).setRelative();
      end.set(window.maxTimestamp());
    }
  }

  @OnTimer("soon")
  public void onSoon(
      @AlwaysFetched @StateId("lines") BagState<String> lines,
      @StateId("next") ValueState<Integer> next,
      @StateId("waiting") ValueState<Boolean> waiting)
      throws IOException {
    flush(lines, next);
    waiting.clear();
  }

  @OnTimer("end")
  public void onEnd(
      @AlwaysFetched @StateId("lines") BagState<String> lines,
      @StateId("next") ValueState<Integer> next,
      @StateId("waiting") ValueState<Boolean> waiting)
      throws IOException {
    flush(lines, next);
    waiting.clear();
    removeFrom(number(next));
  }

  private void flush(BagState<String> lines, ValueState<Integer> next) throws IOException {
    List<String> part = new ArrayList<>();
    lines.read().forEach(part::add);
    if (part.isEmpty()) {
      return;
    }
    int number = number(next);
    write(part, file(String.format(Locale.ROOT, "part-%08d%s", number, suffix)));
    if (!begun) {
      // What is there was told after the state from which this attempt goes on: it is told again.
      removeFrom(number + 1);
      begun = true;
    }
    next.write(number + 1);
    lines.clear();
  }

  private static int number(ValueState<Integer> next) {
    Integer number = next.read();
    return number == null ? 0 : number;
  }

  private void write(List<String> lines, ResourceId part) throws IOException {
    ResourceId temporary = file(TEMPORARY + UUID.randomUUID());
    try (BufferedWriter out =
        new BufferedWriter(
            new OutputStreamWriter(
                ResultFiles.open(temporary, "text/plain"), StandardCharsets.UTF_8))) {
      if (!header.isEmpty()) {
        out.write(header);
        out.write('\n');
      }
      for (String line : lines) {
        out.write(line);
        out.write('\n');
      }
    }
    FileSystems.rename(List.of(temporary), List.of(part));
  }

  /** Parts beyond the last were written by an attempt that failed; their lines stand before. */
  private void removeFrom(int number) throws IOException {
    List<ResourceId> over = new ArrayList<>();
    for (MatchResult.Metadata file :
        FileSystems.match(folder + "part-*", EmptyMatchTreatment.ALLOW).metadata()) {
      String name = file.resourceId().getFilename();
      Matcher part = PART.matcher(name == null ? "" : name);
      if (part.matches() && Integer.parseInt(part.group(1)) >= number) {
        over.add(file.resourceId());
      }
    }
    FileSystems.delete(over);
  }

  private ResourceId file(String name) {
    return FileSystems.matchNewResource(folder, true)
        .resolve(name, StandardResolveOptions.RESOLVE_FILE);
  }
}
