package org.healthbeam.transforms.vital.quality;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.quality.QualityAspect;
import org.healthbeam.core.vital.quality.QualityItem;
import org.healthbeam.transforms.row.CompactCoder;

/** Encodes a {@link QualityItem}, deterministically. */
public final class QualityItemCoder extends CompactCoder<QualityItem> {
  private static final long serialVersionUID = 1L;
  private static final QualityItemCoder INSTANCE = new QualityItemCoder();
  private static final StringUtf8Coder TEXT = StringUtf8Coder.of();

  private QualityItemCoder() {
    super(QualityItem.class);
  }

  /** {@return the coder, of which there is one} */
  public static QualityItemCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(QualityItem value, OutputStream out) throws IOException {
    out.write(value.aspect().index());
    out.write(value.kind().index());
    TEXT.encode(value.item(), out);
    TEXT.encode(value.detail(), out);
  }

  @Override
  public QualityItem decode(InputStream in) throws IOException {
    QualityAspect aspect = QualityAspect.at(readByte(in));
    VitalKind kind = VitalKind.at(readByte(in));
    return new QualityItem(aspect, kind, TEXT.decode(in), TEXT.decode(in));
  }

  private static int readByte(InputStream in) throws IOException {
    int b = in.read();
    if (b < 0) {
      throw new EOFException("The element ends in the middle");
    }
    return b;
  }
}
