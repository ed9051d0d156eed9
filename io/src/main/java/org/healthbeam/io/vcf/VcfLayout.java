package org.healthbeam.io.vcf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.healthbeam.io.bgzf.BgzfOutputStream;
import org.healthbeam.io.part.JoinParts;

/**
 * A VCF of sorted parts: a header that declares the sequences and filters that the records have,
 * then the parts in order.
 *
 * @param header further lines of the header
 */
record VcfLayout(List<String> header) implements JoinParts.Concatenation {
  /**
   * What is told of a part: the sequence, which stretch of it, the file, and the filters of its
   * records.
   */
  private record Part(String contig, int bin, String file, List<String> filters) {
    static Part of(String told) {
      String[] cells = told.split("\t", -1);
      return new Part(cells[0], Integer.parseInt(cells[1]), cells[2], List.of(cells[3].split(";")));
    }
  }

  private static Stream<Part> parts(List<String> told) {
    return told.stream()
        .map(Part::of)
        .sorted(Comparator.comparing(Part::contig, new ContigOrder()).thenComparing(Part::bin));
  }

  @Override
  public byte[] before(List<String> told) throws IOException {
    StringBuilder text = new StringBuilder("##fileformat=VCFv4.3\n");
    parts(told)
        .map(part -> declared(part.contig))
        .distinct()
        .forEach(contig -> text.append("##contig=<ID=").append(contig).append(">\n"));
    TreeSet<String> filters = new TreeSet<>();
    parts(told).forEach(part -> filters.addAll(part.filters));
    filters.remove(".");
    filters.remove("PASS");
    filters.forEach(
        f ->
            text.append("##FILTER=<ID=")
                .append(f)
                .append(",Description=\"As the input has it\">\n"));
    header.forEach(line -> text.append(line).append('\n'));
    text.append("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = BgzfOutputStream.ofPart(bytes)) {
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  /** A contig of the assembly file stands in brackets in CHROM, and is declared without. */
  private static String declared(String contig) {
    return contig.startsWith("<") ? contig.substring(1, contig.length() - 1) : contig;
  }

  @Override
  public List<String> files(List<String> told) {
    return parts(told).map(Part::file).toList();
  }

  @Override
  public byte[] after() {
    return BgzfOutputStream.endMarker();
  }
}
