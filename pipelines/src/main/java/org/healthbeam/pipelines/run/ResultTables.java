package org.healthbeam.pipelines.run;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.beam.sdk.values.PCollection;
import org.healthbeam.io.table.Columns;
import org.healthbeam.io.table.TableFormat;
import org.healthbeam.io.table.WriteTable;
import org.healthbeam.io.table.WriteTsv;

/**
 * Writes the tables of a pipeline: as text, which the report reads too, and as what {@code
 * --format} names besides.
 *
 * @param output the folder of the results
 * @param typed the endings of the formats with types that are written besides
 * @param parting how those are laid out
 */
public record ResultTables(String output, List<String> typed, Parting parting) {
  /** The endings of formats in which columns have types. */
  public static final List<String> TYPED = List.of("avro", "parquet");

  private static final String TEXT = "tsv";

  /**
   * {@return what {@code --format} says, separated by commas}
   *
   * @param output the folder of the results
   * @param formats the option's value, which has {@code tsv} or not
   * @throws UsageException if one of them is no format, or not on the class path
   */
  public static ResultTables of(String output, String formats) throws UsageException {
    Set<String> typed = new TreeSet<>();
    for (String each : formats.split(",", -1)) {
      String name = each.strip().toLowerCase(Locale.ROOT);
      if (TYPED.contains(name)) {
        requireOnClassPath(name);
        typed.add(name);
      } else if (!name.equals(TEXT)) {
        throw new UsageException(
            "--format=%s has '%s'; it may have tsv, %s, separated by commas"
                .formatted(formats, each, String.join(", ", TYPED)));
      }
    }
    return new ResultTables(output, List.copyOf(typed), Parting.checked(null));
  }

  /**
   * {@return these with those in formats with types laid out so}
   *
   * @param by how those are laid out
   */
  public ResultTables parted(Parting by) {
    return new ResultTables(output, typed, by);
  }

  /**
   * Checks that the module is there that writes tables of this ending.
   *
   * @param ending {@code parquet} or {@code avro}
   * @throws UsageException if it is not
   */
  public static void requireOnClassPath(String ending) throws UsageException {
    if (TableFormat.of(ending).isEmpty()) {
      throw new UsageException(
          "--format=%s needs healthbeam-io-parquet on the class path; it is not there"
              .formatted(ending));
    }
  }

  /**
   * {@return those of options that have been checked before}
   *
   * @param output the folder of the results
   * @param formats the option's value
   */
  public static ResultTables checked(String output, String formats) {
    try {
      return of(output, formats);
    } catch (UsageException e) {
      throw new IllegalStateException("The formats have been checked before", e);
    }
  }

  /**
   * {@return the names of the files of tables, in every format, and of folders of them}
   *
   * @param tables names without an ending
   */
  public static Set<String> files(String... tables) {
    return Arrays.stream(tables)
        .flatMap(
            table ->
                Stream.concat(
                    Stream.of(table + "." + TEXT),
                    TYPED.stream().flatMap(ending -> Parting.names(table + "." + ending))))
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * {@return the name of a table's file}
   *
   * @param table its name without an ending
   * @param ending {@code tsv}, {@code parquet} or {@code avro}
   */
  public String file(String table, String ending) {
    return Location.in(output, table + "." + ending);
  }

  /**
   * {@return what writes a table as text}
   *
   * @param table its name without an ending
   * @param columns of the table
   */
  public WriteTsv text(String table, Columns columns) {
    return WriteTsv.to(file(table, TEXT)).withColumns(columns.names());
  }

  /**
   * {@return the name of the step that writes in a format with types}
   *
   * @param what the step that writes text is called
   * @param ending {@code parquet} or {@code avro}
   */
  public static String step(String what, String ending) {
    return what + " as " + (ending.equals("avro") ? "Avro" : "Parquet");
  }

  /**
   * Writes a table.
   *
   * @param lines as {@link WriteTsv} and {@link WriteTable#ofLines} take them
   * @param step what the step that writes text is called
   * @param table its name without an ending
   * @param columns of the table
   */
  public void write(PCollection<String> lines, String step, String table, Columns columns) {
    lines.apply(step, text(table, columns));
    for (String ending : typed) {
      lines.apply(step(step, ending), parting.ofLines(file(table, ending), columns));
    }
  }
}
