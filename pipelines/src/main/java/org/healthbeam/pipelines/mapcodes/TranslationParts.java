package org.healthbeam.pipelines.mapcodes;

import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import javax.annotation.Nullable;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.healthbeam.core.code.count.CodeTally;
import org.healthbeam.core.fhir.CodingInResource;
import org.healthbeam.io.part.PartFile;
import org.healthbeam.io.table.PartitionBy;
import org.healthbeam.io.table.TableParts;
import org.healthbeam.io.table.TsvLine;
import org.healthbeam.io.table.TsvRows;
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

  /** The file of a part in a format with types; a pair of the format's ending and the name. */
  static final TupleTag<KV<String, String>> TYPED =
      new TupleTag<KV<String, String>>("typed translations") {
        private static final long serialVersionUID = 1L;
      };

  /**
   * Where the parts are written.
   *
   * @param text the folder of those of text
   * @param typed the folders of those in formats with types, by ending
   * @param by what those are parted by; null if each is one file
   */
  record Folders(String text, TreeMap<String, String> typed, @Nullable PartitionBy by)
      implements Serializable {}

  private static final TsvRows ROWS = new TsvRows(TranslationRows.TABLE);

  private final PartFile part;
  private final TreeMap<String, TableParts<String>> typed = new TreeMap<>();
  private final TsvLine lines = new TsvLine();
  private final CodeTally codes = new CodeTally();

  TranslationParts(Folders folders) {
    this.part = PartFile.plain(folders.text());
    folders
        .typed()
        .forEach(
            (ending, folder) ->
                typed.put(
                    ending,
                    TableParts.begin(ending, folder, TranslationRows.TABLE, folders.by(), ROWS)));
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
    if (!typed.isEmpty()) {
      String rows = lines.toString();
      for (TableParts<String> each : typed.values()) {
        each.add(rows);
      }
    }
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

  /** Ends the parts with types, after {@link #finish}, and tells their names. */
  void finishTyped(Consumer<KV<String, String>> taker) throws IOException {
    for (Map.Entry<String, TableParts<String>> each : typed.entrySet()) {
      for (String name : each.getValue().finish()) {
        taker.accept(KV.of(each.getKey(), name));
      }
    }
  }

  /** Leaves parts that failed. */
  @Override
  public void close() throws IOException {
    for (TableParts<String> each : typed.values()) {
      each.close();
    }
    part.close();
  }
}
