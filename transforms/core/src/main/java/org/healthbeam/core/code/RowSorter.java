package org.healthbeam.core.code;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Sorts rows by a number and by code; rows of one code keep the order in which they came. What does
 * not fit into a bounded part of memory waits sorted in temporary files.
 */
public final class RowSorter implements Closeable {
  private static final int ROW_OVERHEAD = 96;

  /** Compared by place only, never for equality. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Row(long number, byte[] code, byte[] payload) implements Comparable<Row> {
    @Override
    public int compareTo(Row other) {
      int byNumber = Long.compare(number, other.number);
      return byNumber != 0 ? byNumber : Arrays.compareUnsigned(code, other.code);
    }
  }

  /** Takes the rows in order. */
  public interface Visitor<E extends Exception> {
    /**
     * Takes one row.
     *
     * @param number by which rows are sorted first
     * @param code the row's key
     * @param payload what goes with it
     * @throws E if whoever takes it fails
     * @throws IOException if what it writes cannot be written
     */
    void row(long number, byte[] code, byte[] payload) throws E, IOException;
  }

  private final long budget;
  private final List<Path> runs = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();
  private long held;
  private boolean sorted;

  /**
   * @param budget bytes of memory for rows that are not yet in files
   */
  public RowSorter(long budget) {
    this.budget = budget;
  }

  /** {@return whether something waits in files} */
  boolean isLarge() {
    return !runs.isEmpty();
  }

  /**
   * Takes a row; the arrays are kept.
   *
   * @param number by which rows are sorted first
   * @param code the row's key, sorted byte by byte
   * @param payload what goes with it; is not looked at
   * @throws IOException if a temporary file cannot be written
   */
  public void add(long number, byte[] code, byte[] payload) throws IOException {
    rows.add(new Row(number, code, payload));
    sorted = false;
    held += code.length + payload.length + ROW_OVERHEAD;
    if (held > budget) {
      spill();
    }
  }

  private void spill() throws IOException {
    rows.sort(null);
    Path run = Files.createTempFile("healthbeam-map-", ".run");
    runs.add(run);
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(run), 1 << 16))) {
      for (Row row : rows) {
        out.writeLong(row.number());
        out.writeInt(row.code().length);
        out.write(row.code());
        out.writeInt(row.payload().length);
        out.write(row.payload());
      }
    }
    rows.clear();
    held = 0;
  }

  /**
   * Shows all rows in order; may be called again.
   *
   * @param <E> what the visitor may throw
   * @param visitor takes the rows; may be asked for the same rows again
   * @throws E if the visitor does
   * @throws IOException if a temporary file cannot be read
   */
  public <E extends Exception> void visit(Visitor<E> visitor) throws E, IOException {
    if (!sorted) {
      rows.sort(null);
      sorted = true;
    }
    PriorityQueue<Run> queue = new PriorityQueue<>();
    List<Closeable> open = new ArrayList<>();
    try {
      for (int i = 0; i < runs.size(); i++) {
        Run run = new Run(i, runs.get(i));
        open.add(run);
        enqueue(queue, run);
      }
      enqueue(queue, new Run(runs.size(), rows));
      while (!queue.isEmpty()) {
        Run run = queue.poll();
        visitor.row(run.row.number(), run.row.code(), run.row.payload());
        enqueue(queue, run);
      }
    } finally {
      closeAll(open);
    }
  }

  private static void enqueue(PriorityQueue<Run> queue, Run run) throws IOException {
    if (run.next()) {
      queue.add(run);
    }
  }

  /** {@return the files in which something waits} */
  List<Path> files() {
    return List.copyOf(runs);
  }

  /** Deletes the files, also those after one that cannot be deleted. */
  @Override
  public void close() throws IOException {
    rows.clear();
    List<Closeable> files = new ArrayList<>();
    for (Path run : runs) {
      files.add(() -> Files.deleteIfExists(run));
    }
    runs.clear();
    closeAll(files);
  }

  /** Closes all of them, and throws what went wrong first. */
  private static void closeAll(List<Closeable> all) throws IOException {
    IOException failed = null;
    for (Closeable each : all) {
      try {
        each.close();
      } catch (IOException e) {
        if (failed == null) {
          failed = e;
        } else {
          failed.addSuppressed(e);
        }
      }
    }
    if (failed != null) {
      throw failed;
    }
  }

  /** One sorted part; of equal rows the one of the earlier part is first. */
  private static final class Run implements Comparable<Run>, Closeable {
    private final int order;
    private final List<Row> rows;
    private final DataInputStream in;
    private int index;
    private Row row;

    Run(int order, Path file) throws IOException {
      this.order = order;
      this.rows = List.of();
      this.in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16));
    }

    Run(int order, List<Row> rows) {
      this.order = order;
      this.rows = rows;
      this.in = null;
    }

    boolean next() throws IOException {
      if (in == null) {
        row = index < rows.size() ? rows.get(index++) : null;
        return row != null;
      }
      long number;
      try {
        number = in.readLong();
      } catch (EOFException e) {
        return false;
      }
      row = new Row(number, in.readNBytes(in.readInt()), in.readNBytes(in.readInt()));
      return true;
    }

    @Override
    public int compareTo(Run other) {
      int byRow = row.compareTo(other.row);
      return byRow != 0 ? byRow : Integer.compare(order, other.order);
    }

    @Override
    public void close() throws IOException {
      if (in != null) {
        in.close();
      }
    }
  }
}
