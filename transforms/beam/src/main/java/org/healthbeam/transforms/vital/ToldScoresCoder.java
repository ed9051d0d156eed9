package org.healthbeam.transforms.vital;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.healthbeam.core.vital.score.ToldScores;

/** Encodes {@link ToldScores}, deterministically. */
final class ToldScoresCoder extends AtomicCoder<ToldScores> {
  private static final long serialVersionUID = 1L;
  private static final ToldScoresCoder INSTANCE = new ToldScoresCoder();

  private ToldScoresCoder() {}

  static ToldScoresCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(ToldScores value, OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    value.writeTo(data);
    data.flush();
  }

  @Override
  public ToldScores decode(InputStream in) throws IOException {
    return ToldScores.readFrom(new DataInputStream(in));
  }
}
