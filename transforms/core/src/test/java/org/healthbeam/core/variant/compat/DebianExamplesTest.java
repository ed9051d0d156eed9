package org.healthbeam.core.variant.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.healthbeam.core.variant.bcf.BcfText;
import org.healthbeam.core.variant.vcf.VcfRule;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every VCF and BCF of Debian's example packages of R, Python and other readers: cohorts, what many
 * callers write, and odd files that others test with. {@code .ci/run} unpacks them.
 *
 * <p>The tools are given the records that we count, since of the rest there is nothing to compare.
 * Where a table is another one than the tool's, docs/variant-examples.md says so and why.
 */
class DebianExamplesTest {
  private static final String PAGE = "docs/variant-examples.md";

  /** Rows of the page: what is other and why, what is rejected, and how much is compared. */
  private static final Pattern EXPLAINED =
      Pattern.compile("\\| `([^`]+: [^`]+)` \\| ([^|`]+) \\| ([^|]+) \\|");

  private static final Pattern REJECTED = Pattern.compile("\\| `[^`]+: [^`]+` \\| `[^|]+` \\|");
  private static final Pattern COUNTED = Pattern.compile("\\| [a-z-]+ \\| [0-9]+ \\| [0-9]+ \\|");

  private static final OtherTool BCFTOOLS = new OtherTool("bcftools");

  private static Path packages;

  @TempDir private Path folder;

  @BeforeAll
  static void packagesAreThere() {
    String place = System.getenv("DEBIAN_EXAMPLES");
    Assumptions.assumeTrue(
        place != null, "DEBIAN_EXAMPLES does not name a folder; .ci/run makes it");
    packages = Path.of(place);
  }

  /** A file once, under the first of the names that it has in the packages. */
  private static Map<String, byte[]> files() throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    Set<String> contents = new HashSet<>();
    try (Stream<Path> all = Files.walk(packages)) {
      for (Path file : all.filter(DebianExamplesTest::isVariants).sorted().toList()) {
        byte[] text = text(Files.readAllBytes(file));
        if (contents.add(new String(text, StandardCharsets.ISO_8859_1))) {
          files.put(packages.relativize(file).getName(0) + ": " + file.getFileName(), text);
        }
      }
    }
    return files;
  }

  private static boolean isVariants(Path file) {
    return file.getFileName().toString().matches(".*\\.(vcf|bcf)(\\.b?gz)?")
        && Files.isRegularFile(file);
  }

  /** Returns the text, also of BGZF, of plain gzip and of BCF. */
  private static byte[] text(byte[] bytes) throws IOException {
    byte[] plain = bytes;
    if (bytes.length > 1 && bytes[0] == 0x1f && (bytes[1] & 0xff) == 0x8b) {
      try (InputStream in =
          new GZIPInputStream(new BufferedInputStream(new ByteArrayInputStream(bytes)))) {
        plain = in.readAllBytes();
      }
    }
    if (new String(plain, 0, Math.min(4, plain.length), StandardCharsets.ISO_8859_1)
        .startsWith("BCF\2")) {
      try (InputStream in = new BcfText(new ByteArrayInputStream(plain), 1 << 28)) {
        return in.readAllBytes();
      }
    }
    return plain;
  }

  @Test
  void everyTableIsTheToolsOwnOrThePageSaysWhyNot() throws IOException {
    Set<String> rejects = new TreeSet<>();
    Map<String, String> differences = new TreeMap<>();
    Map<String, Integer> compared = new TreeMap<>();
    Map<String, Integer> others = new TreeMap<>();
    for (Map.Entry<String, byte[]> file : files().entrySet()) {
      CompatRun run = CompatRun.skipping(file.getValue());
      if (!run.rejects.isEmpty()) {
        rejects.add("| `%s` | %s |".formatted(file.getKey(), rules(run)));
      }
      if (run.sites.isEmpty()) {
        continue; // No record is counted.
      }
      same(run)
          .forEach(
              (table, difference) -> {
                compared.merge(table, 1, Integer::sum);
                if (!difference.isEmpty()) {
                  others.merge(table, 1, Integer::sum);
                  differences.put(file.getKey() + " | " + table, difference);
                }
              });
    }
    assertEquals(explained(), differences.keySet(), differences::toString);
    List<String> counts = new ArrayList<>();
    compared.forEach(
        (table, n) ->
            counts.add("| %s | %d | %d |".formatted(table, n, others.getOrDefault(table, 0))));
    assertEquals(page(REJECTED), List.copyOf(rejects));
    assertEquals(page(COUNTED), counts);
  }

  /** Returns the rules by which lines are rejected, as the page names them. */
  private static String rules(CompatRun run) {
    Set<String> names = new TreeSet<>();
    for (VcfRule rule : VcfRule.values()) {
      if (run.rejects.containsValue(rule.detail())) {
        names.add("`" + rule + "`");
      }
    }
    return String.join(", ", names);
  }

  /** Returns for each table that is compared what is other in it, or nothing. */
  private Map<String, String> same(CompatRun run) throws IOException {
    Path counted = Files.write(folder.resolve("counted.vcf"), run.kept.toByteArray());
    Path genotypes =
        Files.writeString(
            folder.resolve("genotypes.vcf"),
            genotypes(run.kept.toString(StandardCharsets.ISO_8859_1)),
            StandardCharsets.ISO_8859_1);
    Map<String, String> tables = new TreeMap<>();
    tables.put("stats", sameStatistics(run, counted));
    tables.put("fill-tags", sameTags(run, genotypes));
    if (run.samples() > 0) {
      tables.putAll(samePlinkReports(run, genotypes));
    }
    return tables;
  }

  private static String sameStatistics(CompatRun run, Path file) throws IOException {
    String samples = run.samples() > 0 ? "-s - " : "";
    return compare(
        () -> BCFTOOLS.lines("bcftools stats " + samples + "\"$0\"", file),
        run.lines(TotalsTable.BCFTOOLS_STATS),
        BcftoolsTest::isNumbers);
  }

  /**
   * Returns the records with GT only and a header that declares their sequences, since what else is
   * undeclared or wrong in a file makes other tools stop.
   */
  private static String genotypes(String text) {
    Set<String> contigs = new LinkedHashSet<>();
    StringBuilder records = new StringBuilder();
    for (String line : text.split("\n")) {
      if (line.isBlank() || line.startsWith("##")) {
        continue;
      }
      String[] cells = line.strip().split("\t");
      if (!line.startsWith("#")) {
        contigs.add(cells[0]);
        cells[5] = cells[6] = cells[7] = ".";
        boolean genotype = cells.length > 8 && cells[8].matches("GT(:.*)?");
        for (int i = 8; i < cells.length; i++) {
          cells[i] = genotype ? cells[i].replaceAll(":.*", "") : ".";
        }
      }
      records.append(String.join("\t", cells)).append('\n');
    }
    StringBuilder header = new StringBuilder("##fileformat=VCFv4.2\n");
    contigs.forEach(contig -> header.append("##contig=<ID=").append(contig).append(">\n"));
    header.append("##FORMAT=<ID=GT,Number=1,Type=String,Description=\"Genotype\">\n");
    return header.append(records).toString();
  }

  private static String sameTags(CompatRun run, Path file) throws IOException {
    return compare(
        () -> BcftoolsTest.theirTags(file, FillTags.COLUMNS),
        run.rows(SiteTable.BCFTOOLS_FILL_TAGS),
        line -> true);
  }

  private static Map<String, String> samePlinkReports(CompatRun run, Path file) throws IOException {
    Map<String, String> said = new HashMap<>();
    Map<String, List<String>> theirs = new HashMap<>();
    try {
      theirs.putAll(PlinkTest.theirs(file));
    } catch (AssertionError e) {
      String stop = stop(e);
      PlinkTest.REPORTS.forEach(report -> said.put(report, stop));
      return said;
    }
    for (String report : PlinkTest.REPORTS) {
      List<String> ours = PlinkTest.ours(run, report);
      if (theirs.containsKey(report) || ours.size() > 1) {
        List<String> lines = theirs.getOrDefault(report, List.of());
        said.put(report, compare(() -> lines, ours, line -> true));
      }
    }
    return said;
  }

  private static String stop(AssertionError e) {
    return e.getMessage()
        .lines()
        .filter(line -> line.matches("(Error:|\\[E::).*|.*Error:.*"))
        .findFirst()
        .orElse(e.getMessage());
  }

  private interface Tool {
    List<String> lines() throws IOException;
  }

  /** Returns the first line that differs, or what the tool said when it stopped, or nothing. */
  private static String compare(Tool tool, List<String> ours, Predicate<String> compared)
      throws IOException {
    List<String> theirs;
    try {
      theirs = tool.lines().stream().filter(compared).toList();
    } catch (AssertionError e) {
      return stop(e);
    }
    List<String> own = ours.stream().filter(compared).toList();
    for (int i = 0; i < Math.max(theirs.size(), own.size()); i++) {
      String their = i < theirs.size() ? theirs.get(i) : "no line";
      String our = i < own.size() ? own.get(i) : "no line";
      if (!their.equals(our)) {
        return their + " <> " + our;
      }
    }
    return "";
  }

  /** What the page explains: file and table. */
  private static Set<String> explained() throws IOException {
    Set<String> rows = new TreeSet<>();
    for (String line : page(EXPLAINED)) {
      Matcher row = EXPLAINED.matcher(line);
      if (row.matches()) {
        for (String table : row.group(2).split(", ")) {
          rows.add(row.group(1) + " | " + table);
        }
      }
    }
    return rows;
  }

  private static List<String> page(Pattern row) throws IOException {
    Path page = Path.of(System.getProperty("healthbeam.root", "../.."), PAGE);
    return Files.readAllLines(page).stream().filter(row.asMatchPredicate()).toList();
  }
}
