package org.healthbeam.io.table;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;
import org.healthbeam.io.part.PartFile;

/**
 * A file for each folder that a bundle has rows of, which {@link WritePartitions#ofParts} takes.
 *
 * <p>Memory: at most {@value #OPEN} files are open, and if it is more than one, they have {@value
 * #ROWS} rows; else the one that was not written to for the longest time is ended, and its folder
 * gets another file.
 *
 * @param <T> what rows are made of
 */
final class PartitionParts<T> implements TableParts<T> {
  static final int OPEN = 64;
  static final int ROWS = 1 << 16;

  private final String ending;
  private final String temporary;
  private final PartitionBy by;
  private final WriteTable.Format<T> format;
  private final Splitter splitter;
  private final Map<String, Part> open = new LinkedHashMap<>(16, 0.75f, true);
  private final List<String> ended = new ArrayList<>();
  private long rows;

  /**
   * Begins with what a bundle writes.
   *
   * @param ending of the format
   * @param temporary where the parts are put
   */
  PartitionParts(String ending, String temporary, PartitionBy by, WriteTable.Format<T> format) {
    this.ending = ending;
    this.temporary = temporary;
    this.by = by;
    this.format = format;
    this.splitter = new Splitter();
  }

  @Override
  public void add(T element) throws IOException {
    format.add(splitter, element);
  }

  @Override
  public List<String> finish() throws IOException {
    while (!open.isEmpty()) {
      endEldest();
    }
    return List.copyOf(ended);
  }

  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (Part part : open.values()) {
      try {
        part.file.close();
      } catch (IOException e) {
        failure = failure == null ? e : failure;
      }
    }
    open.clear();
    if (failure != null) {
      throw failure;
    }
  }

  private Part partOf(String folder) throws IOException {
    Part part = open.get(folder);
    if (part == null) {
      part = new Part(WritePartitions.part(temporary, folder));
      open.put(folder, part);
      part.rows = by.to(TableFormat.named(ending).begin(part.file.out(), by.inFiles()));
    }
    return part;
  }

  private void count(Part part) throws IOException {
    part.n++;
    rows++;
    while (open.size() > OPEN || (open.size() > 1 && rows > ROWS)) {
      endEldest();
    }
  }

  private void endEldest() throws IOException {
    Iterator<Part> parts = open.values().iterator();
    Part eldest = parts.next();
    eldest.rows.close();
    ended.add(eldest.file.finish());
    rows -= eldest.n;
    parts.remove();
  }

  private static final class Part {
    private final PartFile file;
    @Nullable private TableFormat.Rows rows;
    private long n;

    Part(PartFile file) {
      this.file = file;
    }
  }

  /** Holds a row until it is known where it belongs. */
  private final class Splitter implements TableFormat.Rows {
    private final Object[] texts = new Object[by.table().all().size()];
    private final long[] bits = new long[texts.length];
    private int next;

    @Override
    public Splitter add(@Nullable String text) {
      texts[next++] = text;
      return this;
    }

    @Override
    public Splitter add(long number) {
      texts[next] = Kind.WHOLE;
      bits[next++] = number;
      return this;
    }

    @Override
    public Splitter add(double number) {
      texts[next] = Kind.NUMBER;
      bits[next++] = Double.doubleToRawLongBits(number);
      return this;
    }

    @Override
    public void end() throws IOException {
      Part part = partOf(by.folder((String) texts[by.from()]));
      for (int i = 0; i < next; i++) {
        if (texts[i] == Kind.WHOLE) {
          part.rows.add(bits[i]);
        } else if (texts[i] == Kind.NUMBER) {
          part.rows.add(Double.longBitsToDouble(bits[i]));
        } else {
          part.rows.add((String) texts[i]);
        }
      }
      part.rows.end();
      next = 0;
      count(part);
    }

    @Override
    public void close() {}
  }

  /** Stands where a number does. */
  private enum Kind {
    WHOLE,
    NUMBER
  }
}
