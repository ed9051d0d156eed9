package org.healthbeam.core.variant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.variant.vcf.FileRemarks;
import org.healthbeam.core.variant.vcf.Remark;
import org.healthbeam.core.variant.vcf.VcfRule;
import org.junit.jupiter.api.Test;

/** What takes two records to see is the same however the lines are parted and merged. */
class LinesInAnyPartsTest {
  private static final VcfHeader HEADER = VcfHeader.of(2, List.of("S1"));
  private static final int FIRST = 3;
  private static final byte[] NOTHING = new byte[0];

  @Property(tries = 1000)
  void remarksAreTheSame(@ForAll("records") List<String> lines, @ForAll long seed)
      throws IOException {
    Random random = new Random(seed);
    List<FileRemarks> parts = new ArrayList<>();
    for (int from = 0; from < lines.size(); ) {
      int to = Math.min(lines.size(), from + random.nextInt(6));
      parts.add(written(scan(lines, from, to)));
      from = to;
    }
    while (parts.size() > 1) {
      Collections.shuffle(parts, random);
      FileRemarks merged = new FileRemarks();
      int n = 1 + random.nextInt(parts.size());
      parts.subList(0, n).forEach(merged::add);
      parts.subList(0, n).clear();
      parts.add(written(merged));
    }
    FileRemarks whole = new FileRemarks();
    parts.forEach(whole::add);
    FileRemarks once = scan(lines, 0, lines.size());
    assertEquals(once.all(), whole.all());
    assertEquals(slowly(lines), once.all());
  }

  /** Sequence, position, alleles: few of each, so that they meet. */
  @Provide
  Arbitrary<List<String>> records() {
    Arbitrary<String> record =
        Combinators.combine(
                Arbitraries.of("1", "1", "1", "2", "<2>", "3"),
                Arbitraries.integers().between(1, 200),
                Arbitraries.of("A C", "A C,G", "AT CT", "TA TC", "A .", "A <DEL>", "ATT A", "x"))
            .as((contig, pos, alleles) -> contig + " " + pos + " . " + alleles + " . . . GT 0/1");
    Arbitrary<List<String>> any = record.list().ofMaxSize(40);
    return Arbitraries.oneOf(any, any.map(LinesInAnyPartsTest::sorted));
  }

  private static List<String> sorted(List<String> lines) {
    List<String> result = new ArrayList<>(lines);
    result.sort(
        (a, b) -> {
          String[] one = a.replaceAll("[<>]", "").split(" ");
          String[] other = b.replaceAll("[<>]", "").split(" ");
          int contig = one[0].compareTo(other[0]);
          return contig != 0 ? contig : Integer.compare(pos(one), pos(other));
        });
    return result;
  }

  private static int pos(String[] record) {
    return Integer.parseInt(record[1]);
  }

  private static FileRemarks scan(List<String> lines, int from, int to) {
    VariantScan scan = new VariantScan(OnInvalid.SKIP, Filters.all(), Regions.none());
    Totals totals = new Totals();
    totals.expect(HEADER, "test.vcf");
    FileRemarks remarks = new FileRemarks();
    scan.begin(remarks, new VcfBlock("test.vcf", FIRST + from, HEADER, NOTHING));
    for (String line : lines.subList(from, to)) {
      byte[] bytes = line.replace(' ', '\t').getBytes(StandardCharsets.UTF_8);
      try {
        scan.scan(bytes, 0, bytes.length, HEADER, totals, row -> {});
      } catch (RejectedException e) {
        // A record that is rejected has no place in the order.
      }
    }
    return remarks;
  }

  private record Before(int pos, List<Long> alleles) {}

  /** The rules as one would write them down, with all records at hand. */
  private static List<Remark> slowly(List<String> lines) {
    long[][] found = new long[3][2];
    List<String> seen = new ArrayList<>();
    List<Before> recent = new ArrayList<>();
    String lastContig = "";
    int lastPos = 0;
    for (int i = 0; i < lines.size(); i++) {
      String[] record = lines.get(i).replaceAll("^<2>", "2").split(" ");
      if (record[3].equals("x")) {
        continue;
      }
      int pos = pos(record);
      boolean same = record[0].equals(lastContig);
      if (!same && seen.contains(record[0])) {
        find(found[0], i);
      }
      if (same && pos < lastPos) {
        find(found[1], i);
      }
      if (!same || pos < lastPos) {
        recent.clear();
      }
      List<Long> own = new ArrayList<>();
      for (String alt : record[4].split(",")) {
        if (!alt.equals(".") && !alt.startsWith("<")) {
          own.add(FileRemarks.allele(pos, record[3], alt));
        }
      }
      recent.removeIf(before -> before.pos() < pos - 64);
      if (recent.stream().anyMatch(before -> !Collections.disjoint(before.alleles(), own))) {
        find(found[2], i);
      }
      if (!own.isEmpty()) {
        recent.add(new Before(pos, own));
      }
      while (recent.stream().skip(1).mapToInt(before -> before.alleles().size()).sum() >= 32) {
        recent.remove(0);
      }
      seen.add(record[0]);
      lastContig = record[0];
      lastPos = pos;
    }
    List<Remark> result = new ArrayList<>();
    VcfRule[] rules = {VcfRule.CHROM_APART, VcfRule.POS_ORDER, VcfRule.ALT_AGAIN};
    for (int i = 0; i < rules.length; i++) {
      if (found[i][1] > 0) {
        result.add(new Remark(rules[i], found[i][0], rules[i].column(), found[i][1]));
      }
    }
    result.sort(
        (a, b) ->
            a.line() != b.line() ? Long.compare(a.line(), b.line()) : a.rule().compareTo(b.rule()));
    return result;
  }

  private static void find(long[] found, int index) {
    found[0] = found[1] == 0 ? FIRST + index : found[0];
    found[1]++;
  }

  private static FileRemarks written(FileRemarks remarks) throws IOException {
    return FileRemarks.read(new DataInputStream(new ByteArrayInputStream(bytes(remarks))));
  }

  private static byte[] bytes(FileRemarks remarks) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    remarks.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  @Test
  void linesOfPartsAreNumberedThroughoutTheFile() {
    VcfHeader header = VcfHeader.of(2, List.of("S1"));
    FileRemarks whole = new FileRemarks();
    // The second part is read before the first one, whose lines are counted last.
    whole.add(
        scanPart(new VcfBlock("a.vcf", VcfBlock.Part.of(1), 1, header, NOTHING), "1 7 . A C"));
    VcfBlock.Part counted = VcfBlock.Part.of(1).withLines(1);
    whole.add(scanPart(new VcfBlock("a.vcf", counted, 2, header, NOTHING)));
    VcfBlock.Part first = VcfBlock.Part.of(0).withLines(9);
    whole.add(scanPart(new VcfBlock("a.vcf", first, 9, header, NOTHING), "1 8 . A C"));
    assertEquals(List.of(new Remark(VcfRule.POS_ORDER, 10, 2, 1)), whole.all());
  }

  private static FileRemarks scanPart(VcfBlock block, String... records) {
    VariantScan scan = new VariantScan(OnInvalid.SKIP, Filters.all(), Regions.none());
    Totals totals = new Totals();
    totals.expect(block.header(), block.source());
    FileRemarks remarks = new FileRemarks();
    scan.begin(remarks, block);
    for (String record : records) {
      byte[] bytes = (record + " . . . GT 0/1").replace(' ', '\t').getBytes(StandardCharsets.UTF_8);
      try {
        scan.scan(bytes, 0, bytes.length, block.header(), totals, row -> {});
      } catch (RejectedException e) {
        throw new AssertionError(e);
      }
    }
    return remarks;
  }

  @Test
  void manyAllelesAtOnePositionAreKeptInBounds() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      String alt = "C".repeat(1 + i % 40);
      lines.add("1 5 . A " + alt + " . . . GT 0/1");
    }
    FileRemarks whole = scan(lines, 0, 1);
    for (int from = 1; from < lines.size(); from += 7) {
      whole.add(scan(lines, from, Math.min(lines.size(), from + 7)));
    }
    // Each comes again after 40 others, which is beyond the 32 that are looked at.
    assertEquals(List.of(), whole.all());
    assertEquals(scan(lines, 0, lines.size()).all(), whole.all());
    assertTrue(bytes(whole).length < 4000, "bytes: " + bytes(whole).length);
  }
}
