package org.healthbeam.io.table;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.List;
import java.util.TreeSet;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.healthbeam.io.part.NameParts;
import org.healthbeam.io.part.PartFile;

/**
 * Writes a table as a folder of a {@link TableFormat}, that of the folder's ending, which has a
 * folder for each partition, which has one file: {@code
 * variants.parquet/contig=22/part-00000.parquet}. So DuckDB, pandas, Spark and Hive read it.
 *
 * <p>Input: a bounded collection in the global window, in no order. The files get their names when
 * all are whole. Without a row there is a file without one, which has the columns, in the folder of
 * the rows that have no value.
 *
 * <p>One worker writes all rows of a partition, and holds as many as the format does. Of rows that
 * other steps have written as parts ({@link TableParts}), {@link #ofParts} makes the files by
 * copying.
 *
 * @param <T> what rows are made of
 */
public final class WritePartitions<T> extends PTransform<PCollection<T>, PDone> {
  private static final long serialVersionUID = 1L;

  /**
   * Tells where rows belong.
   *
   * @param <T> what they are made of
   */
  @FunctionalInterface
  public interface Cell<T> extends Serializable {
    /**
     * {@return what stands in the column by which the table is parted; in all rows of an element
     * the same}
     *
     * @param element what rows are made of
     */
    String of(T element);
  }

  private final String place;
  private final PartitionBy by;
  private final DoFn<T, KV<String, T>> assign;
  private final WriteTable.Format<T> format;

  private WritePartitions(
      String place, PartitionBy by, DoFn<T, KV<String, T>> assign, WriteTable.Format<T> format) {
    this.place = place;
    this.by = by;
    this.assign = assign;
    this.format = format;
  }

  /**
   * {@return a transform of lines made with {@link TsvLine}, several with line feeds between them}
   *
   * @param place the folder, with the format's ending; nothing of what was there is replaced
   * @param by what the table is parted by
   */
  public static WritePartitions<String> ofLines(String place, PartitionBy by) {
    return new WritePartitions<>(place, by, new AssignLines(by), new TsvRows(by.table()));
  }

  /**
   * {@return a transform of what rows are made of}
   *
   * @param <T> what rows are made of
   * @param place the folder, with the format's ending; nothing of what was there is replaced
   * @param by what the table is parted by
   * @param cell tells where rows belong
   * @param format makes the rows
   */
  public static <T> WritePartitions<T> to(
      String place, PartitionBy by, Cell<T> cell, WriteTable.Format<T> format) {
    return new WritePartitions<>(place, by, new Assign<>(by, cell), format);
  }

  private static String endingOf(String place) {
    return place.substring(place.lastIndexOf('.') + 1);
  }

  /** Returns a new part of the rows of one folder. */
  static PartFile part(String temporary, String folder) {
    return PartFile.named(temporary, NameParts.ownName(folder, folder));
  }

  @Override
  public PDone expand(PCollection<T> elements) {
    NameParts names = names(place, by);
    return elements
        .apply("By folder", ParDo.of(assign))
        .setCoder(KvCoder.of(StringUtf8Coder.of(), elements.getCoder()))
        .apply("Of each folder", GroupByKey.create())
        .apply("Write", ParDo.of(new Write<>(endingOf(place), by, format, names.partsFolder())))
        .setCoder(StringUtf8Coder.of())
        .apply("Name files", names);
  }

  /**
   * {@return a transform that makes the files of parts that {@link TableParts} has written, of
   * their names}
   *
   * @param place the folder, with the format's ending; nothing of what was there is replaced
   * @param by what the table is parted by
   * @param temporary in which they were written; is removed
   */
  public static PTransform<PCollection<String>, PDone> ofParts(
      String place, PartitionBy by, String temporary) {
    return new OfParts(place, by, temporary);
  }

  private static NameParts names(String place, PartitionBy by) {
    return NameParts.withNames(place, new InFolders(endingOf(place), by));
  }

  private static final class OfParts extends PTransform<PCollection<String>, PDone> {
    private static final long serialVersionUID = 1L;

    private final String place;
    private final PartitionBy by;
    private final String temporary;

    OfParts(String place, PartitionBy by, String temporary) {
      this.place = place;
      this.by = by;
      this.temporary = temporary;
    }

    @Override
    public PDone expand(PCollection<String> parts) {
      NameParts names = names(place, by).of(temporary);
      return parts
          .apply("By folder", ParDo.of(new AssignParts()))
          .setCoder(KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of()))
          .apply("Of each folder", GroupByKey.create())
          .apply("Join", ParDo.of(new Join(endingOf(place), by.inFiles(), names)))
          .setCoder(StringUtf8Coder.of())
          .apply("Name files", names);
    }
  }

  /** Names a file after its folder. */
  private record InFolders(String ending, PartitionBy by) implements NameParts.Naming {
    private String file(String folder) {
      return folder + "/part-00000." + ending;
    }

    @Override
    public String name(String part, int number, int of) {
      return file(NameParts.nameOf(part));
    }

    @Override
    public String nameOfNone() {
      return file(by.folder(null));
    }

    @Override
    public void writeNone(OutputStream out) throws IOException {
      TableFormat.named(ending).join(List.of(), by.inFiles(), out);
    }
  }

  private static final class Assign<T> extends DoFn<T, KV<String, T>> {
    private static final long serialVersionUID = 1L;

    private final PartitionBy by;
    private final Cell<T> cell;

    Assign(PartitionBy by, Cell<T> cell) {
      this.by = by;
      this.cell = cell;
    }

    @ProcessElement
    public void process(@Element T element, OutputReceiver<KV<String, T>> receiver) {
      receiver.output(KV.of(by.folder(cell.of(element)), element));
    }
  }

  private static final class AssignLines extends DoFn<String, KV<String, String>> {
    private static final long serialVersionUID = 1L;

    private final PartitionBy by;

    AssignLines(PartitionBy by) {
      this.by = by;
    }

    @ProcessElement
    public void process(@Element String lines, OutputReceiver<KV<String, String>> receiver) {
      lines
          .lines()
          .forEach(
              line -> receiver.output(KV.of(by.folder(TsvCells.of(line).get(by.from())), line)));
    }
  }

  private static final class AssignParts extends DoFn<String, KV<String, String>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element String part, OutputReceiver<KV<String, String>> receiver) {
      receiver.output(KV.of(NameParts.nameOf(part), part));
    }
  }

  private static final class Write<T> extends DoFn<KV<String, Iterable<T>>, String> {
    private static final long serialVersionUID = 1L;

    private final String ending;
    private final PartitionBy by;
    private final WriteTable.Format<T> format;
    private final String temporary;

    Write(String ending, PartitionBy by, WriteTable.Format<T> format, String temporary) {
      this.ending = ending;
      this.by = by;
      this.format = format;
      this.temporary = temporary;
    }

    @ProcessElement
    public void process(@Element KV<String, Iterable<T>> all, OutputReceiver<String> receiver)
        throws IOException {
      try (PartFile part = part(temporary, all.getKey())) {
        OutputStream out = part.out();
        try (TableFormat.Rows rows = by.to(TableFormat.named(ending).begin(out, by.inFiles()))) {
          for (T element : all.getValue()) {
            format.add(rows, element);
          }
        }
        receiver.output(part.finish());
      }
    }
  }

  /** Makes one part of those of each folder. */
  private static final class Join extends DoFn<KV<String, Iterable<String>>, String> {
    private static final long serialVersionUID = 1L;

    private final String ending;
    private final Columns columns;
    private final NameParts names;

    Join(String ending, Columns columns, NameParts names) {
      this.ending = ending;
      this.columns = columns;
      this.names = names;
    }

    @ProcessElement
    public void process(
        @Element KV<String, Iterable<String>> folder, OutputReceiver<String> receiver)
        throws IOException {
      TreeSet<String> parts = new TreeSet<>();
      folder.getValue().forEach(parts::add);
      if (parts.size() == 1 || names.areNamed()) {
        receiver.output(parts.first());
        return;
      }
      try (PartFile whole = part(names.partsFolder(), folder.getKey())) {
        TableFormat.named(ending).join(List.copyOf(parts), columns, whole.out());
        receiver.output(whole.finish());
      }
    }
  }
}
