package org.healthbeam.io.table;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.healthbeam.io.part.JoinParts;
import org.healthbeam.io.part.NameParts;
import org.healthbeam.transforms.files.NamedFiles;
import org.healthbeam.transforms.files.ResultFiles;

/**
 * Joins the parts of tables, each of which is made of one file that was read in parts: rows stand
 * in the order of that file, whoever has read which part of it. The tables are called {@code
 * part-00000-of-00002.claims.csv}, numbered by their files' names.
 *
 * <p>Input: the parts by the name of the file that was read, bounded, in the global window, in no
 * order. Of a name that ends in {@code .gz} they are BGZF; in {@code .parquet}, Parquet.
 *
 * <p>Memory: what is told of the parts of one file.
 */
public final class JoinTables extends PTransform<PCollection<KV<String, TablePart>>, PDone> {
  private static final long serialVersionUID = 1L;

  private static final String PARQUET = ".parquet";

  private final NameParts names;

  private JoinTables(NameParts names) {
    this.names = names;
  }

  /**
   * {@return a transform that puts the tables into this folder}
   *
   * @param folder on any file system
   */
  public static JoinTables in(String folder) {
    return new JoinTables(NameParts.withOwnNames(folder));
  }

  /** {@return the temporary folder into which the parts are to be written; it is removed} */
  public String partsFolder() {
    return names.partsFolder();
  }

  /**
   * {@return whether the parts of a file of this name are BGZF}
   *
   * @param file its ending counts
   */
  public static boolean isCompressed(String file) {
    String lower = file.toLowerCase(Locale.ROOT);
    return lower.endsWith(".gz") || lower.endsWith(".bgz");
  }

  /**
   * {@return whether a file of this name is Parquet}
   *
   * @param file its ending counts
   */
  public static boolean isParquet(String file) {
    return file.toLowerCase(Locale.ROOT).endsWith(PARQUET);
  }

  @Override
  public PDone expand(PCollection<KV<String, TablePart>> parts) {
    return parts
        .apply("Parts of each table", GroupByKey.create())
        .apply("Join parts", ParDo.of(new Join(partsFolder())))
        .setCoder(StringUtf8Coder.of())
        .apply("Name tables", names);
  }

  private static final class Join extends DoFn<KV<String, Iterable<TablePart>>, String> {
    private static final long serialVersionUID = 1L;

    private final String folder;

    Join(String folder) {
      this.folder = folder;
    }

    @ProcessElement
    public void process(
        @Element KV<String, Iterable<TablePart>> table, OutputReceiver<String> receiver)
        throws IOException {
      List<TablePart> parts = new ArrayList<>();
      table.getValue().forEach(parts::add);
      parts.sort(Comparator.comparingLong(TablePart::first));
      String file = table.getKey();
      List<String> rows = parts.stream().map(TablePart::name).filter(n -> !n.isEmpty()).toList();
      ResourceId whole =
          NamedFiles.in(
              FileSystems.matchNewResource(folder, true),
              NameParts.ownName(NamedFiles.resource(file).getFilename(), file));
      try (OutputStream out = ResultFiles.open(whole, "text/plain")) {
        layout(file, parts.get(0).header()).write(rows, out);
      }
      receiver.output(whole.toString());
    }

    private static JoinParts.Layout layout(String file, String header) {
      return isParquet(file)
          ? (parts, out) -> TableFormat.parquet().join(parts, Columns.none(), out)
          : new WriteTsv.InOrder(new WriteTsv.Table(header, isCompressed(file)));
    }
  }
}
