package org.healthbeam.core.variant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.healthbeam.core.variant.reference.ContigNames;
import org.healthbeam.core.variant.reference.KnownLines;
import org.healthbeam.core.variant.reference.KnownSites;
import org.healthbeam.core.variant.reference.Populations;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Populations and known alleles of 1000 Genomes, as bcftools has them. */
class BcftoolsAxesTest {
  private static final int RECORDS = 600;
  private static final List<String> GROUPS = List.of("P0", "P1", "P2");

  @TempDir private Path folder;
  private Path vcf;
  private List<String> samples = List.of();

  @BeforeEach
  void takeTheHead() throws IOException {
    byte[] all = SharedVcf.bytes(SharedVcf.THOUSAND_GENOMES);
    Assumptions.assumeTrue(
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(p -> Files.isExecutable(Path.of(p, "bcftools"))),
        "no bcftools on the path");
    int records = 0;
    int end = 0;
    for (int from = 0; records < RECORDS; from = end) {
      end = from;
      while (all[end] != '\n') {
        end++;
      }
      end++;
      if (all[from] != '#') {
        records++;
      } else if (all[from + 1] != '#') {
        String header = new String(all, from, end - from - 1, StandardCharsets.UTF_8);
        samples = Arrays.asList(header.split("\t")).subList(9, header.split("\t").length);
      }
    }
    vcf = Files.write(folder.resolve("head.vcf"), Arrays.copyOf(all, end));
  }

  private String bcftools(String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bcftools"));
    command.addAll(List.of(args));
    Path out = folder.resolve("out.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(folder.resolve("err.txt").toFile())
            .start();
    assertEquals(0, process.waitFor(), () -> command.get(1) + " failed");
    return Files.readString(out);
  }

  @Test
  void populationsAreThoseOfFillTags() throws Exception {
    StringBuilder table = new StringBuilder();
    for (int s = 0; s < samples.size(); s++) {
      // A third of them in two populations, one in a hundred in none.
      if (s % 100 != 99) {
        table.append(samples.get(s)).append('\t').append("P" + (s % 2));
        table.append(s % 3 == 0 ? ",P2\n" : "\n");
      }
    }
    Path groups = Files.writeString(folder.resolve("groups.tsv"), table);
    Populations populations;
    try (BufferedReader lines = Files.newBufferedReader(groups)) {
      populations = Populations.read("groups.tsv", lines);
    }
    VcfText ours =
        VcfText.scan(
            Files.readAllBytes(vcf),
            OnInvalid.STRICT,
            Filters.all(),
            new Axes(ContigNames.builtIn(), Regions.none(), null, populations));

    Path filled = folder.resolve("filled.vcf");
    bcftools(
        "+fill-tags",
        vcf + "",
        "-o",
        filled + "",
        "--",
        "-S",
        groups + "",
        "-t",
        "AC,AN,AF,HWE,AC_Het,AC_Hom");
    StringBuilder format = new StringBuilder("%POS\t%REF\t%ALT");
    for (String group : GROUPS) {
      for (String tag : List.of("AC", "AN", "AF", "HWE", "AC_Het", "AC_Hom")) {
        format.append("\t%INFO/").append(tag).append('_').append(group);
      }
    }
    Map<String, String[]> theirs = new HashMap<>();
    for (String line : bcftools("query", "-f", format + "\n", filled + "").lines().toList()) {
      String[] cells = line.split("\t");
      String[] alts = cells[2].split(",");
      for (int a = 0; a < alts.length; a++) {
        for (int g = 0; g < GROUPS.size(); g++) {
          String[] row = new String[6];
          for (int t = 0; t < 6; t++) {
            String[] values = cells[3 + 6 * g + t].split(",");
            row[t] = values[Math.min(a, values.length - 1)];
          }
          theirs.put(String.join("\t", cells[0], cells[1], alts[a], GROUPS.get(g)), row);
        }
      }
    }
    assertEquals(theirs.size(), ours.populations.size());
    int tested = 0;
    for (PopulationSummary row : ours.populations) {
      String place = row.pos() + "\t" + row.ref() + "\t" + row.alt() + "\t" + row.population();
      String[] their = theirs.get(place);
      assertEquals(their[0], "" + row.ac(), place);
      assertEquals(their[1], "" + row.an(), place);
      assertEquals(Double.parseDouble(their[2]), row.af(), 1e-6 + row.af() * 1e-5, place);
      assertEquals(their[4], "" + row.diploidHet(), place);
      assertEquals(their[5], "" + 2 * row.diploidHom(), place);
      if (row.diploidHet() + row.nHomRef() + row.nHomAlt() == row.nCalled()) {
        // With one alternate the test is of the same three numbers.
        double p = row.hardyWeinberg().exact();
        assertEquals(Double.parseDouble(their[3]), p, 1e-6 + p * 1e-4, place);
        tested++;
      }
    }
    assertTrue(tested > 1000, tested + " compared");
  }

  @Test
  void knownAllelesAreThoseOfIsec() throws Exception {
    // One alternate a record, and every third record known.
    Path split = folder.resolve("split.vcf");
    bcftools("norm", "-m", "-any", "-o", split + "", vcf + "");
    List<String> lines = Files.readAllLines(split);
    List<String> known = new ArrayList<>();
    int n = 0;
    for (String line : lines) {
      if (line.startsWith("#") || n++ % 3 == 0) {
        known.add(line);
      }
    }
    Path list = Files.write(folder.resolve("known.vcf"), known);
    for (Path file : List.of(split, list)) {
      bcftools("view", "-Oz", "-o", file + ".gz", file + "");
      bcftools("index", "-f", file + ".gz");
    }
    Set<String> theirs = new TreeSet<>();
    for (String line : bcftools("isec", "-n=2", split + ".gz", list + ".gz").lines().toList()) {
      String[] cells = line.split("\t");
      theirs.add(String.join("\t", cells[1], cells[2], cells[3]));
    }
    KnownSites sites;
    try (BufferedReader reader = Files.newBufferedReader(list)) {
      sites = KnownLines.read("known.vcf", reader, ContigNames.builtIn());
    }
    VcfText ours =
        VcfText.scan(
            Files.readAllBytes(vcf),
            OnInvalid.STRICT,
            Filters.all(),
            new Axes(ContigNames.builtIn(), Regions.none(), sites, null));
    Set<String> found = new TreeSet<>();
    Set<String> bases = new HashSet<>();
    for (VariantSummary row : ours.rows) {
      String place = row.pos() + "\t" + row.ref() + "\t" + row.alt();
      if (row.novelty() != Novelty.NOT_ASKED) {
        bases.add(place);
      }
      if (row.novelty() == Novelty.KNOWN) {
        found.add(place);
      }
    }
    theirs.retainAll(bases);
    assertTrue(theirs.size() > 150, theirs.size() + " known");
    assertEquals(theirs, found);
  }
}
