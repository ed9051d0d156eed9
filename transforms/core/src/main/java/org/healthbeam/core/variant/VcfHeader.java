package org.healthbeam.core.variant;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.annotation.Nullable;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.variant.vcf.Declarations;
import org.healthbeam.core.variant.vcf.HeaderLines;
import org.healthbeam.core.variant.vcf.VcfRule;

/** What the header of a VCF says that its records need: version, declarations, samples in order. */
public final class VcfHeader {
  private static final String FORMAT_PREFIX = "##fileformat=VCFv4.";
  private static final List<String> FIXED =
      List.of("#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO");

  private final int minor;
  private final boolean genotypes;
  private final List<String> samples;
  private final Declarations declarations;
  private final byte[] bytes;

  private VcfHeader(int minor, boolean genotypes, List<String> samples, Declarations declarations) {
    this.minor = minor;
    this.genotypes = genotypes;
    this.samples = List.copyOf(samples);
    this.declarations = declarations;
    String first = minor + (genotypes ? "G" : "-") + String.join("\t", samples);
    this.bytes = (first + '\n' + declarations.text()).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * {@return a header of VCF 4.{@code minor} with these samples}
   *
   * @param minor from 1
   * @param samples the names in order; may be empty
   */
  public static VcfHeader of(int minor, List<String> samples) {
    return new VcfHeader(minor, !samples.isEmpty(), samples, Declarations.NONE);
  }

  /**
   * {@return the header that these {@link #bytes} are of}
   *
   * @param bytes as this class writes them, not those of a file
   */
  public static VcfHeader ofBytes(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    int end = text.indexOf('\n');
    return new VcfHeader(
        text.charAt(0) - '0',
        text.charAt(1) == 'G',
        split(text.substring(2, end), end == 2),
        Declarations.ofText(text.substring(end + 1)));
  }

  private static List<String> split(String names, boolean none) {
    return none ? List.of() : List.of(names.split("\t", -1));
  }

  /** {@return N of VCF 4.N} */
  public int minorVersion() {
    return minor;
  }

  /** {@return the names of the samples, in order} */
  public List<String> samples() {
    return samples;
  }

  /** {@return what the lines that begin with ## declare, and what is wrong with them} */
  public Declarations declarations() {
    return declarations;
  }

  /** {@return whether records have a FORMAT column} */
  public boolean hasFormat() {
    return genotypes;
  }

  /** {@return how many columns each record has} */
  public int columns() {
    return genotypes ? FIXED.size() + 1 + samples.size() : FIXED.size();
  }

  /** {@return it as bytes; equal headers, and no others, have equal ones} Not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VcfHeader that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Shows no name. */
  @Override
  public String toString() {
    return "VCF 4." + minor + " with " + samples.size() + " samples";
  }

  /** Makes a header from the lines at the beginning of a file. */
  public static final class Scan {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final OnInvalid policy;
    private int minor = -1;
    @Nullable private HeaderLines lines;
    @Nullable private VcfHeader header;
    private long number;

    /**
     * Begins before the first line.
     *
     * @param policy what becomes of a broken rule
     */
    public Scan(OnInvalid policy) {
      this.policy = policy;
    }

    /**
     * Takes the next line, without its end, and says whether it was the last of the header.
     *
     * @param buffer bytes, which are not changed and not kept
     * @param from where the line begins
     * @param to one after its last byte, the line's end left out
     * @return whether the header is whole
     * @throws RejectedException if a rule is broken; the file cannot be read then, or must not if
     *     the policy is strict
     */
    public boolean line(byte[] buffer, int from, int to) throws RejectedException {
      number++;
      if (lines == null) {
        lines = first(buffer, from, to);
        return false;
      }
      boolean declares = to > from + 1 && buffer[from] == '#' && buffer[from + 1] == '#';
      boolean isRecord = Bytes.indexOf(buffer, (byte) '\t', from, to) >= 0;
      if (declares || (!isRecord && (to == from || buffer[from] != '#'))) {
        lines.line(buffer, from, to, number);
        return false;
      }
      String line = new String(buffer, from, to - from, StandardCharsets.UTF_8);
      if (!line.startsWith("#CHROM\t")) {
        throw (line.startsWith("#") ? VcfRule.CHROM_LINE : VcfRule.NO_CHROM_LINE).broken();
      }
      header = ofColumns(List.of(line.split("\t", -1)), lines.declarations());
      return true;
    }

    private HeaderLines first(byte[] buffer, int from, int to) throws RejectedException {
      int mark = BYTE_ORDER_MARK.length;
      boolean marked =
          to - from >= mark && Arrays.equals(BYTE_ORDER_MARK, 0, mark, buffer, from, from + mark);
      int begin = marked ? from + mark : from;
      minor = minorOf(new String(buffer, begin, to - begin, StandardCharsets.UTF_8));
      HeaderLines result = new HeaderLines(policy == OnInvalid.STRICT, minor);
      if (marked) {
        result.found(VcfRule.BYTE_ORDER_MARK, 1);
      }
      return result;
    }

    private static int minorOf(String line) throws RejectedException {
      int length = FORMAT_PREFIX.length();
      if (line.startsWith(FORMAT_PREFIX) && line.length() == length + 1) {
        char digit = line.charAt(length);
        if (digit >= '0' && digit <= '5') {
          return digit - '0';
        }
      }
      throw VcfRule.FILE_FORMAT.broken();
    }

    private VcfHeader ofColumns(List<String> columns, Declarations declarations)
        throws RejectedException {
      int fixed = FIXED.size();
      if (columns.size() < fixed
          || !columns.subList(0, fixed).equals(FIXED)
          || (columns.size() > fixed && !columns.get(fixed).equals("FORMAT"))) {
        throw VcfRule.CHROM_LINE.broken();
      }
      boolean format = columns.size() > fixed;
      List<String> names =
          format ? new ArrayList<>(columns.subList(fixed + 1, columns.size())) : List.of();
      if (format && names.isEmpty() && policy != OnInvalid.REPAIR) {
        throw VcfRule.FORMAT_WITHOUT_SAMPLES.broken();
      }
      Set<String> seen = new HashSet<>();
      for (String name : names) {
        if (name.isBlank()) {
          throw VcfRule.EMPTY_SAMPLE_NAME.broken();
        }
        if (!seen.add(name)) {
          throw VcfRule.DUPLICATE_SAMPLE.broken();
        }
      }
      return new VcfHeader(minor, format, names, declarations);
    }

    /**
     * {@return the header after its last line}
     *
     * @throws RejectedException if there was none
     */
    public VcfHeader header() throws RejectedException {
      if (header == null) {
        throw (minor < 0 ? VcfRule.EMPTY_FILE : VcfRule.NO_CHROM_LINE).broken();
      }
      return header;
    }
  }
}
