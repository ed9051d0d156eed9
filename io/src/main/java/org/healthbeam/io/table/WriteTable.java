package org.healthbeam.io.table;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.PDone;
import org.healthbeam.io.part.JoinParts;
import org.healthbeam.io.part.PartFile;
import org.healthbeam.io.part.PartFolder;
import org.healthbeam.io.part.RemoveParts;

/**
 * Writes a table as one file of a {@link TableFormat}, by one worker: that of the file's ending.
 *
 * <p>{@code healthbeam-io-parquet} must be on the class path of workers.
 *
 * <p>Input: a bounded collection in the global window, in no order; an element is any number of
 * rows. The file is there when it is whole, or not at all; without a row it has its columns.
 *
 * <p>Of rows that other steps have written as parts, {@link #ofParts} makes one file by copying.
 * Then a hidden mark stays beside the file ({@link PartFolder}).
 *
 * @param <T> what rows are made of
 */
public final class WriteTable<T> extends PTransform<PCollection<T>, PDone> {
  private static final long serialVersionUID = 1L;

  /**
   * Makes rows.
   *
   * @param <T> of what
   */
  @FunctionalInterface
  public interface Format<T> extends Serializable {
    /**
     * Adds the cells of each row, and {@link TableFormat.Rows#end ends} it.
     *
     * @param rows take the cells
     * @param element of one row or more
     * @throws IOException if the file cannot be written
     */
    void add(TableFormat.Rows rows, T element) throws IOException;
  }

  private final String file;
  private final Columns columns;
  private final Format<T> format;

  private WriteTable(String file, Columns columns, Format<T> format) {
    this.file = Objects.requireNonNull(file, "file");
    this.columns = Objects.requireNonNull(columns, "columns");
    this.format = Objects.requireNonNull(format, "format");
  }

  /**
   * {@return a transform that writes lines made with {@link TsvLine}, several with line feeds
   * between them}
   *
   * @param file its ending names the format
   * @param columns in order
   */
  public static WriteTable<String> ofLines(String file, Columns columns) {
    return new WriteTable<>(file, columns, new TsvRows(columns));
  }

  private static String endingOf(String file) {
    return file.substring(file.lastIndexOf('.') + 1);
  }

  /**
   * {@return a transform that writes this file; what stood there is replaced}
   *
   * @param <T> the type of the elements
   * @param file its ending names the format
   * @param columns in order
   * @param format makes rows of the elements
   */
  public static <T> WriteTable<T> to(String file, Columns columns, Format<T> format) {
    return new WriteTable<>(file, columns, format);
  }

  @Override
  public PDone expand(PCollection<T> elements) {
    String folder = PartFolder.beside(file);
    return elements
        .apply("To one worker", WithKeys.of(0))
        .setCoder(KvCoder.of(VarIntCoder.of(), elements.getCoder()))
        .apply("All", GroupByKey.create())
        .apply("Write", ParDo.of(new Write<>(endingOf(file), columns, format, folder)))
        .setCoder(StringUtf8Coder.of())
        .apply("Join", ofParts(file, columns, folder));
  }

  /**
   * Joins parts that somebody has written in the format of the file's ending.
   *
   * @param file its ending names the format
   * @param columns of the file if there is no part
   * @param folder in which they were written; is removed
   * @return a transform that takes the names of the parts
   */
  public static PTransform<PCollection<String>, PDone> ofParts(
      String file, Columns columns, String folder) {
    return new OfParts(file, columns, folder);
  }

  private static final class OfParts extends PTransform<PCollection<String>, PDone> {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final Columns columns;
    private final String folder;

    OfParts(String file, Columns columns, String folder) {
      this.file = file;
      this.columns = columns;
      this.folder = folder;
    }

    @Override
    public PDone expand(PCollection<String> parts) {
      PCollectionView<List<String>> names = parts.apply("All parts", View.asList());
      parts
          .getPipeline()
          .apply("File", Create.of(file).withCoder(StringUtf8Coder.of()))
          .apply(
              "Join parts",
              ParDo.of(new JoinParts(new Joined(endingOf(file), columns), folder, names))
                  .withSideInputs(names))
          .apply("Remove parts", new RemoveParts());
      return PDone.in(parts.getPipeline());
    }
  }

  /** One file of the rows of all parts, which stand in the order of their names. */
  private record Joined(String ending, Columns columns) implements JoinParts.Layout {
    @Override
    public void write(List<String> parts, OutputStream out) throws IOException {
      TableFormat.named(ending).join(parts.stream().distinct().sorted().toList(), columns, out);
    }
  }

  private static final class Write<T> extends DoFn<KV<Integer, Iterable<T>>, String> {
    private static final long serialVersionUID = 1L;

    private final String ending;
    private final Columns columns;
    private final Format<T> format;
    private final String folder;

    Write(String ending, Columns columns, Format<T> format, String folder) {
      this.ending = ending;
      this.columns = columns;
      this.format = format;
      this.folder = folder;
    }

    @ProcessElement
    public void process(@Element KV<Integer, Iterable<T>> all, OutputReceiver<String> receiver)
        throws IOException {
      try (PartFile part = PartFile.plain(folder)) {
        OutputStream out = part.out();
        try (TableFormat.Rows rows = TableFormat.named(ending).begin(out, columns)) {
          for (T element : all.getValue()) {
            format.add(rows, element);
          }
        }
        String name = part.finish();
        if (name != null) {
          receiver.output(name);
        }
      }
    }
  }
}
