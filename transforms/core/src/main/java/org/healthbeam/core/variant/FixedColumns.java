package org.healthbeam.core.variant;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.variant.vcf.Declarations;
import org.healthbeam.core.variant.vcf.VcfRule;
import org.healthbeam.core.variant.vcf.Violations;

/** Reads the columns of a line before its samples into a {@link ScannedRecord}. */
final class FixedColumns {
  private static final int COLUMNS = 9;
  private static final String NOT_IN_CONTIGS = "\\,\"'`()[]{}<>";
  private static final String AMBIGUOUS = "RYSWKMBDHVU";
  private static final String FIRST_BASE = "ACCAGACAAAT";
  private static final int RECENT_FILTERS = 4;

  /** Most alleles are a base. */
  private static final String[] SINGLE = new String[128];

  static {
    for (char c = 0; c < SINGLE.length; c++) {
      SINGLE[c] = String.valueOf(c);
    }
  }

  private final Violations violations;
  private final InfoKeys info;
  private final int[] starts = new int[COLUMNS + 1];
  private byte[] contigBytes = {};
  private int contigVersion;
  private byte[] formatBytes = {};
  private int formatVersion;
  private Declarations formatDeclarations = Declarations.NONE;
  private FormatKeys format = FormatKeys.NONE;

  /** The last good ones that differ, in turns; most files have only some. */
  private final byte[][] filterBytes = new byte[RECENT_FILTERS][0];

  private final String[] filterTexts = new String[RECENT_FILTERS];
  private int nextFilter;

  FixedColumns(Violations violations) {
    this.violations = violations;
    this.info = new InfoKeys(violations);
  }

  /** Reads all columns but INFO and FORMAT, and returns where the first sample begins. */
  int read(byte[] b, int from, int to, VcfHeader header, ScannedRecord r) throws RejectedException {
    int columns = header.hasFormat() ? COLUMNS : COLUMNS - 1;
    int at = from;
    for (int c = 0; c < columns; c++) {
      starts[c] = at;
      int tab = Bytes.indexOf(b, (byte) '\t', at, to);
      boolean last = c == columns - 1 && header.samples().isEmpty();
      if (last != tab < 0) {
        throw violations.broken(VcfRule.COLUMNS);
      }
      at = last ? to + 1 : tab + 1;
    }
    starts[columns] = at;
    r.contig = contig(b, header, r.contig);
    r.pos = Bytes.wholeNumber(b, starts[1], end(1));
    if (r.pos < 0) {
      throw violations.broken(VcfRule.POS);
    }
    r.id = id(b);
    r.ref = ref(b, r);
    r.qual = qual(b);
    r.filter = filter(b);
    return at;
  }

  private int end(int column) {
    return starts[column + 1] - 1;
  }

  private String text(byte[] b, int column) {
    return text(b, starts[column], end(column));
  }

  private static String text(byte[] b, int from, int to) {
    return to == from + 1 && b[from] >= 0
        ? SINGLE[b[from]]
        : new String(b, from, to - from, StandardCharsets.UTF_8);
  }

  private String contig(byte[] b, VcfHeader header, String before) throws RejectedException {
    if (Arrays.equals(contigBytes, 0, contigBytes.length, b, starts[0], end(0))
        && contigBytes.length > 0
        && contigVersion == header.minorVersion()) {
      return before;
    }
    contigBytes = new byte[0];
    String contig = text(b, 0);
    boolean colon = false;
    int last = contig.length() - 1;
    boolean bracketed = last > 1 && contig.charAt(0) == '<' && contig.charAt(last) == '>';
    if (contig.isEmpty() || contig.charAt(0) == '*' || contig.charAt(0) == '=') {
      throw violations.broken(VcfRule.CHROM);
    }
    for (int i = bracketed ? 1 : 0; i < contig.length() - (bracketed ? 1 : 0); i++) {
      char c = contig.charAt(i);
      if (c <= ' ' || c > '~' || NOT_IN_CONTIGS.indexOf(c) >= 0) {
        throw violations.broken(VcfRule.CHROM);
      }
      colon |= c == ':';
    }
    if (colon && header.minorVersion() < 3) {
      violations.found(VcfRule.CHROM_COLON);
    } else {
      contigBytes = Arrays.copyOfRange(b, starts[0], end(0));
      contigVersion = header.minorVersion();
    }
    return contig;
  }

  private String id(byte[] b) throws RejectedException {
    if (end(2) == starts[2] + 1 && b[starts[2]] == '.') {
      return ".";
    }
    byte before = ';';
    for (int i = starts[2]; i <= end(2); i++) {
      byte here = i == end(2) ? (byte) ';' : b[i];
      if (here == ' ' || (here == ';' && before == ';')) {
        violations.found(VcfRule.ID);
        break;
      }
      before = here;
    }
    return text(b, 2);
  }

  private String ref(byte[] b, ScannedRecord r) throws RejectedException {
    String ref = text(b, 3);
    char[] repaired = null;
    for (int i = 0; i < ref.length(); i++) {
      char c = ref.charAt(i);
      if (c == 'A' || c == 'C' || c == 'G' || c == 'T') {
        continue;
      }
      char upper = Character.toUpperCase(c);
      int ambiguous = AMBIGUOUS.indexOf(upper);
      if (ambiguous >= 0) {
        violations.found(VcfRule.REF_AMBIGUOUS);
        repaired = repaired == null ? ref.toCharArray() : repaired;
        repaired[i] = FIRST_BASE.charAt(ambiguous);
      } else if ("ACGTN".indexOf(upper) < 0) {
        throw violations.broken(VcfRule.REF);
      }
    }
    if (ref.isEmpty()) {
      throw violations.broken(VcfRule.REF);
    }
    r.refRepaired = repaired != null;
    return repaired == null ? ref : new String(repaired);
  }

  private double qual(byte[] b) throws RejectedException {
    int from = starts[5];
    if (end(5) == from + 1 && b[from] == '.') {
      return Double.NaN;
    }
    double plain = Bytes.plainDecimal(b, from, end(5));
    if (!Double.isNaN(plain)) {
      return plain;
    }
    String text = text(b, 5);
    double value = numberOrMinusOne(text.toLowerCase(java.util.Locale.ROOT));
    if (value < 0) {
      violations.found(VcfRule.QUAL);
      return Double.NaN;
    }
    return value;
  }

  /** Reads a Float of the specification in lower case; -1 if it is none or is negative. */
  static double numberOrMinusOne(String text) {
    switch (text) {
      case "nan":
        return Double.NaN;
      case "inf", "+inf", "infinity", "+infinity":
        return Double.POSITIVE_INFINITY;
      default:
        if (!text.matches("[+]?([0-9]+[.]?[0-9]*|[.][0-9]+)(e[+-]?[0-9]+)?")) {
          return -1;
        }
        return Double.parseDouble(text);
    }
  }

  private String filter(byte[] b) throws RejectedException {
    for (int i = 0; i < RECENT_FILTERS; i++) {
      byte[] recent = filterBytes[i];
      if (recent.length > 0 && Arrays.equals(recent, 0, recent.length, b, starts[6], end(6))) {
        return filterTexts[i];
      }
    }
    String filter = text(b, 6);
    String[] parts = filter.split(";", -1);
    Set<String> good = new LinkedHashSet<>();
    for (String part : parts) {
      boolean alone = parts.length == 1;
      if (part.isEmpty()
          || part.indexOf(' ') >= 0
          || part.equals("0")
          || (!alone && part.equals("."))) {
        violations.found(VcfRule.FILTER);
      } else {
        good.add(part);
      }
    }
    if (good.size() < parts.length) {
      return good.isEmpty() ? "." : String.join(";", good);
    }
    filterBytes[nextFilter] = Arrays.copyOfRange(b, starts[6], end(6));
    filterTexts[nextFilter] = filter;
    nextFilter = (nextFilter + 1) % RECENT_FILTERS;
    return filter;
  }

  /** Reads ALT and returns the number of alleles, the reference included. */
  int readAlternates(byte[] b, ScannedRecord r) throws RejectedException {
    int from = starts[4];
    int to = end(4);
    if (to == from + 1 && b[from] == '.') {
      return 1;
    }
    int alleles = 1;
    int at = from;
    while (at <= to) {
      int comma = Bytes.indexOf(b, (byte) ',', at, to);
      int stop = comma < 0 ? to : comma;
      String alt = text(b, at, stop);
      if (!Alternates.isValid(alt)) {
        throw violations.broken(VcfRule.ALT);
      }
      r.setAlternate(alleles++, alt);
      at = stop + 1;
    }
    Alternates.checkDistinct(r, alleles, violations);
    return alleles;
  }

  /** Reads what INFO has that is counted. */
  void readInfo(byte[] b, VcfHeader header, ScannedRecord r, int alleles) throws RejectedException {
    info.read(b, starts[7], end(7), header, r, alleles);
  }

  /** Reads FORMAT; the same one as in the line before is not read again. */
  FormatKeys readFormat(byte[] b, VcfHeader header) throws RejectedException {
    if (!header.hasFormat()) {
      return FormatKeys.NONE;
    }
    int from = starts[8];
    int to = end(8);
    if (formatBytes.length == 0
        || formatVersion != header.minorVersion()
        || isOther(header.declarations())
        || !Arrays.equals(formatBytes, 0, formatBytes.length, b, from, to)) {
      formatBytes = new byte[0];
      format =
          FormatKeys.parse(text(b, 8), header.minorVersion(), header.declarations(), violations);
      formatBytes = Arrays.copyOfRange(b, from, to);
      formatVersion = header.minorVersion();
      formatDeclarations = header.declarations();
    }
    if (format.gt() > 0) {
      violations.found(VcfRule.GT_NOT_FIRST);
    }
    if (format.remark() != null) {
      violations.found(format.remark());
    }
    return format;
  }

  /** Each block of a file has a header of its own, so most often this is found out by identity. */
  @SuppressWarnings("ReferenceEquality")
  private boolean isOther(Declarations declarations) {
    if (declarations == formatDeclarations) {
      return false;
    }
    if (!declarations.equals(formatDeclarations)) {
      return true;
    }
    formatDeclarations = declarations;
    return false;
  }
}
