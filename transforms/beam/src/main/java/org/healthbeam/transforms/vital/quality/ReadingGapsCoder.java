package org.healthbeam.transforms.vital.quality;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.quality.ReadingGaps;
import org.healthbeam.transforms.row.CompactCoder;

/** Encodes {@link ReadingGaps}, deterministically. */
public final class ReadingGapsCoder extends CompactCoder<ReadingGaps> {
  private static final long serialVersionUID = 1L;
  private static final ReadingGapsCoder INSTANCE = new ReadingGapsCoder();

  private ReadingGapsCoder() {
    super(ReadingGaps.class);
  }

  /** {@return the coder, of which there is one} */
  public static ReadingGapsCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(ReadingGaps value, OutputStream out) throws IOException {
    StringUtf8Coder.of().encode(value.subject(), out);
    VarIntCoder.of().encode(value.kind().index(), out);
    for (long number :
        new long[] {
          value.first().toEpochMilli(),
          value.last().toEpochMilli(),
          value.hours(),
          value.hoursWithReading(),
          value.longestGap().toMillis(),
          value.gapFrom().toEpochMilli()
        }) {
      VarLongCoder.of().encode(number, out);
    }
  }

  @Override
  public ReadingGaps decode(InputStream in) throws IOException {
    String subject = StringUtf8Coder.of().decode(in);
    VitalKind kind = VitalKind.at(VarIntCoder.of().decode(in));
    long[] numbers = new long[6];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = VarLongCoder.of().decode(in);
    }
    return new ReadingGaps(
        subject,
        kind,
        Instant.ofEpochMilli(numbers[0]),
        Instant.ofEpochMilli(numbers[1]),
        numbers[2],
        numbers[3],
        Duration.ofMillis(numbers[4]),
        Instant.ofEpochMilli(numbers[5]));
  }
}
