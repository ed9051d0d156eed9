package org.healthbeam.core.variant.reference;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.RejectedException;

/**
 * Makes {@link KnownSites} of a VCF, of which only the first five columns are read, or of a table
 * with the columns contig, pos, ref and alt, separated by tabs, with or without a header; several
 * alternates are separated by commas. A file that begins with {@code ##fileformat=VCF} or {@code
 * #CHROM} is a VCF.
 *
 * <p>Alternates that are no bases ({@code .}, {@code *}, {@code <DEL>}, breakends) are passed over.
 * A line that is none is left out and kept as a reject, up to {@value #MAX_BAD}; more are an error.
 *
 * <p>While it reads it takes up to two and a half times the memory of the result.
 */
public final class KnownLines {
  /** More bad lines than this, and the file is no list of sites. */
  public static final int MAX_BAD = 1000;

  /** Takes a line that could not be used. */
  @FunctionalInterface
  public interface BadLines {
    /**
     * Takes one.
     *
     * @param line its number, from 1
     * @param why it is no line of such a list
     * @param bytes the line, without its end
     */
    void accept(long line, RejectedException why, byte[] bytes);
  }

  /** What became of the lines with data. */
  public static final class Counts {
    private long used;
    private long passedOver;
    private final List<KnownSites.BadLine> bad = new ArrayList<>();

    private Counts() {}

    /** {@return how many lines have an alternate that is used} */
    public long used() {
      return used;
    }

    /** {@return how many lines have none} */
    public long passedOver() {
      return passedOver;
    }

    /**
     * Hands over the others, in order.
     *
     * @param lines takes those that were left out
     */
    public void bad(BadLines lines) {
      bad.forEach(line -> lines.accept(line.number(), line.why(), line.bytes()));
    }

    private void add(String name, long number, RejectedException why, String line)
        throws IOException {
      if (bad.size() == MAX_BAD) {
        throw new IOException(
            "%s: more than %d lines are no sites; a list is a VCF, or has contig, pos, ref and alt"
                .formatted(name, MAX_BAD));
      }
      bad.add(new KnownSites.BadLine(number, why, line.getBytes(StandardCharsets.ISO_8859_1)));
    }
  }

  private final String name;
  private final ContigNames names;
  private final Assemblies assemblies;
  private final Counts counts = new Counts();
  private final MinimalAllele minimal = new MinimalAllele();
  private final Map<String, Growing> sequences = new HashMap<>();
  private String contig = "";
  private Growing sequence = new Growing();

  private KnownLines(String name, ContigNames names) {
    this.name = name;
    this.names = names;
    this.assemblies = new Assemblies(name);
  }

  /**
   * Reads a list to its end.
   *
   * @param name what it is called in messages
   * @param lines in ISO 8859-1, which keeps every byte
   * @param names by which a record's sequence and the list's are the same
   * @return the alleles, each once
   * @throws IOException if it cannot be read, or is no list of sites
   */
  public static KnownSites read(String name, BufferedReader lines, ContigNames names)
      throws IOException {
    KnownLines read = new KnownLines(name, names);
    read.all(lines);
    Map<String, KnownSites.Sequence> sequences = new HashMap<>();
    for (String key : List.copyOf(read.sequences.keySet())) {
      sequences.put(key, read.sequences.remove(key).finish());
    }
    return new KnownSites(name, names, sequences, read.assemblies, read.counts);
  }

  private void all(BufferedReader lines) throws IOException {
    boolean vcf = false;
    boolean first = true;
    long number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      if (line.startsWith("#")) {
        vcf |= line.startsWith("##fileformat=VCF") || line.startsWith("#CHROM\t");
        continue;
      }
      if (line.isEmpty()) {
        continue;
      }
      String[] columns = line.split("\t", vcf ? 6 : 5);
      boolean header = first && !vcf && columns.length > 1 && isWord(columns[1]);
      first = false;
      if (header) {
        continue;
      }
      try {
        boolean any = vcf ? site(columns, 3, 4) : site(columns, 2, 3);
        counts.used += any ? 1 : 0;
        counts.passedOver += any ? 0 : 1;
      } catch (RejectedException why) {
        counts.add(name, number, why, line);
      }
    }
  }

  private static boolean isWord(String text) {
    return !text.isEmpty() && text.chars().noneMatch(c -> c >= '0' && c <= '9');
  }

  private boolean site(String[] columns, int ref, int alt) throws RejectedException {
    if (columns.length <= alt || columns[0].isEmpty()) {
      throw new RejectedException(RejectReason.MALFORMED, "a site has contig, pos, ref and alt");
    }
    long pos = RegionLines.number(columns[1]);
    if (pos < 0 || pos > Integer.MAX_VALUE - columns[ref].length()) {
      throw new RejectedException(
          RejectReason.INVALID_FIELD, "pos must be a whole number below 2147483648");
    }
    if (!areBases(columns[ref])) {
      throw new RejectedException(RejectReason.INVALID_FIELD, "ref must be bases");
    }
    String[] alts = columns[alt].strip().split(",", -1);
    for (String one : alts) {
      if (!areBases(one) && !isNoBases(one)) {
        throw new RejectedException(RejectReason.INVALID_FIELD, "alt must be bases or symbolic");
      }
    }
    boolean any = false;
    for (String one : alts) {
      if (areBases(one)) {
        add(columns[0], (int) pos, columns[ref], one);
        any = true;
      }
    }
    return any;
  }

  private static boolean areBases(String allele) {
    for (int i = 0; i < allele.length(); i++) {
      if ("ACGTNRYSWKMBDHVUacgtnryswkmbdhvu".indexOf(allele.charAt(i)) < 0) {
        return false;
      }
    }
    return !allele.isEmpty();
  }

  private static boolean isNoBases(String alt) {
    return alt.equals("*")
        || alt.indexOf('<') >= 0
        || alt.startsWith(".")
        || alt.endsWith(".")
        || alt.indexOf('[') >= 0
        || alt.indexOf(']') >= 0;
  }

  private void add(String here, int pos, String ref, String alt) {
    if (!here.equals(contig)) {
      contig = here;
      assemblies.add(here);
      sequence = sequences.computeIfAbsent(names.key(here), key -> new Growing());
    }
    minimal.set(pos, ref, alt);
    long code = minimal.code();
    if (code >= 0) {
      sequence.add(code);
    } else {
      sequence.add(minimal.pos(), minimal.bytes());
    }
  }

  /** The alleles of a sequence while they are read. */
  private static final class Growing {
    private long[] shorts = new long[1024];
    private int size;
    private boolean sorted = true;
    private final List<LongAllele> longs = new ArrayList<>();

    void add(long code) {
      if (size > 0 && shorts[size - 1] == code) {
        return;
      }
      if (size == shorts.length) {
        shorts = Arrays.copyOf(shorts, Math.addExact(size, size >> 1));
      }
      sorted &= size == 0 || shorts[size - 1] < code;
      shorts[size++] = code;
    }

    void add(int pos, byte[] bytes) {
      longs.add(new LongAllele(pos, bytes));
    }

    KnownSites.Sequence finish() {
      if (!sorted) {
        Arrays.sort(shorts, 0, size);
        int distinct = 0;
        for (int i = 0; i < size; i++) {
          if (i == 0 || shorts[i] != shorts[i - 1]) {
            shorts[distinct++] = shorts[i];
          }
        }
        size = distinct;
      }
      longs.sort(null);
      int n = 0;
      int length = 0;
      for (int i = 0; i < longs.size(); i++) {
        if (i == 0 || longs.get(i).compareTo(longs.get(i - 1)) != 0) {
          longs.set(n++, longs.get(i));
          length = Math.addExact(length, longs.get(n - 1).bytes.length);
        }
      }
      int[] pos = new int[n];
      int[] at = new int[n + 1];
      byte[] pool = new byte[length];
      for (int i = 0; i < n; i++) {
        LongAllele allele = longs.get(i);
        pos[i] = allele.pos;
        at[i + 1] = at[i] + allele.bytes.length;
        System.arraycopy(allele.bytes, 0, pool, at[i], allele.bytes.length);
      }
      return new KnownSites.Sequence(Arrays.copyOf(shorts, size), pos, at, pool);
    }
  }

  /** An allele that is too long for one number. */
  private static final class LongAllele implements Comparable<LongAllele> {
    private final int pos;
    private final byte[] bytes;

    LongAllele(int pos, byte[] bytes) {
      this.pos = pos;
      this.bytes = bytes;
    }

    @Override
    public int compareTo(LongAllele that) {
      int places = Integer.compare(pos, that.pos);
      return places != 0 ? places : Arrays.compare(bytes, that.bytes);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof LongAllele that && compareTo(that) == 0;
    }

    @Override
    public int hashCode() {
      return 31 * pos + Arrays.hashCode(bytes);
    }
  }
}
