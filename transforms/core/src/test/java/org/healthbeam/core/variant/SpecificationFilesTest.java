package org.healthbeam.core.variant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.healthbeam.core.variant.vcf.Remark;
import org.healthbeam.core.variant.vcf.VcfRule;
import org.junit.jupiter.api.Test;

/** The valid and invalid VCF 4.2 files that the specification comes with. */
class SpecificationFilesTest {
  private static final String PAGE = "docs/vcf-rules.md";
  private static final String RULE_ROW = "\\| `[A-Z][A-Z_0-9]*` .*";
  private static final String FILE_ROW = "\\| `[a-z_]+_[0-9]{3}` .*";
  private static final String CAUSE = "##CauseOfFailure=";

  /** What the specification's rules do not condemn, and why. */
  private static final Map<String, String> MISSED =
      Map.of(
          "failed_meta_pedigree_001.vcf",
          "VCF 4.2, 1.2.9 does not say which characters the ID of a genome may have; this one has a"
              + " colon");

  @Test
  void everyValidFileIsAcceptedWithoutARemark() throws IOException {
    Map<String, String> found = new TreeMap<>();
    List<Path> files = files("passed");
    for (Path file : files) {
      for (OnInvalid policy : OnInvalid.values()) {
        VcfText text =
            VcfText.scan(Files.readAllBytes(file), policy, Filters.all(), Regions.none());
        if (!text.rejects.isEmpty() || !text.remarks.all().isEmpty()) {
          found.put(file.getFileName() + " " + policy, text.rejects + " " + text.remarks.all());
        }
      }
    }
    assertEquals(Map.of(), found);
    assertEquals(25, files.size());
  }

  @Test
  void thePageTellsOfEveryInvalidFileHowItIsFound() throws IOException {
    List<String> rows = new ArrayList<>();
    List<String> missed = new ArrayList<>();
    List<Path> files = files("failed");
    for (Path file : files) {
      String name = file.getFileName().toString();
      VcfText text = VcfText.scan(Files.readAllBytes(file));
      List<String> found = new ArrayList<>();
      Set<String> rules = new LinkedHashSet<>();
      text.rejects.forEach(
          (line, detail) -> {
            if (rules.add(detail)) {
              found.add(place(ruleOf(detail), line, text.columns.getOrDefault(line, 0)));
            }
          });
      for (Remark r : text.remarks.all()) {
        found.add(place(r.rule(), r.line(), r.column()));
      }
      if (found.isEmpty()) {
        missed.add(name);
        found.add("**not found**: " + MISSED.get(name));
      }
      rows.add(
          "| `%s` | %s | %s |"
              .formatted(
                  name.substring(7, name.length() - 4), cause(file), String.join("; ", found)));
    }
    assertEquals(190, files.size());
    assertEquals(List.copyOf(MISSED.keySet()), missed);
    assertPageHas("files", rows);
  }

  private static VcfRule ruleOf(String detail) {
    return Stream.of(VcfRule.values())
        .filter(rule -> rule.detail().equals(detail))
        .findFirst()
        .orElseThrow();
  }

  private static String place(VcfRule rule, long line, int column) {
    String where = column == 0 ? "line " + line : "line %d column %d".formatted(line, column);
    return "`%s` %s, %s".formatted(rule, where, rule.clause());
  }

  /** The reason that the file itself gives, without what would break a table. */
  private static String cause(Path file) throws IOException {
    String cause = "";
    for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
      if (line.startsWith(CAUSE)) {
        cause = line.substring(CAUSE.length()).strip();
      }
    }
    return cause.replace("|", "\\|");
  }

  @Test
  void thePageHasEveryRule() throws IOException {
    List<String> rows = new ArrayList<>();
    for (VcfRule rule : EnumSet.allOf(VcfRule.class)) {
      rows.add(
          "| `%s` | %s | %s | %s | %s |"
              .formatted(
                  rule,
                  rule.text(),
                  rule.clause(),
                  rule.severity().name().toLowerCase(Locale.ROOT),
                  rule.repair()));
    }
    assertPageHas("rules", rows);
  }

  /** If they differ, what the page should have stands in {@code target}. */
  private static void assertPageHas(String part, List<String> rows) throws IOException {
    Path page = Path.of(System.getProperty("healthbeam.root", "../.."), PAGE);
    Path wanted = Path.of("target", "vcf-rules-" + part + ".md");
    Files.write(wanted, rows);
    List<String> there =
        Files.readAllLines(page).stream()
            .filter(line -> line.matches(part.equals("rules") ? RULE_ROW : FILE_ROW))
            .toList();
    assertEquals(rows, there, () -> PAGE + " should have the rows of " + wanted);
    assertTrue(!there.isEmpty());
  }

  private static List<Path> files(String folder) throws IOException {
    try (Stream<Path> files = Files.list(SharedVcf.path("hts-specs-4.2/" + folder))) {
      return files.sorted().toList();
    }
  }
}
