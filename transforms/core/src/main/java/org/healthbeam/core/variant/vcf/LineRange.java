package org.healthbeam.core.variant.vcf;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;

/**
 * What the order of the records in a range of lines comes to: how it begins, how it ends, and what
 * was found in between. Two ranges that follow one another come to the same as their lines read in
 * one go.
 *
 * <p>Its size is that of the names of the sequences in it, at most {@value #MOST_SEQUENCES}, and
 * some records at both ends.
 */
final class LineRange {
  /** In a file with more, it is not looked whether records of a sequence stand together. */
  static final int MOST_SEQUENCES = 100_000;

  private static final VcfRule[] RULES = {
    VcfRule.POS_ORDER, VcfRule.CHROM_APART, VcfRule.ALT_AGAIN
  };
  private static final int ORDER = 0;
  private static final int APART = 1;
  private static final int AGAIN = 2;

  private final long from;
  private long to;
  private boolean any;
  private long firstLine;
  private String firstContig = "";
  private int firstPos;
  private String lastContig = "";
  private int lastPos;

  /** Each sequence with the line in which its first run begins; null if there are too many. */
  @Nullable private Map<String, Long> runs = new LinkedHashMap<>();

  private final long[] counts = new long[RULES.length];
  private final long[] lines = new long[RULES.length];

  /** The records from which a range before can be judged; open while more may come. */
  private final List<RecentAlleles.Entry> head = new ArrayList<>();

  private int headAlleles;
  private boolean headOpen = true;
  private boolean oneRun = true;
  private final RecentAlleles tail = new RecentAlleles();

  LineRange(long from) {
    this.from = from;
    this.to = from;
  }

  /** {@return the line with which it begins} */
  long from() {
    return from;
  }

  /** {@return the line after its last} */
  long to() {
    return to;
  }

  /** Says that its lines go up to this one, which is not one of them. */
  void extend(long end) {
    to = end;
  }

  /** Adds the next record. */
  void add(String contig, int pos, long[] alleles, int n, long line) {
    boolean same = any && contig.equals(lastContig);
    if (!any) {
      any = true;
      firstLine = line;
      firstContig = contig;
      firstPos = pos;
      startRun(contig, line);
    } else if (!same) {
      startRun(contig, line);
      reset();
    } else if (pos < lastPos) {
      found(ORDER, line, 1);
      reset();
    }
    lastContig = contig;
    lastPos = pos;
    tail.moveTo(pos);
    if (n > 0) {
      boolean again = tail.hasAny(alleles, n);
      if (again) {
        found(AGAIN, line, 1);
      }
      RecentAlleles.Entry entry =
          new RecentAlleles.Entry(line, pos, again, Arrays.copyOf(alleles, n));
      tail.add(entry);
      addToHead(entry);
    }
  }

  private void startRun(String contig, long line) {
    if (runs == null) {
      return;
    }
    if (runs.putIfAbsent(contig, line) != null) {
      found(APART, line, 1);
    }
    if (runs.size() > MOST_SEQUENCES) {
      runs = null;
    }
  }

  private void reset() {
    tail.clear();
    headOpen = false;
    oneRun = false;
  }

  private void addToHead(RecentAlleles.Entry entry) {
    headOpen &= headAlleles < RecentAlleles.MOST && entry.pos() <= firstPos + RecentAlleles.BASES;
    if (headOpen) {
      head.add(entry);
      headAlleles += entry.alleles().length;
    }
  }

  private void found(int what, long line, long n) {
    lines[what] = counts[what] == 0 ? line : Math.min(lines[what], line);
    counts[what] += n;
  }

  /** Adds the range that follows, which is not to be used any more. */
  void append(LineRange next) {
    to = next.to;
    if (!next.any) {
      return;
    }
    if (!any) {
      takeOver(next);
      return;
    }
    for (int i = 0; i < RULES.length; i++) {
      if (next.counts[i] > 0) {
        found(i, next.lines[i], next.counts[i]);
      }
    }
    boolean same = lastContig.equals(next.firstContig);
    boolean back = same && next.firstPos < lastPos;
    if (back) {
      found(ORDER, next.firstLine, 1);
    }
    appendRuns(next, same);
    if (!same || back) {
      reset();
    }
    for (RecentAlleles.Entry entry : next.head) {
      // Up to the end of the head, all records of the next range are in order.
      tail.moveTo(entry.pos());
      RecentAlleles.Entry judged = entry;
      if (!entry.again() && tail.hasAny(entry.alleles(), entry.alleles().length)) {
        found(AGAIN, entry.line(), 1);
        judged = new RecentAlleles.Entry(entry.line(), entry.pos(), true, entry.alleles());
      }
      tail.add(judged);
      addToHead(judged);
    }
    headOpen &= next.headOpen;
    appendTail(next);
    oneRun &= next.oneRun;
    lastContig = next.lastContig;
    lastPos = next.lastPos;
  }

  private void takeOver(LineRange next) {
    any = true;
    firstLine = next.firstLine;
    firstContig = next.firstContig;
    firstPos = next.firstPos;
    lastContig = next.lastContig;
    lastPos = next.lastPos;
    runs = next.runs == null ? null : new LinkedHashMap<>(next.runs);
    System.arraycopy(next.counts, 0, counts, 0, counts.length);
    System.arraycopy(next.lines, 0, lines, 0, lines.length);
    head.addAll(next.head);
    headAlleles = next.headAlleles;
    headOpen = next.headOpen;
    oneRun = next.oneRun;
    next.tail.entries().forEach(tail::add);
  }

  private void appendRuns(LineRange next, boolean same) {
    if (runs == null || next.runs == null) {
      runs = null;
      return;
    }
    next.runs.forEach(
        (contig, line) -> {
          boolean goesOn = same && contig.equals(next.firstContig);
          if (runs.putIfAbsent(contig, line) != null && !goesOn) {
            found(APART, line, 1);
          }
        });
    if (runs.size() > MOST_SEQUENCES) {
      runs = null;
    }
  }

  /** What the tail has of the next range's head comes again with the next range's tail. */
  private void appendTail(LineRange next) {
    if (!next.oneRun) {
      tail.clear();
    } else {
      long begin = next.firstLine;
      tail.entries().removeIf(entry -> entry.line() >= begin);
      List<RecentAlleles.Entry> before = List.copyOf(tail.entries());
      tail.clear();
      before.forEach(tail::add);
    }
    next.tail.entries().forEach(tail::add);
    tail.moveTo(next.lastPos);
  }

  /** Tells what was found. */
  void tell(FileRemarks into) {
    for (int i = 0; i < RULES.length; i++) {
      if (counts[i] > 0 && !(i == APART && runs == null)) {
        into.add(RULES[i], lines[i], RULES[i].column(), counts[i]);
      }
    }
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(from);
    out.writeLong(to);
    out.writeBoolean(any);
    if (!any) {
      return;
    }
    out.writeLong(firstLine);
    writeText(out, firstContig);
    out.writeInt(firstPos);
    writeText(out, lastContig);
    out.writeInt(lastPos);
    out.writeInt(runs == null ? -1 : runs.size());
    if (runs != null) {
      for (Map.Entry<String, Long> run : runs.entrySet()) {
        writeText(out, run.getKey());
        out.writeLong(run.getValue());
      }
    }
    for (int i = 0; i < RULES.length; i++) {
      out.writeLong(counts[i]);
      out.writeLong(lines[i]);
    }
    out.writeBoolean(headOpen);
    out.writeBoolean(oneRun);
    writeEntries(head, out);
    writeEntries(List.copyOf(tail.entries()), out);
  }

  /** A name may be longer than what DataOutput writes as text. */
  private static void writeText(DataOutput out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String readText(DataInput in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static void writeEntries(List<RecentAlleles.Entry> entries, DataOutput out)
      throws IOException {
    out.writeInt(entries.size());
    for (RecentAlleles.Entry entry : entries) {
      out.writeLong(entry.line());
      out.writeInt(entry.pos());
      out.writeBoolean(entry.again());
      out.writeInt(entry.alleles().length);
      for (long allele : entry.alleles()) {
        out.writeLong(allele);
      }
    }
  }

  static LineRange read(DataInput in) throws IOException {
    LineRange range = new LineRange(in.readLong());
    range.to = in.readLong();
    range.any = in.readBoolean();
    if (!range.any) {
      return range;
    }
    range.firstLine = in.readLong();
    range.firstContig = readText(in);
    range.firstPos = in.readInt();
    range.lastContig = readText(in);
    range.lastPos = in.readInt();
    int n = in.readInt();
    range.runs = n < 0 ? null : new LinkedHashMap<>();
    for (int i = 0; i < n; i++) {
      range.runs.put(readText(in), in.readLong());
    }
    for (int i = 0; i < RULES.length; i++) {
      range.counts[i] = in.readLong();
      range.lines[i] = in.readLong();
    }
    range.headOpen = in.readBoolean();
    range.oneRun = in.readBoolean();
    for (RecentAlleles.Entry entry : readEntries(in)) {
      range.head.add(entry);
      range.headAlleles += entry.alleles().length;
    }
    readEntries(in).forEach(range.tail::add);
    return range;
  }

  private static List<RecentAlleles.Entry> readEntries(DataInput in) throws IOException {
    List<RecentAlleles.Entry> entries = new ArrayList<>();
    int n = in.readInt();
    for (int i = 0; i < n; i++) {
      long line = in.readLong();
      int pos = in.readInt();
      boolean again = in.readBoolean();
      long[] alleles = new long[in.readInt()];
      for (int k = 0; k < alleles.length; k++) {
        alleles[k] = in.readLong();
      }
      entries.add(new RecentAlleles.Entry(line, pos, again, alleles));
    }
    return entries;
  }
}
