package org.healthbeam.core.variant.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.annotation.Nullable;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.variant.Region;

/**
 * Makes regions of the lines of a BED, GTF or GFF3 file, told apart by what the lines have.
 *
 * <p>BED: each line is a region; sequence, start from 0, end, and name if there is one. GTF: the
 * rows with the feature {@code gene}; where there is none, what the rows of each {@code gene_id}
 * span. GFF3: the rows whose type is {@code gene} or ends in it, as {@code pseudogene} and {@code
 * ncRNA_gene} do. A gene is called by its {@code gene_name} or {@code Name}, else by its {@code
 * gene_id} or {@code ID}; where several genes have one name, the id follows in brackets.
 *
 * <p>BED's regions are handed over at once, genes at the end: two hundred bytes or so for each are
 * held until then. Errors are rejects and never show the line.
 *
 * <p>Source of the rules: BED v1 (samtools/hts-specs), sections 1.2 and 1.5; GTF 2.2 (Ensembl);
 * GFF3 1.26 (Sequence Ontology).
 */
public final class RegionLines {
  /** What became of a line. */
  public enum Outcome {
    /** It is a region or a gene. */
    REGION,
    /** It is another feature than a gene. */
    OTHER,
    /** There is nothing in it, or a comment. */
    EMPTY
  }

  private enum Format {
    BED,
    GTF,
    GFF3
  }

  private static final int GFF_COLUMNS = 9;

  private record Gene(String contig, long start, long end, String id, String name) {
    Gene with(long from, long to) {
      return new Gene(contig, Math.min(start, from), Math.max(end, to), id, name);
    }
  }

  private final List<Gene> genes = new ArrayList<>();
  private final Map<String, Gene> spans = new LinkedHashMap<>();
  @Nullable private Format format;
  private boolean ended;

  /**
   * Takes the next line.
   *
   * @param line without its end
   * @param regions takes the region of a line of BED
   * @return what the line was
   * @throws RejectedException if it is none of its format; the detail names the rule
   */
  public Outcome line(String line, Consumer<Region> regions) throws RejectedException {
    if (line.startsWith("##gff-version")) {
      format = line.strip().matches("##gff-version\\s+3.*") ? Format.GFF3 : Format.GTF;
    } else if (line.equals("##FASTA")) {
      ended = true;
    }
    boolean gff = format == Format.GTF || format == Format.GFF3;
    if (ended
        || line.isBlank()
        || line.startsWith("#")
        || (!gff && (line.startsWith("track") || line.startsWith("browser")))) {
      return Outcome.EMPTY;
    }
    String[] tabs = line.split("\t", -1);
    if (format == null) {
      format = formatOf(tabs, line);
    }
    if (format == Format.BED) {
      regions.accept(bed(tabs.length > 1 ? tabs : line.strip().split(" +", 5)));
      return Outcome.REGION;
    }
    return feature(tabs);
  }

  private static Format formatOf(String[] tabs, String line) throws RejectedException {
    if (tabs.length >= GFF_COLUMNS
        && number(tabs[3]) >= 0
        && number(tabs[4]) >= 0
        && tabs[6].matches("[-+.?]")) {
      return tabs[8].matches("\\s*[^\\s=\"]+=.*") ? Format.GFF3 : Format.GTF;
    }
    String[] columns = tabs.length > 1 ? tabs : line.strip().split(" +", 5);
    if (columns.length > 2 && number(columns[1]) >= 0 && number(columns[2]) >= 0) {
      return Format.BED;
    }
    throw new RejectedException(RejectReason.MALFORMED, "no line of BED, GTF or GFF3");
  }

  private static Region bed(String[] columns) throws RejectedException {
    long start = columns.length > 2 ? number(columns[1]) : -1;
    long end = columns.length > 2 ? number(columns[2]) : -1;
    if (columns[0].isEmpty() || start < 0 || end < start) {
      throw new RejectedException(
          RejectReason.MALFORMED,
          "no BED line: sequence, start from 0, and an end not before it (BED v1, 1.5)");
    }
    return new Region(columns[0], start, end, columns.length > 3 ? columns[3] : "");
  }

  private Outcome feature(String[] columns) throws RejectedException {
    if (columns.length < GFF_COLUMNS || columns[0].isEmpty()) {
      throw new RejectedException(RejectReason.MALFORMED, format + " has nine columns");
    }
    boolean gene = format == Format.GTF ? columns[2].equals("gene") : columns[2].endsWith("gene");
    if (!gene && (format == Format.GFF3 || !genes.isEmpty())) {
      return Outcome.OTHER;
    }
    long start = number(columns[3]);
    long end = number(columns[4]);
    if (start < 1 || end < start) {
      throw new RejectedException(
          RejectReason.INVALID_FIELD, "start must be 1 or more, and end not before it");
    }
    Map<String, String> attributes =
        format == Format.GTF ? GeneAttributes.ofGtf(columns[8]) : GeneAttributes.ofGff3(columns[8]);
    String id = first(attributes, "gene_id", "ID");
    String name = first(attributes, "gene_name", "Name", "gene_id", "ID");
    if (gene && name.isEmpty()) {
      throw new RejectedException(RejectReason.MISSING_FIELD, "a gene without id and name");
    }
    if (gene) {
      genes.add(new Gene(columns[0], start - 1, end, id, name));
      spans.clear();
      return Outcome.REGION;
    }
    if (!id.isEmpty()) {
      Gene row = new Gene(columns[0], start - 1, end, id, name);
      spans.merge(columns[0] + "\t" + id, row, (all, r) -> all.with(r.start, r.end));
    }
    return Outcome.OTHER;
  }

  /**
   * Hands over what is known only after the last line.
   *
   * @param regions takes the genes; of BED there are none left
   */
  public void end(Consumer<Region> regions) {
    List<Gene> all = genes.isEmpty() ? List.copyOf(spans.values()) : genes;
    Map<String, Integer> named = new HashMap<>();
    all.forEach(gene -> named.merge(gene.name, 1, Integer::sum));
    for (Gene gene : all) {
      boolean ambiguous = named.get(gene.name) > 1 && !gene.id.isEmpty();
      String name =
          ambiguous && !gene.id.equals(gene.name) ? gene.name + " (" + gene.id + ")" : gene.name;
      regions.accept(new Region(gene.contig, gene.start, gene.end, name));
    }
  }

  private static String first(Map<String, String> attributes, String... keys) {
    for (String key : keys) {
      String value = attributes.getOrDefault(key, "");
      if (!value.isEmpty()) {
        return value;
      }
    }
    return "";
  }

  /** {@return a whole number of 0 or more, or -1} */
  static long number(String text) {
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return text.isEmpty() || text.length() > 18 ? -1 : value;
  }
}
