package org.healthbeam.io.table;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.annotation.Nullable;

/**
 * By what a table is parted into folders, as Hive names them: {@code contig=22}, {@code
 * day=2026-11-20}. A column by which a table is parted stands in the folders' names and not in the
 * files.
 *
 * @param table all columns
 * @param name of the folders' key
 * @param from the column of text or of instants that tells the folder
 */
public record PartitionBy(Columns table, String name, int from) implements Serializable {
  /** What Hive calls the folder of the rows that have no value. */
  public static final String NOTHING = "__HIVE_DEFAULT_PARTITION__";

  /** Most bytes in the name of a file, on the disks that there are. */
  private static final int LONGEST_NAME = 255;

  /** What {@code NameParts} adds to the name of a part, and a little room. */
  private static final int ROOM = 80;

  /** What Hive escapes besides control characters, and what patterns of files are made of. */
  private static final String ESCAPED = "\"#%'*/:=?\\{}[]^\u007f";

  /**
   * {@return parting by what stands in a column of text}
   *
   * @param table all columns
   * @param name of the column
   */
  public static PartitionBy column(Columns table, String name) {
    return new PartitionBy(table, name, table.names().indexOf(name));
  }

  /**
   * {@return parting by the day, in UTC, of the instants in a column}
   *
   * @param table all columns
   * @param time the name of the column
   */
  public static PartitionBy dayOf(Columns table, String time) {
    return new PartitionBy(table, "day", table.names().indexOf(time));
  }

  /**
   * Checks that there is such a column.
   *
   * @param table all columns
   * @param name of the folders' key
   * @param from the column that tells the folder
   * @throws IllegalArgumentException if there is none, or it has numbers
   */
  public PartitionBy {
    if (from < 0 || from >= table.all().size()) {
      throw new IllegalArgumentException("no such column to part by %s".formatted(name));
    }
    switch (table.all().get(from).type()) {
      case TEXT, TIME -> {}
      default -> throw new IllegalArgumentException("numbers to part by %s".formatted(name));
    }
  }

  private boolean isInFolder(int column) {
    return column == from && table.all().get(from).name().equals(name);
  }

  /** {@return the columns of the files} */
  public Columns inFiles() {
    List<Columns.Column> columns = new ArrayList<>(table.all());
    if (isInFolder(from)) {
      columns.remove(from);
    }
    return new Columns(columns);
  }

  /**
   * {@return the name of the folder of a row, without a slash}
   *
   * @param cell what stands in the column; null or nothing is missing
   */
  public String folder(@Nullable String cell) {
    if (cell == null || cell.isEmpty()) {
      return name + "=" + NOTHING;
    }
    boolean isTime = table.all().get(from).type() == Columns.Type.TIME;
    StringBuilder folder = new StringBuilder(name).append('=');
    String value = isTime ? cell.substring(0, cell.indexOf('T')) : cell;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || ESCAPED.indexOf(c) >= 0 || (i == 0 && isReadAsNothing(value))) {
        folder.append(String.format(Locale.ROOT, "%%%02X", (int) c));
      } else {
        folder.append(c);
      }
    }
    int length = folder.toString().getBytes(StandardCharsets.UTF_8).length;
    if (length > LONGEST_NAME - ROOM) {
      throw new IllegalStateException(
          "a value of %s makes the name of a folder of %d bytes; write the table without parting"
              .formatted(name, length));
    }
    return folder.toString();
  }

  /** DuckDB takes the word NULL, in any case, for a missing value, but not when it is escaped. */
  private static boolean isReadAsNothing(String value) {
    return value.equalsIgnoreCase("NULL") || value.equals(NOTHING);
  }

  /** Passes rows of all columns on to a file, which has no more than {@link #inFiles}. */
  TableFormat.Rows to(TableFormat.Rows file) {
    return new WithoutColumn(this, file);
  }

  /** Leaves a column out. */
  private static final class WithoutColumn implements TableFormat.Rows {
    private final PartitionBy by;
    private final TableFormat.Rows file;
    private int next;

    WithoutColumn(PartitionBy by, TableFormat.Rows file) {
      this.by = by;
      this.file = file;
    }

    @Override
    public WithoutColumn add(@Nullable String text) {
      if (!by.isInFolder(next)) {
        file.add(text);
      }
      next++;
      return this;
    }

    @Override
    public WithoutColumn add(long number) {
      file.add(number);
      next++;
      return this;
    }

    @Override
    public WithoutColumn add(double number) {
      file.add(number);
      next++;
      return this;
    }

    @Override
    public void end() throws IOException {
      next = 0;
      file.end();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
