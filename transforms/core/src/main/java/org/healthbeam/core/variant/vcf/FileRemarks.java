package org.healthbeam.core.variant.vcf;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.annotation.Nullable;

/**
 * The remarks on one file, or on some of its lines; they merge in any order, and what takes two
 * records to see does not depend on how the lines were parted.
 *
 * <p>Its size is that of the header's findings, one number for each rule, and the names of the
 * sequences, once for each range of lines that is not next to another.
 */
public final class FileRemarks {
  private static final int LINE_BITS = 40;
  private static final long UNNUMBERED = 1L << 62;

  private final Map<VcfRule, Remark> remarks = new EnumMap<>(VcfRule.class);
  private List<Declarations.Finding> header = List.of();

  /** By their first line; none is empty or follows another. */
  private final TreeMap<Long, LineRange> ranges = new TreeMap<>();

  private LineRange current = new LineRange(0);

  /** Of a file that is read in parts, how many lines each has. */
  private final TreeMap<Integer, Long> partLines = new TreeMap<>();

  /**
   * {@return a number for a line of a part, which grows from line to line and from part to part}
   *
   * @param part the part's number, from 0, or -1 for the whole file
   * @param line its number in the part, from 1
   */
  public static long place(int part, long line) {
    return ((part + 1L) << LINE_BITS) + line;
  }

  /**
   * {@return a number for a line of which no more is known than a virtual offset before it, which
   * grows from line to line; such lines are told as line 0}
   *
   * @param offset of BGZF, from 0
   * @param line how many lines after the offset
   */
  public static long placeAt(long offset, long line) {
    return UNNUMBERED + offset + line;
  }

  /**
   * Says how many lines a part of the file has.
   *
   * @param part its number, from 0
   * @param lines how many, from 0
   */
  public void partLines(int part, long lines) {
    partLines.put(part, lines);
  }

  private long lineOf(long place) {
    if (place >= UNNUMBERED) {
      return 0;
    }
    int part = (int) (place >>> LINE_BITS) - 1;
    long line = place & ((1L << LINE_BITS) - 1);
    for (long lines : partLines.headMap(part).values()) {
      line += lines;
    }
    return line;
  }

  /**
   * Says that lines of the file with this header come now.
   *
   * @param declarations of the file's header
   * @param firstLine the number of the first, or its {@link #place} if the file is in parts
   */
  public void begin(Declarations declarations, long firstLine) {
    header = declarations.findings();
    if (current.to() != firstLine) {
      keepCurrent();
      current = new LineRange(firstLine);
    }
  }

  private void keepCurrent() {
    if (current.to() > current.from()) {
      keep(current);
    }
  }

  private void keep(LineRange range) {
    LineRange before = lower(range.from());
    LineRange into = range;
    if (before != null && before.to() == range.from()) {
      before.append(range);
      into = before;
    } else {
      ranges.put(range.from(), range);
    }
    LineRange after = ranges.get(into.to());
    if (after != null) {
      ranges.remove(after.from());
      into.append(after);
    }
  }

  @Nullable
  private LineRange lower(long from) {
    Map.Entry<Long, LineRange> entry = ranges.lowerEntry(from);
    return entry == null ? null : entry.getValue();
  }

  /**
   * Says that the line of this number is read, whatever became of it.
   *
   * @param line as in {@link #begin}: a number or a place
   */
  public void passed(long line) {
    current.extend(line + 1);
  }

  /**
   * Adds the record of a line, in the order of the lines.
   *
   * @param contig CHROM as it stands in the record
   * @param pos POS, from 1
   * @param alleles a number for each allele of bases, from {@link #allele}
   * @param n how many there are
   * @param line as in {@link #begin}: a number or a place
   */
  public void record(String contig, int pos, long[] alleles, int n, long line) {
    current.add(contig, pos, alleles, n, line);
  }

  /**
   * {@return a number by which an allele of bases is known again}
   *
   * @param pos of the record, from 1
   * @param ref bases, in any case
   * @param alt bases, in any case
   */
  public static long allele(int pos, String ref, String alt) {
    return RecentAlleles.allele(pos, ref, alt);
  }

  void remark(VcfRule rule, long line, int column) {
    add(rule, line, column, 1);
  }

  void add(VcfRule rule, long line, int column, long n) {
    remarks.merge(rule, new Remark(rule, line, column, n), FileRemarks::merged);
  }

  private static Remark merged(Remark one, Remark other) {
    Remark first = other.line() < one.line() ? other : one;
    return new Remark(one.rule(), first.line(), first.column(), one.n() + other.n());
  }

  /**
   * Adds the remarks on other lines of the same file; the other one is not to be used any more.
   *
   * @param other of the same file; its lines are none of these
   */
  public void add(FileRemarks other) {
    other.remarks.values().forEach(r -> remarks.merge(r.rule(), r, FileRemarks::merged));
    if (header.isEmpty()) {
      header = other.header;
    }
    partLines.putAll(other.partLines);
    keepCurrent();
    current = new LineRange(0);
    other.keepCurrent();
    other.current = new LineRange(0);
    other.ranges.values().forEach(this::keep);
    other.ranges.clear();
  }

  /** {@return another one with the same remarks} */
  public FileRemarks copy() {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      write(new DataOutputStream(bytes));
      return read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@return all remarks, by line} */
  public List<Remark> all() {
    FileRemarks whole = new FileRemarks();
    remarks.values().forEach(r -> whole.remarks.put(r.rule(), r));
    keepCurrent();
    current = new LineRange(0);
    LineRange lines = new LineRange(0);
    // Ranges stay as they are, since this may be asked in between.
    for (LineRange range : ranges.values()) {
      lines.append(range);
    }
    lines.tell(whole);
    whole.remarks.replaceAll((rule, r) -> new Remark(rule, lineOf(r.line()), r.column(), r.n()));
    header.forEach(finding -> whole.add(finding.rule(), finding.line(), 0, 1));
    List<Remark> result = new ArrayList<>(whole.remarks.values());
    result.sort(Comparator.comparingLong(Remark::line).thenComparing(Remark::rule));
    return result;
  }

  /**
   * Writes it, the same ones with the same bytes.
   *
   * @param out takes the bytes
   * @throws IOException if {@code out} cannot take them
   */
  public void write(DataOutput out) throws IOException {
    keepCurrent();
    current = new LineRange(0);
    out.writeInt(remarks.size());
    for (Remark remark : remarks.values()) {
      out.writeUTF(remark.rule().name());
      out.writeLong(remark.line());
      out.writeInt(remark.column());
      out.writeLong(remark.n());
    }
    out.writeInt(header.size());
    for (Declarations.Finding finding : header) {
      out.writeUTF(finding.rule().name());
      out.writeLong(finding.line());
    }
    out.writeInt(partLines.size());
    for (Map.Entry<Integer, Long> part : partLines.entrySet()) {
      out.writeInt(part.getKey());
      out.writeLong(part.getValue());
    }
    out.writeInt(ranges.size());
    for (LineRange range : ranges.values()) {
      range.write(out);
    }
  }

  /**
   * Reads what {@link #write} has written.
   *
   * @param in the bytes, of which no more are taken than were written
   * @return what was written
   * @throws IOException if they end early or cannot be read
   */
  public static FileRemarks read(DataInput in) throws IOException {
    FileRemarks result = new FileRemarks();
    int n = in.readInt();
    for (int i = 0; i < n; i++) {
      VcfRule rule = VcfRule.valueOf(in.readUTF());
      result.remarks.put(rule, new Remark(rule, in.readLong(), in.readInt(), in.readLong()));
    }
    int findings = in.readInt();
    List<Declarations.Finding> header = new ArrayList<>();
    for (int i = 0; i < findings; i++) {
      header.add(new Declarations.Finding(VcfRule.valueOf(in.readUTF()), in.readLong()));
    }
    result.header = List.copyOf(header);
    int parts = in.readInt();
    for (int i = 0; i < parts; i++) {
      result.partLines.put(in.readInt(), in.readLong());
    }
    int ranges = in.readInt();
    for (int i = 0; i < ranges; i++) {
      LineRange range = LineRange.read(in);
      result.ranges.put(range.from(), range);
    }
    return result;
  }
}
