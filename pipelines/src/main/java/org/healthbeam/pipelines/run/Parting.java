package org.healthbeam.pipelines.run;

import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.annotation.Nullable;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.healthbeam.io.table.Columns;
import org.healthbeam.io.table.PartitionBy;
import org.healthbeam.io.table.WritePartitions;
import org.healthbeam.io.table.WriteTable;

/**
 * How tables in formats with types are laid out: as one file each; or, as {@code --partitionBy}
 * says, those that have the column as folders by its values, which are called as the file would be.
 *
 * @param by the column, or {@value #DAY}; empty for none
 */
public record Parting(String by) implements Serializable {
  /** Parts by the day of the row: that of the event, or on which the window began. */
  public static final String DAY = "day";

  /** The columns that tell the day, the first that a table has. */
  private static final List<String> TIMES = List.of("window_start", "time");

  /**
   * {@return what {@code --partitionBy} says}
   *
   * @param option its value; null if it is not given
   * @param known what it may be
   * @param typed the formats with types that are asked for
   * @throws UsageException if it may not be this, or there is nothing that can be parted
   */
  public static Parting of(@Nullable String option, List<String> known, Collection<?> typed)
      throws UsageException {
    if (option == null) {
      return new Parting("");
    }
    if (!known.contains(option)) {
      throw new UsageException(
          "--partitionBy=%s; it may be %s".formatted(option, String.join(" or ", known)));
    }
    if (typed.isEmpty()) {
      throw new UsageException(
          "--partitionBy=%s is for Parquet and Avro, which --format does not name; text is one file"
              .formatted(option));
    }
    return new Parting(option);
  }

  /**
   * {@return that of an option that has been checked before}
   *
   * @param option its value; null if it is not given
   */
  public static Parting checked(@Nullable String option) {
    return new Parting(option == null ? "" : option);
  }

  /**
   * {@return by what a table is parted; null if it is one file}
   *
   * @param columns of the table
   */
  @Nullable
  public PartitionBy of(Columns columns) {
    List<String> names = columns.names();
    if (names.contains(by)) {
      return PartitionBy.column(columns, by);
    }
    Optional<String> time =
        by.equals(DAY) ? TIMES.stream().filter(names::contains).findFirst() : Optional.empty();
    return time.map(column -> PartitionBy.dayOf(columns, column)).orElse(null);
  }

  /**
   * {@return what writes lines as {@link WriteTable#ofLines} takes them}
   *
   * @param file where the table is written; a folder if it is parted
   * @param columns of the table
   */
  public PTransform<PCollection<String>, PDone> ofLines(String file, Columns columns) {
    PartitionBy parts = of(columns);
    return parts == null ? WriteTable.ofLines(file, columns) : WritePartitions.ofLines(file, parts);
  }

  /**
   * {@return what writes a table}
   *
   * @param <T> what a row is made of
   * @param file where the table is written; a folder if it is parted
   * @param columns of the table
   * @param cell tells what stands in the column
   * @param format writes the rows
   */
  public <T> PTransform<PCollection<T>, PDone> to(
      String file, Columns columns, WritePartitions.Cell<T> cell, WriteTable.Format<T> format) {
    PartitionBy parts = of(columns);
    return parts == null
        ? WriteTable.to(file, columns, format)
        : WritePartitions.to(file, parts, cell, format);
  }

  /**
   * {@return what makes a table of parts}
   *
   * @param file where the table is written; a folder if it is parted
   * @param columns of the table
   * @param temporary folder of the parts
   */
  public PTransform<PCollection<String>, PDone> ofParts(
      String file, Columns columns, String temporary) {
    PartitionBy parts = of(columns);
    return parts == null
        ? WriteTable.ofParts(file, columns, temporary)
        : WritePartitions.ofParts(file, parts, temporary);
  }

  /** Returns what a table of this file's name is called where it is parted, besides the file. */
  static Stream<String> names(String file) {
    return Stream.of(file, file + "/");
  }
}
