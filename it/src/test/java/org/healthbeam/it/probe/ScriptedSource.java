package org.healthbeam.it.probe;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.NoSuchElementException;
import javax.annotation.Nullable;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.util.VarInt;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Instant;

/** A script as an unbounded source, which ends when it is told to. */
final class ScriptedSource extends UnboundedSource<KV<String, String>, ScriptedSource.Mark> {
  private static final long serialVersionUID = 1L;

  private final String run;
  private final Script script;

  ScriptedSource(String run, Script script) {
    this.run = run;
    this.script = script;
  }

  /** How many steps are done. */
  record Mark(int done) implements UnboundedSource.CheckpointMark {
    @Override
    public void finalizeCheckpoint() {}
  }

  @Override
  public List<ScriptedSource> split(int desired, PipelineOptions options) {
    return List.of(this);
  }

  @Override
  public UnboundedReader<KV<String, String>> createReader(
      PipelineOptions options, @Nullable Mark mark) {
    return new Speaker(this, mark == null ? 0 : mark.done());
  }

  @Override
  public Coder<Mark> getCheckpointMarkCoder() {
    return new MarkCoder();
  }

  @Override
  public Coder<KV<String, String>> getOutputCoder() {
    return KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of());
  }

  private static final class MarkCoder extends AtomicCoder<Mark> {
    private static final long serialVersionUID = 1L;

    @Override
    public void encode(Mark value, OutputStream out) throws IOException {
      VarInt.encode(value.done(), out);
    }

    @Override
    public Mark decode(InputStream in) throws IOException {
      return new Mark(VarInt.decodeInt(in));
    }
  }

  private static final class Speaker extends UnboundedReader<KV<String, String>> {
    private final ScriptedSource source;
    private final List<Script.Step> steps;
    private int done;
    private boolean ended;

    Speaker(ScriptedSource source, int done) {
      this.source = source;
      this.steps = source.script.steps();
      this.done = done;
    }

    @Override
    public boolean start() {
      return advance();
    }

    @Override
    public boolean advance() {
      if (done == steps.size()) {
        ended = Marks.has(source.run, Script.END);
        return false;
      }
      String after = steps.get(done).after();
      if (!after.isEmpty() && !Marks.has(source.run, after)) {
        return false;
      }
      done++;
      return true;
    }

    @Override
    public KV<String, String> getCurrent() {
      if (done == 0) {
        throw new NoSuchElementException();
      }
      Script.Step step = steps.get(done - 1);
      return KV.of(step.key(), step.value());
    }

    @Override
    public Instant getCurrentTimestamp() {
      if (done == 0) {
        throw new NoSuchElementException();
      }
      return Instant.ofEpochMilli(steps.get(done - 1).time());
    }

    @Override
    public Instant getWatermark() {
      if (ended) {
        return BoundedWindow.TIMESTAMP_MAX_VALUE;
      }
      return done == 0 ? Script.START : Instant.ofEpochMilli(steps.get(done - 1).watermark());
    }

    @Override
    public Mark getCheckpointMark() {
      return new Mark(done);
    }

    @Override
    public ScriptedSource getCurrentSource() {
      return source;
    }

    @Override
    public void close() {}
  }
}
