package org.healthbeam.transforms.code;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.healthbeam.core.fhir.CodingInResource;
import org.healthbeam.transforms.row.CompactCoder;

/** Encodes a {@link PlacedTranslation}, deterministically. */
public final class PlacedTranslationCoder extends CompactCoder<PlacedTranslation> {
  private static final long serialVersionUID = 1L;
  private static final PlacedTranslationCoder INSTANCE = new PlacedTranslationCoder();
  private static final StringUtf8Coder TEXT = StringUtf8Coder.of();
  private static final TranslationCoder TRANSLATION = TranslationCoder.of();

  private PlacedTranslationCoder() {
    super(PlacedTranslation.class);
  }

  /** {@return the coder, of which there is one} */
  public static PlacedTranslationCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(PlacedTranslation value, OutputStream out) throws IOException {
    TEXT.encode(value.source(), out);
    TEXT.encode(value.position(), out);
    TEXT.encode(value.coding().resourceType(), out);
    TEXT.encode(value.coding().resourceId(), out);
    TEXT.encode(value.coding().path(), out);
    TRANSLATION.encode(value.coding().translation(), out);
  }

  @Override
  public PlacedTranslation decode(InputStream in) throws IOException {
    return new PlacedTranslation(
        TEXT.decode(in),
        TEXT.decode(in),
        new CodingInResource(
            TEXT.decode(in), TEXT.decode(in), TEXT.decode(in), TRANSLATION.decode(in)));
  }
}
