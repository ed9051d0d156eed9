package org.healthbeam.core.variant.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The totals are the same however the records are split, merged, and their samples ordered. */
class CompatTotalsTest {
  private static final int SAMPLES = 6;
  private static final int FIXED_COLUMNS = 9;

  @Property(tries = 60)
  void partsMergeToTheWholeInAnyOrder(@ForAll long seed) throws IOException {
    String vcf = new RandomVcf(seed).withContigs("1", "X", "Y", "MT").text(12, SAMPLES);
    CompatTotals whole = CompatRun.of(vcf.getBytes(StandardCharsets.UTF_8)).totals;
    CompatTotals merged = new CompatTotals();
    for (String part : parts(vcf, new Random(seed))) {
      merged.add(copy(CompatRun.of(part.getBytes(StandardCharsets.UTF_8)).totals));
    }
    assertEquals(whole, copy(merged));
    for (TotalsTable table : TotalsTable.values()) {
      assertEquals(
          table.lines(whole, "a.vcf", name -> name), table.lines(merged, "a.vcf", name -> name));
    }
  }

  @Property(tries = 20)
  void sitesComeBackFromTheirBytes(@ForAll long seed) throws IOException {
    String vcf = new RandomVcf(seed).text(12, SAMPLES);
    for (SiteCounts site : CompatRun.of(vcf.getBytes(StandardCharsets.UTF_8)).sites) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      site.write(new DataOutputStream(bytes));
      SiteCounts read =
          SiteCounts.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
      assertEquals(site, read);
      for (SiteTable table : SiteTable.values()) {
        assertEquals(table.rows(site), table.rows(read));
      }
    }
  }

  /** Returns the records in one to four files, each with its own order of samples. */
  private static List<String> parts(String vcf, Random random) {
    List<String> lines = vcf.lines().toList();
    List<String> records =
        new ArrayList<>(lines.stream().filter(line -> !line.startsWith("#")).toList());
    List<String> comments = lines.stream().filter(line -> line.startsWith("##")).toList();
    String columns = lines.get(comments.size());
    Collections.shuffle(records, random);
    int n = 1 + random.nextInt(4);
    List<String> parts = new ArrayList<>();
    for (int part = 0; part < n; part++) {
      List<Integer> order = new ArrayList<>();
      for (int s = 0; s < SAMPLES; s++) {
        order.add(s);
      }
      Collections.shuffle(order, random);
      StringBuilder text = new StringBuilder(String.join("\n", comments)).append('\n');
      text.append(reordered(columns, order)).append('\n');
      for (int i = part; i < records.size(); i += n) {
        text.append(reordered(records.get(i), order)).append('\n');
      }
      parts.add(text.toString());
    }
    // One part has the samples in the order that the whole has.
    parts.add(String.join("\n", comments) + "\n" + columns + "\n");
    Collections.shuffle(parts, random);
    return parts;
  }

  private static String reordered(String line, List<Integer> order) {
    String[] cells = line.split("\t", -1);
    String[] result = cells.clone();
    for (int s = 0; s < order.size(); s++) {
      result[FIXED_COLUMNS + s] = cells[FIXED_COLUMNS + order.get(s)];
    }
    return String.join("\t", result);
  }

  private static CompatTotals copy(CompatTotals totals) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    totals.write(new DataOutputStream(bytes));
    return CompatTotals.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
  }
}
