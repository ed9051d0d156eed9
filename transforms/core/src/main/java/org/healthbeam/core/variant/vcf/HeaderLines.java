package org.healthbeam.core.variant.vcf;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.annotation.Nullable;
import org.healthbeam.core.outcome.RejectedException;

/**
 * Judges the lines of a header between its first and its last. A line that breaks a rule declares
 * nothing; the rest of the file is read.
 *
 * <p>Source of the rules: VCF 4.2, section 1.2; VCF 4.3 to 4.5, sections 1.2 and 1.4.
 */
public final class HeaderLines {
  private static final Set<String> STRUCTURED =
      Set.of("INFO", "FORMAT", "FILTER", "ALT", "contig", "SAMPLE", "PEDIGREE", "META");
  private static final Set<String> DESCRIBED = Set.of("INFO", "FORMAT", "FILTER", "ALT");
  private static final List<String> VALUED_KEYS = List.of("ID", "Number", "Type", "Description");
  private static final List<String> PLAIN_KEYS = List.of("ID", "Description");
  private static final Set<String> STRUCTURAL = Set.of("DEL", "INS", "DUP", "INV", "CNV");

  /** Names that GATK and others use in gVCFs. */
  private static final Set<String> ANY_OTHER = Set.of("NON_REF", "*", "X");

  private static final Set<String> MITOCHONDRION = Set.of("chrM", "M", "chrMT", "MT");

  /** Of NC_001807.4; that of NC_012920.1, the revised Cambridge sequence, is 16569. */
  private static final String OLD_MITOCHONDRION_LENGTH = "16571";

  /** Numbers the lines of a BCF, which has it without quotes (VCF 4.3, 6.2.1). */
  private static final String BCF_INDEX = "IDX";

  private final boolean strict;
  private final int minor;
  private final Map<String, Field> info = new LinkedHashMap<>();
  private final Map<String, Field> format = new LinkedHashMap<>();
  private final List<Declarations.Finding> findings = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private String oldMitochondrion = "";
  private long line;

  /**
   * @param strict whether a line that declares nothing is an error
   * @param minor N of VCF 4.N
   */
  public HeaderLines(boolean strict, int minor) {
    this.strict = strict;
    this.minor = minor;
  }

  /** {@return what was declared and found} */
  public Declarations declarations() {
    return new Declarations(info, format, oldMitochondrion, findings);
  }

  /**
   * Takes what was found where these rules do not reach.
   *
   * @param rule that is broken
   * @param at the line's number, from 1
   * @throws RejectedException if it is strict and the rule is more than a notice
   */
  public void found(VcfRule rule, long at) throws RejectedException {
    if (strict && rule.severity() == Severity.VALUE) {
      throw rule.broken();
    }
    findings.add(new Declarations.Finding(rule, at));
  }

  /**
   * Judges one line.
   *
   * @param b bytes, which are not changed and not kept
   * @param from where the line begins
   * @param to one after its last byte
   * @param number of the line, from 1
   * @throws RejectedException if it is strict and the line declares nothing
   */
  public void line(byte[] b, int from, int to, long number) throws RejectedException {
    line = number;
    String text = new String(b, from, to - from, StandardCharsets.UTF_8);
    if (minor >= 3 && text.indexOf('\uFFFD') >= 0 && !isUtf8(b, from, to)) {
      found(VcfRule.META_UTF_8);
      return;
    }
    MetaLine meta = text.startsWith("##") ? MetaLine.parse(text) : null;
    if (meta == null) {
      found(VcfRule.META_LINE);
      return;
    }
    boolean known = STRUCTURED.contains(meta.kind());
    if (known && meta.pairs() == null) {
      found(VcfRule.META_SYNTAX);
      return;
    }
    if (known || (minor >= 3 && meta.pairs() != null)) {
      structured(meta);
    } else if (meta.kind().equals("assembly") || meta.kind().equals("pedigreeDB")) {
      url(meta.value());
    }
  }

  private static boolean isUtf8(byte[] b, int from, int to) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(b, from, to - from));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private void found(VcfRule rule) throws RejectedException {
    found(rule, line);
  }

  private void structured(MetaLine meta) throws RejectedException {
    String kind = meta.kind();
    MetaLine.Pair id = meta.get("ID");
    boolean needsId = minor >= 3 || !kind.equals("PEDIGREE");
    if (needsId && (id == null || !isId(kind, id.value()))) {
      found(VcfRule.META_ID);
      return;
    }
    if (minor >= 3 && id != null && !seen.add(kind + '=' + id.value())) {
      found(VcfRule.META_TWICE);
      return;
    }
    if (DESCRIBED.contains(kind)) {
      MetaLine.Pair description = meta.get("Description");
      if (description == null || !description.quoted()) {
        found(VcfRule.META_DESCRIPTION);
        return;
      }
      order(meta);
    }
    switch (kind) {
      case "INFO" -> field(meta, info, false);
      case "FORMAT" -> field(meta, format, true);
      case "ALT" -> alternate(meta);
      case "contig" -> contig(meta);
      case "SAMPLE" -> sample(meta);
      case "PEDIGREE" -> pedigree(meta);
      default -> {}
    }
  }

  /** Keys of INFO and FORMAT go into records, IDs of sequences and alternates too. */
  private boolean isId(String kind, String id) {
    if (id.isEmpty()) {
      return false;
    }
    boolean own = STRUCTURED.contains(kind) && !kind.equals("SAMPLE") && !kind.equals("META");
    for (int i = 0; own && i < id.length(); i++) {
      char c = id.charAt(i);
      boolean apart = c <= ' ' || c == ',' || c == ';' || c == '<' || c == '>';
      if (apart && !(kind.equals("PEDIGREE") && c == ' ')) {
        return false;
      }
    }
    return true;
  }

  private void order(MetaLine meta) throws RejectedException {
    boolean valued = meta.kind().equals("INFO") || meta.kind().equals("FORMAT");
    List<String> fixed = valued ? VALUED_KEYS : PLAIN_KEYS;
    List<MetaLine.Pair> pairs = meta.pairs() == null ? List.of() : meta.pairs();
    int next = 0;
    for (MetaLine.Pair pair : pairs) {
      boolean isNext = next < fixed.size() && pair.key().equals(fixed.get(next));
      if (isNext) {
        next++;
      } else if (next < fixed.size() || !(pair.quoted() || pair.key().equals(BCF_INDEX))) {
        found(VcfRule.META_ORDER);
        return;
      }
    }
  }

  private void field(MetaLine meta, Map<String, Field> fields, boolean isFormat)
      throws RejectedException {
    FieldNumber number = FieldNumber.of(text(meta.get("Number")), minor, isFormat);
    if (number == null) {
      found(VcfRule.META_NUMBER);
      return;
    }
    FieldType type = FieldType.of(text(meta.get("Type")));
    if (type == null || (isFormat && type == FieldType.FLAG)) {
      found(VcfRule.META_TYPE);
      return;
    }
    Field field = new Field(text(meta.get("ID")), number, type);
    Map<String, Field> reserved =
        isFormat ? ReservedFields.format(minor) : ReservedFields.info(minor);
    if (!ReservedFields.agrees(field, reserved.get(field.id()), isFormat)) {
      found(VcfRule.META_RESERVED);
    }
    fields.putIfAbsent(field.id(), field);
  }

  private static String text(@Nullable MetaLine.Pair pair) {
    return pair == null ? "" : pair.value();
  }

  private void alternate(MetaLine meta) throws RejectedException {
    String id = text(meta.get("ID"));
    int colon = id.indexOf(':');
    String first = colon < 0 ? id : id.substring(0, colon);
    boolean since43 = first.equals("BND") || first.matches("[RYSWKMBDHVN]");
    if (!STRUCTURAL.contains(first) && !ANY_OTHER.contains(id) && !(minor >= 3 && since43)) {
      found(VcfRule.META_ALT);
    }
  }

  private void contig(MetaLine meta) {
    String id = text(meta.get("ID"));
    if (MITOCHONDRION.contains(id) && text(meta.get("length")).equals(OLD_MITOCHONDRION_LENGTH)) {
      oldMitochondrion = id;
    }
  }

  private void sample(MetaLine meta) throws RejectedException {
    MetaLine.Pair genomes = meta.get("Genomes");
    MetaLine.Pair mixture = meta.get("Mixture");
    boolean alone = (genomes == null) != (mixture == null);
    boolean quoted = genomes != null && mixture != null && (genomes.quoted() || mixture.quoted());
    if (minor < 3 && (alone || quoted)) {
      found(VcfRule.META_SAMPLE);
    }
  }

  private void pedigree(MetaLine meta) throws RejectedException {
    List<MetaLine.Pair> pairs = meta.pairs() == null ? List.of() : meta.pairs();
    if (pairs.stream().anyMatch(pair -> pair.value().indexOf(' ') >= 0)) {
      found(VcfRule.META_PEDIGREE);
    }
  }

  private void url(String value) throws RejectedException {
    boolean bracketed = value.length() > 1 && value.startsWith("<") && value.endsWith(">");
    String url = bracketed ? value.substring(1, value.length() - 1) : value;
    boolean good;
    try {
      URI uri = new URI(url);
      String host = uri.getHost();
      // A number alone is no host (RFC 1123, 2.1).
      good =
          !url.isEmpty()
              && (uri.getRawAuthority() == null || (host != null && !host.matches("[0-9]+")));
    } catch (URISyntaxException e) {
      good = false;
    }
    if (!good) {
      found(VcfRule.META_URL);
    }
  }
}
