package org.healthbeam.transforms.vital;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.util.VarInt;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.score.SubjectSeries;

/** Encodes a {@link SubjectSeries}, deterministically: the kinds that have readings, in order. */
final class SubjectSeriesCoder extends AtomicCoder<SubjectSeries> {
  private static final long serialVersionUID = 1L;
  private static final SubjectSeriesCoder INSTANCE = new SubjectSeriesCoder();

  private SubjectSeriesCoder() {}

  static SubjectSeriesCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(SubjectSeries value, OutputStream out) throws IOException {
    int kinds = 0;
    for (int i = 0; i < VitalKind.count(); i++) {
      kinds += value.has(VitalKind.at(i)) ? 1 : 0;
    }
    VarInt.encode(kinds, out);
    for (int i = 0; i < VitalKind.count(); i++) {
      VitalKind kind = VitalKind.at(i);
      if (value.has(kind)) {
        KindCoding.write(kind, out);
        ReadingSeriesCoder.of().encode(value.of(kind), out);
      }
    }
  }

  @Override
  public SubjectSeries decode(InputStream in) throws IOException {
    SubjectSeries result = new SubjectSeries();
    int kinds = VarInt.decodeInt(in);
    for (int i = 0; i < kinds; i++) {
      VitalKind kind = KindCoding.read(in);
      result.put(kind, ReadingSeriesCoder.of().decode(in));
    }
    return result;
  }
}
