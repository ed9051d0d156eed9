package org.healthbeam.pipelines.mapcodes;

import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.healthbeam.io.part.PartFolder;
import org.healthbeam.io.table.WriteTsv;
import org.healthbeam.pipelines.run.ResultTables;

/** The table of translations, in every format; the steps that map write parts of it. */
final class TranslationFiles {
  private static final String TABLE = "translations";
  private static final String STEP = "Write translations";

  private final ResultTables tables;
  private final WriteTsv text;
  private final TranslationParts.Folders folders;

  TranslationFiles(ResultTables tables) {
    this.tables = tables;
    this.text = tables.text(TABLE, TranslationRows.TABLE);
    TreeMap<String, String> typed = new TreeMap<>();
    tables
        .typed()
        .forEach(ending -> typed.put(ending, PartFolder.beside(tables.file(TABLE, ending))));
    this.folders =
        new TranslationParts.Folders(
            text.partsFolder(), typed, tables.parting().of(TranslationRows.TABLE));
  }

  /** Returns where the parts are to be written. */
  TranslationParts.Folders folders() {
    return folders;
  }

  /** Joins the parts that a step has written. */
  void join(PCollectionTuple mapped) {
    mapped
        .get(MapFiles.TRANSLATIONS)
        .setCoder(StringUtf8Coder.of())
        .apply(STEP, text.ofParts(folders.text()));
    for (Map.Entry<String, String> each : folders.typed().entrySet()) {
      String ending = each.getKey();
      String step = ResultTables.step(STEP, ending);
      mapped
          .get(TranslationParts.TYPED)
          .apply(step + ": parts", Filter.by((KV<String, String> p) -> p.getKey().equals(ending)))
          .apply(step + ": names", Values.create())
          .apply(
              step,
              tables
                  .parting()
                  .ofParts(tables.file(TABLE, ending), TranslationRows.TABLE, each.getValue()));
    }
  }
}
