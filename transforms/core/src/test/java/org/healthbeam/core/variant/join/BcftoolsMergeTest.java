package org.healthbeam.core.variant.join;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Joined files against what {@code bcftools merge} makes of them, counted as one file of all. One
 * place has one reference allele here; where it has several the two differ, as docs/variants.md
 * says.
 */
class BcftoolsMergeTest {
  private static final int LENGTH = 6000;
  private static final String HEADER =
      """
      ##fileformat=VCFv4.2
      ##FILTER=<ID=PASS,Description="All filters passed">
      ##contig=<ID=1,length=%d>
      ##INFO=<ID=END,Number=1,Type=Integer,Description="Last base of the block">
      ##FORMAT=<ID=GT,Number=1,Type=String,Description="Genotype">
      ##FORMAT=<ID=DP,Number=1,Type=Integer,Description="Depth">
      ##FORMAT=<ID=GQ,Number=1,Type=Integer,Description="Quality">
      """
          .formatted(LENGTH);

  @TempDir private Path folder;

  @BeforeAll
  static void bcftoolsIsThere() {
    boolean installed = true;
    try {
      new ProcessBuilder("bcftools", "--version").redirectErrorStream(true).start().destroy();
    } catch (IOException e) {
      installed = false;
    }
    if (!"true".equals(System.getenv("CI"))) {
      Assumptions.assumeTrue(installed, "bcftools is not installed");
    }
  }

  private final Random random = new Random(20);
  private final String reference =
      random
          .ints(LENGTH, 0, 4)
          .collect(
              StringBuilder::new, (text, i) -> text.append("ACGT".charAt(i)), StringBuilder::append)
          .toString();

  private String bases(int pos, int length) {
    return reference.substring(pos - 1, pos - 1 + length);
  }

  private String otherBase(int pos) {
    return random.nextBoolean()
        ? bases(pos, 1).equals("A") ? "C" : "A"
        : bases(pos, 1).equals("T") ? "G" : "T";
  }

  /** Records with an alternate, at places where no other record is near. */
  private String site(int pos) {
    return switch (pos / 40 % 3) {
      case 0 -> bases(pos, 1) + " " + otherBase(pos);
      case 1 -> bases(pos, 3) + " " + bases(pos, 1);
      default -> bases(pos, 1) + " " + bases(pos, 1) + "GG";
    };
  }

  private List<String> plainFile(boolean haploid) {
    List<String> records = new ArrayList<>();
    for (int pos = 40; pos < LENGTH - 40; pos += 40) {
      if (random.nextInt(3) == 0) {
        String genotype =
            List.of("0/1", "1/1", "0/0", "./.", "0|1", "1").get(random.nextInt(haploid ? 6 : 5));
        records.add(
            "1 %d . %s 50 PASS . GT:DP:GQ %s:%d:%d"
                .formatted(pos, site(pos), genotype, random.nextInt(50), random.nextInt(99)));
      }
    }
    return records;
  }

  /** Blocks from one variant to the next, some of them unknown, with gaps. */
  private List<String> blockFile() {
    List<String> records = new ArrayList<>();
    int from = 1 + random.nextInt(30);
    for (int pos = 40; pos < LENGTH - 40; pos += 40) {
      if (random.nextInt(4) > 0) {
        continue;
      }
      if (from < pos) {
        records.add(block(from, pos - 1));
      }
      String genotype = random.nextBoolean() ? "0/1" : "1/1";
      String site = site(pos);
      records.add(
          "1 %d . %s,<NON_REF> 50 PASS . GT:DP:GQ %s:%d:%d"
              .formatted(pos, site, genotype, random.nextInt(50), random.nextInt(99)));
      from = pos + site.indexOf(' ') + (random.nextInt(4) == 0 ? 45 : 0);
    }
    if (from < LENGTH) {
      records.add(block(from, LENGTH));
    }
    return records;
  }

  private String block(int from, int to) {
    return "1 %d . %s <NON_REF> . PASS END=%d GT:DP:GQ %s:%d:%d"
        .formatted(
            from,
            bases(from, 1),
            to,
            random.nextInt(5) == 0 ? "./." : "0/0",
            random.nextInt(50),
            random.nextInt(99));
  }

  private Map<String, List<String>> files(boolean blocks, boolean haploid) {
    Map<String, List<String>> files = new TreeMap<>();
    for (int s = 0; s < 12; s++) {
      files.put("S%02d".formatted(s), blocks ? blockFile() : plainFile(haploid));
    }
    return files;
  }

  private JoinedText joined(Map<String, List<String>> files, AbsentGenotype absent) {
    JoinedText joined = JoinedText.files().absent(absent).width(1000);
    files.forEach((sample, records) -> joined.file(sample, records.toArray(new String[0])));
    return joined.join();
  }

  private JoinedText merged(Map<String, List<String>> files, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bcftools", "merge", "-m", "all"));
    command.addAll(Arrays.asList(options));
    for (Map.Entry<String, List<String>> file : files.entrySet()) {
      Path plain = folder.resolve(file.getKey() + ".vcf");
      Files.writeString(
          plain,
          HEADER
              + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t"
              + file.getKey()
              + "\n"
              + String.join("\n", file.getValue()).replace(' ', '\t')
              + "\n");
      Path packed = folder.resolve(file.getKey() + ".vcf.gz");
      run("bcftools", "view", "-Oz", "-o", packed.toString(), plain.toString());
      run("bcftools", "index", "-f", packed.toString());
      command.add(packed.toString());
    }
    List<String> records = new ArrayList<>();
    for (String line : run(command.toArray(new String[0])).split("\n")) {
      if (!line.startsWith("#")) {
        records.add(line);
      }
    }
    return JoinedText.scan(List.copyOf(files.keySet()), records);
  }

  private String run(String... command) throws IOException, InterruptedException {
    Path errors = folder.resolve("errors.txt");
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), () -> String.join(" ", command) + ": " + read(errors));
    return out;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  private static Map<String, String> counts(JoinedText text) {
    Map<String, String> counts = new TreeMap<>();
    text.rows.forEach(
        (key, r) -> {
          counts.put(
              key,
              "ac=%d an=%d missing=%d ref=%d het=%d hom=%d hap=%d+%d p=%s"
                  .formatted(
                      r.ac(),
                      r.an(),
                      r.nMissing(),
                      r.nHomRef(),
                      r.nHet(),
                      r.nHomAlt(),
                      r.nHapRef(),
                      r.nHapAlt(),
                      r.hardyWeinberg().exact()));
        });
    return counts;
  }

  @Test
  void plainFilesAreAsMergedWhereTheAbsentAreMissing() throws Exception {
    Map<String, List<String>> files = files(false, true);
    assertEquals(counts(merged(files)), counts(joined(files, AbsentGenotype.MISSING)));
  }

  /**
   * Without haploid genotypes: merge gives the absent as many alleles as the record has at most.
   */
  @Test
  void plainFilesAreAsMergedWhereTheAbsentAreReference() throws Exception {
    Map<String, List<String>> files = files(false, false);
    assertEquals(counts(merged(files, "-0")), counts(joined(files, AbsentGenotype.REFERENCE)));
  }

  @Test
  void blocksAreAsMerged() throws Exception {
    Map<String, List<String>> files = files(true, false);
    assertEquals(counts(merged(files, "-g", "-")), counts(joined(files, AbsentGenotype.MISSING)));
  }
}
