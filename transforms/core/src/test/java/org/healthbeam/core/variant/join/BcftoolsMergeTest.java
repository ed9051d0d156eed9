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
import org.healthbeam.core.variant.FailedGenotypes;
import org.healthbeam.core.variant.SampleSummary;
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
      ##FORMAT=<ID=MIN_DP,Number=1,Type=Integer,Description="Least depth">
      ##FORMAT=<ID=FT,Number=1,Type=String,Description="Filter">
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
            "1 %d . %s 50 PASS . GT:DP:GQ:FT %s:%d:%d:%s"
                .formatted(
                    pos,
                    site(pos),
                    genotype,
                    random.nextInt(50),
                    random.nextInt(99),
                    List.of("PASS", "PASS", ".", "q10").get(random.nextInt(4))));
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
    return "1 %d . %s <NON_REF> . PASS END=%d GT:DP:MIN_DP:GQ %s:%d:%d:%d"
        .formatted(
            from,
            bases(from, 1),
            to,
            random.nextInt(5) == 0 ? "./." : "0/0",
            20 + random.nextInt(50),
            random.nextInt(20),
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
    List<String> records = new ArrayList<>();
    for (String line : merge(files, options).split("\n")) {
      if (!line.startsWith("#")) {
        records.add(leastDepth(line));
      }
    }
    return JoinedText.scan(List.copyOf(files.keySet()), records);
  }

  private String merge(Map<String, List<String>> files, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bcftools", "merge", "-m", "all"));
    command.addAll(Arrays.asList(options));
    for (Map.Entry<String, List<String>> file : files.entrySet()) {
      Path plain = write(file.getKey(), file.getValue());
      Path packed = folder.resolve(file.getKey() + ".vcf.gz");
      run("bcftools", "view", "-Oz", "-o", packed.toString(), plain.toString());
      run("bcftools", "index", "-f", packed.toString());
      command.add(packed.toString());
    }
    return run(command.toArray(new String[0]));
  }

  private Path write(String sample, List<String> records) throws IOException {
    return Files.writeString(
        folder.resolve(sample + ".vcf"),
        HEADER
            + "#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t"
            + sample
            + "\n"
            + String.join("\n", records).replace(' ', '\t')
            + "\n");
  }

  /** Puts the MIN_DP of a sample, which merge carries along, in the place of its DP. */
  private static String leastDepth(String record) {
    String[] columns = record.split("\t");
    List<String> keys = List.of(columns[8].split(":"));
    int least = keys.indexOf("MIN_DP");
    for (int c = 9; least >= 0 && c < columns.length; c++) {
      String[] fields = columns[c].split(":");
      if (fields.length > least && !fields[least].equals(".")) {
        fields[keys.indexOf("DP")] = fields[least];
        columns[c] = String.join(":", fields);
      }
    }
    return String.join("\t", columns);
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
              "ac=%d an=%d missing=%d ref=%d het=%d hom=%d hap=%d+%d p=%s dp=%d/%s/%s/%s gq=%s"
                  .formatted(
                      r.ac(),
                      r.an(),
                      r.nMissing(),
                      r.nHomRef(),
                      r.nHet(),
                      r.nHomAlt(),
                      r.nHapRef(),
                      r.nHapAlt(),
                      r.hardyWeinberg().exact(),
                      r.depth().n(),
                      r.depth().mean(1),
                      r.depth().min(1),
                      r.depth().max(1),
                      r.quality().mean(1)));
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

  /** Each file filtered by bcftools first. */
  @Test
  void genotypesThatFailedAreAsBcftoolsFiltersThem() throws Exception {
    Map<String, List<String>> files = files(false, false);
    Map<String, List<String>> filtered = new TreeMap<>();
    for (Map.Entry<String, List<String>> file : files.entrySet()) {
      Path plain = write(file.getKey(), file.getValue());
      String failed = "FMT/FT!=\"PASS\" && FMT/FT!=\".\"";
      List<String> left = new ArrayList<>();
      for (String line :
          run("bcftools", "filter", "-S", ".", "-e", failed, plain + "").split("\n")) {
        if (!line.startsWith("#")) {
          left.add(line);
        }
      }
      filtered.put(file.getKey(), left);
    }
    JoinedText joined = JoinedText.files().failed(FailedGenotypes.MISSING).width(1000);
    files.forEach((sample, records) -> joined.file(sample, records.toArray(new String[0])));
    assertEquals(counts(merged(filtered)), counts(joined.join()));
  }

  /** By sample: SNPs only, which is what these columns of bcftools count. */
  @Test
  void samplesAreAsBcftoolsStatsCountsThemMerged() throws Exception {
    Map<String, List<String>> files = files(false, false);
    files
        .values()
        .forEach(
            records ->
                records.removeIf(
                    r -> {
                      String[] columns = r.split(" ");
                      return columns[3].length() + columns[4].length() > 2;
                    }));
    Path merged = folder.resolve("merged.vcf");
    merge(files, "-o", merged.toString());
    Map<String, String> theirs = new TreeMap<>();
    for (String line : run("bcftools", "stats", "-s", "-", merged.toString()).split("\n")) {
      String[] cells = line.split("\t");
      if (cells[0].equals("PSC")) {
        theirs.put(
            cells[2],
            "ref=%s hom=%s het=%s missing=%s".formatted(cells[3], cells[4], cells[5], cells[13]));
      }
    }
    Map<String, String> ours = new TreeMap<>();
    for (SampleSummary s : joined(files, AbsentGenotype.MISSING).cohort.samples().summaries()) {
      ours.put(
          s.sample(),
          "ref=%d hom=%d het=%d missing=%d"
              .formatted(s.nHomRef(), s.nHomAlt(), s.nHet(), s.nMissing()));
    }
    assertEquals(12, theirs.size());
    assertEquals(theirs, ours);
  }
}
