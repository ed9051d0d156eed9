package org.healthbeam.transforms.vital;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.healthbeam.core.vital.artefact.ToldArtefacts;

/** Encodes {@link ToldArtefacts}, deterministically. */
final class ToldArtefactsCoder extends AtomicCoder<ToldArtefacts> {
  private static final long serialVersionUID = 1L;
  private static final ToldArtefactsCoder INSTANCE = new ToldArtefactsCoder();

  private ToldArtefactsCoder() {}

  static ToldArtefactsCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(ToldArtefacts value, OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    value.writeTo(data);
    data.flush();
  }

  @Override
  public ToldArtefacts decode(InputStream in) throws IOException {
    return ToldArtefacts.readFrom(new DataInputStream(in));
  }
}
