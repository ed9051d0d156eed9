package org.healthbeam.transforms.outcome;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Objects;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.healthbeam.transforms.row.CompactCoder;

/**
 * What a stage has counted during one piece of work: an element, which is there once however often
 * the runner repeats the work.
 *
 * @param stage the stage's name
 * @param outcome what became of the inputs, {@link #IN} for all that went in
 * @param n how many
 */
public record StageCount(String stage, String outcome, long n) {
  /** Stands for what went in. */
  public static final String IN = "";

  /**
   * Refuses what is null.
   *
   * @param stage the stage's name
   * @param outcome what became of the inputs, {@link #IN} for all that went in
   * @param n how many
   */
  public StageCount {
    Objects.requireNonNull(stage, "stage");
    Objects.requireNonNull(outcome, "outcome");
  }

  /** Encodes a count, deterministically. */
  static final class CountCoder extends CompactCoder<StageCount> {
    private static final long serialVersionUID = 1L;
    private static final CountCoder INSTANCE = new CountCoder();

    private CountCoder() {
      super(StageCount.class);
    }

    static CountCoder of() {
      return INSTANCE;
    }

    @Override
    public void encode(StageCount value, OutputStream out) throws IOException {
      StringUtf8Coder.of().encode(value.stage, out);
      StringUtf8Coder.of().encode(value.outcome, out);
      VarLongCoder.of().encode(value.n, out);
    }

    @Override
    public StageCount decode(InputStream in) throws IOException {
      return new StageCount(
          StringUtf8Coder.of().decode(in),
          StringUtf8Coder.of().decode(in),
          VarLongCoder.of().decode(in));
    }
  }
}
