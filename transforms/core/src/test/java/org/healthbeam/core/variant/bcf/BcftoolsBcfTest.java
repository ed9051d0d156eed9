package org.healthbeam.core.variant.bcf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** BCF 2.2 as bcftools writes it, against the text that bcftools makes of the same file. */
class BcftoolsBcfTest {
  @TempDir private Path folder;

  private static Path shared(String name) {
    String root = System.getProperty("healthbeam.root", ".");
    Path path =
        Path.of(System.getProperty("healthbeam.shared", root + "/../shared"), "data", "vcf", name);
    Assumptions.assumeTrue(Files.exists(path), "no " + name + " in the shared data");
    Assumptions.assumeTrue(
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(p -> Files.isExecutable(Path.of(p, "bcftools"))),
        "no bcftools on the path");
    return path;
  }

  private void bcftools(String... args) throws IOException, InterruptedException {
    Path errors = folder.resolve("errors");
    Process process =
        new ProcessBuilder(args)
            .redirectError(errors.toFile())
            .redirectOutput(errors.toFile())
            .start();
    assertEquals(0, process.waitFor(), () -> String.join(" ", args));
  }

  private int compare(Path vcf) throws Exception {
    Path bcf = folder.resolve("all.bcf");
    Path text = folder.resolve("all.vcf");
    bcftools("bcftools", "view", "--no-version", "-Ou", "-o", bcf.toString(), vcf.toString());
    bcftools("bcftools", "view", "--no-version", "-Ov", "-o", text.toString(), bcf.toString());
    List<String> theirs = records(Files.newInputStream(text));
    List<String> ours =
        records(new BcfText(new GZIPInputStream(Files.newInputStream(bcf)), 1 << 28));
    assertEquals(theirs.size(), ours.size());
    for (int i = 0; i < ours.size(); i++) {
      assertSame(theirs.get(i), ours.get(i));
    }
    return ours.size();
  }

  private static List<String> records(InputStream in) throws IOException {
    try (in) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    }
  }

  /** bcftools prints floats with six digits; all else must be the same text. */
  private static void assertSame(String theirs, String ours) {
    if (theirs.equals(ours)) {
      return;
    }
    String[] expected = theirs.split("(?<=[\t;=,:])|(?=[\t;=,:])");
    String[] actual = ours.split("(?<=[\t;=,:])|(?=[\t;=,:])");
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      if (!expected[i].equals(actual[i])) {
        double number = Double.parseDouble(expected[i]);
        assertEquals(number, Double.parseDouble(actual[i]), Math.abs(number) * 6e-6);
      }
    }
  }

  @Test
  void aPanelOfThousandsOfSamples() throws Exception {
    assertEquals(
        6109, compare(shared("1kg-phaseIII-v5a.20130502.genotypes.chr22-16-16.5mb.vcf.gz")));
  }

  @Test
  void aSampleWithDepthsAndLikelihoods() throws Exception {
    assertTrue(compare(shared("CEUTrio.HiSeq.WGS.b37.NA12878.20.21.vcf")) > 1000);
  }

  @Test
  void theSpecificationsOwnFiles() throws Exception {
    Path passed = shared("hts-specs-4.2").resolve("passed");
    int compared = 0;
    try (var files = Files.list(passed)) {
      for (Path file : files.sorted().toList()) {
        try {
          bcftools(
              "bcftools", "view", "-Ou", "-o", folder.resolve("x").toString(), file.toString());
        } catch (AssertionError refused) {
          // bcftools writes no BCF of it.
          continue;
        }
        compare(file);
        compared++;
      }
    }
    // Most have contigs that their headers do not declare, and BCF has no place for these.
    assertTrue(compared > 0, "no file could be compared");
  }
}
