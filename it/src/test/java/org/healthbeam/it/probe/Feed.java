package org.healthbeam.it.probe;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;

/**
 * What a probe is fed with: a script, said in time or, in batch, at once.
 *
 * @param run names what is marked
 */
record Feed(Pipeline pipeline, String run, boolean streaming) {
  /** Enough that whatever a watermark sets off has been done in every other step too. */
  static final int TICKS = 3;

  /** Reads a script, with ticks after it; returns what is no tick. */
  PCollection<KV<String, String>> read(Script script) {
    return readWithTicks(script, TICKS)
        .apply("No ticks", Filter.by((KV<String, String> said) -> !Script.isTick(said)));
  }

  /** Reads a script, with ticks after it. */
  PCollection<KV<String, String>> readWithTicks(Script script, int ticks) {
    PCollection<KV<String, String>> all = readAlone("Read", script.ticks(ticks));
    all.apply("Ticks", Filter.by(Script::isTick))
        .apply("Window ticks", Window.into(FixedWindows.of(Duration.standardMinutes(1))))
        .apply("Group ticks", GroupByKey.create())
        .apply("Mark ticks", ParDo.of(new MarkTicks(run)));
    return all;
  }

  /** Reads a script as it is. */
  PCollection<KV<String, String>> readAlone(String name, Script script) {
    return streaming
        ? pipeline.apply(name, Read.from(new ScriptedSource(run, script)))
        : pipeline.apply(
            name,
            Create.timestamped(script.elements())
                .withCoder(KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of())));
  }

  private static final class MarkTicks extends DoFn<KV<String, Iterable<String>>, Void> {
    private static final long serialVersionUID = 1L;
    private final String run;

    MarkTicks(String run) {
      this.run = run;
    }

    @ProcessElement
    public void process(@Element KV<String, Iterable<String>> ticks) {
      ticks.getValue().forEach(tick -> Marks.add(run, Script.closed(Integer.parseInt(tick))));
    }
  }
}
