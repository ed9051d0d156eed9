package org.healthbeam.pipelines.mapcodes;

import java.io.Closeable;
import java.io.IOException;
import java.util.function.Consumer;
import javax.annotation.Nullable;
import org.healthbeam.core.code.count.CodeTally;
import org.healthbeam.core.fhir.CodingInResource;
import org.healthbeam.io.part.PartFile;
import org.healthbeam.io.table.TsvLine;
import org.healthbeam.transforms.code.CodeCount;
import org.healthbeam.transforms.code.CountCodes;

/**
 * Takes the translations of one bundle: writes their rows of {@code translations.tsv} to a part,
 * and counts their codes.
 *
 * <p>Memory: some rows, and the distinct codes up to a bound.
 */
final class TranslationParts implements Closeable {
  /** Bytes of rows that are held: a Bundle may have a million codings. */
  private static final int ROWS_AT_ONCE = 1 << 16;

  private final PartFile part;
  private final TsvLine lines = new TsvLine();
  private final CodeTally codes = new CodeTally();

  TranslationParts(String folder) {
    this.part = PartFile.plain(folder);
  }

  /** Takes what became of one coding of the record at this place. */
  void add(String source, String position, CodingInResource coding) throws IOException {
    codes.add(coding.resourceType(), coding.translation());
    TranslationRows.add(lines, source, position, coding);
    if (lines.length() > ROWS_AT_ONCE) {
      write();
    }
  }

  private void write() throws IOException {
    lines.writeTo(part.out());
    lines.clear();
  }

  /** Emits the codes if there are many; to be called after each record. */
  void drainWhenFull(Consumer<CodeCount> taker) {
    if (codes.size() > CountCodes.DISTINCT) {
      drain(taker);
    }
  }

  /** Emits the codes that were counted since the last time. */
  void drain(Consumer<CodeCount> taker) {
    codes.drainTo((type, code, n) -> taker.accept(new CodeCount(type, code, n)));
  }

  /** Ends the part and returns its name; null if there is no row. */
  @Nullable
  String finish() throws IOException {
    if (lines.length() > 0) {
      write();
    }
    return part.finish();
  }

  /** Leaves a part that failed. */
  @Override
  public void close() throws IOException {
    part.close();
  }
}
