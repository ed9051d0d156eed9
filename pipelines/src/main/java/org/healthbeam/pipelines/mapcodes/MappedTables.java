package org.healthbeam.pipelines.mapcodes;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import javax.annotation.Nullable;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TupleTag;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.io.table.TablePart;
import org.healthbeam.transforms.code.CodeCount;
import org.healthbeam.transforms.code.PlacedTranslation;
import org.healthbeam.transforms.code.RowMapper;
import org.joda.time.Instant;

/** Maps the rows of tables, whatever their format: what is common to the steps that read them. */
final class MappedTables implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Parts of {@code tables/*}, by the name of the file that was read. */
  static final TupleTag<KV<String, TablePart>> TABLES =
      new TupleTag<KV<String, TablePart>>("tables") {
        private static final long serialVersionUID = 1L;
      };

  private final TableColumns columns;
  private final RowMapper mapper;
  private final Schema schema;
  private final String tablesFolder;
  private final TranslationParts.Folders translationsFolders;
  @Nullable private transient TranslationParts translations;

  MappedTables(
      TableColumns columns,
      RowMapper mapper,
      String tablesFolder,
      TranslationParts.Folders translationsFolders) {
    this.columns = columns;
    this.mapper = mapper;
    this.schema = columns.schema();
    this.tablesFolder = tablesFolder;
    this.translationsFolders = translationsFolders;
  }

  RowMapper mapper() {
    return mapper;
  }

  String folder() {
    return tablesFolder;
  }

  void setUp() throws InvalidMapException, IOException {
    mapper.setUp();
  }

  void startBundle() throws IOException {
    close();
    mapper.startBundle();
    translations = new TranslationParts(translationsFolders);
  }

  /** Returns the names of the columns that are added. */
  List<String> added() {
    return columns.added(mapper.schema());
  }

  /** Returns where in a table the columns are that are read. */
  int[] places(List<String> header) throws RejectedException {
    return columns.places(header, added());
  }

  /**
   * Maps one row.
   *
   * @return the cells that are added, null where there is nothing; null for a row that is not
   *     affected
   */
  @Nullable
  List<String> map(
      int[] places,
      IntFunction<String> cells,
      String source,
      String position,
      Consumer<CodeCount> codes)
      throws IOException {
    Row row = columns.row(schema, places, cells);
    RowMapper.MappedRow mapped = mapper.map(row, source, position);
    if (mapped == null) {
      return null;
    }
    for (PlacedTranslation each : mapped.translations()) {
      translations.add(source, position, each.coding());
    }
    translations.drainWhenFull(codes);
    return columns.texts(mapped.row());
  }

  /** Emits what is left of a bundle: the codes, and the part of the translations. */
  static <T> void finish(MappedTables tables, DoFn<T, CodeCount>.FinishBundleContext context)
      throws IOException {
    Instant end = GlobalWindow.INSTANCE.maxTimestamp();
    tables.translations.drain(
        code -> context.output(MapFiles.CODES, code, end, GlobalWindow.INSTANCE));
    String part = tables.translations.finish();
    if (part != null) {
      context.output(MapFiles.TRANSLATIONS, part, end, GlobalWindow.INSTANCE);
    }
    tables.translations.finishTyped(
        typed -> context.output(TranslationParts.TYPED, typed, end, GlobalWindow.INSTANCE));
  }

  /** After a bundle that failed, its file is still open. */
  void close() throws IOException {
    if (translations != null) {
      translations.close();
    }
  }
}
