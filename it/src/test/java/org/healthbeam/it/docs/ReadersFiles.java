package org.healthbeam.it.docs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What the pages take a reader to have: files of their own, here of the samples or of a few lines.
 */
final class ReadersFiles {
  private static final int FIVE_MINUTES = 120;
  private static final String VCF =
      "##fileformat=VCFv4.3\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO";
  private static final String ORU =
      """
      MSH|^~\\&|MON|ICU|EHR|H|21100101000500+0000||ORU^R01^ORU_R01|%d|P|2.5.1
      PID|1||bed-%d^^^H^MR
      OBR|1||F1||||20260302000005
      OBX|1|NM|HF^Herzfrequenz^99WARD||72|/min^^UCUM|||||F
      OBX|2|NM|8310-5^Temperature^LN||37.1|Cel^^UCUM|||||F
      """;

  private final Path folder;
  private final Path samples;

  private ReadersFiles(Path folder) {
    this.folder = folder;
    this.samples = folder.resolve("samples/data");
  }

  /** Puts into a folder what a page names, if it names any. */
  static void put(String page, Path folder) throws IOException {
    ReadersFiles files = new ReadersFiles(folder);
    switch (page) {
      case "README.md" -> files.ofReadme();
      case "docs/map-codes.md" -> files.ofCodes();
      case "docs/monitor-vitals.md" -> files.ofVitals();
      case "docs/summarize-variants.md" -> files.ofVariants();
      case "docs/extending.md" -> files.text("lab.txt", "NA|Sodium|2951-2\nK|Potassium|2823-3\n");
      case "docs/running.md" -> {
        files.copy("variants/cohort.vcf.gz", "cohort.vcf.gz");
        files.text("cohort.yaml", "input: cohort.vcf.gz\nfilters: [pass]\n");
      }
      default -> {
        // It uses the samples, or nothing.
      }
    }
  }

  private void ofReadme() throws IOException {
    copy("fhir/Condition.ndjson.gz", "export/Condition.ndjson.gz");
    maps("maps");
    text("vitals.csv", lines("vitals/ward.csv.gz", l -> true, 2000));
    copy("variants/cohort.vcf.gz", "cohort.vcf.gz");
  }

  private void ofCodes() throws IOException {
    copy("tables/claims.csv", "claims.csv");
    copy("fhir/Condition.ndjson.gz", "in/Condition.ndjson.gz");
    for (String name : List.of("maps", "newer-maps", "maps-2026-01", "maps-2026-02")) {
      maps(name);
    }
  }

  private void ofVitals() throws IOException {
    gzip("ward.csv.gz", lines("vitals/ward.csv.gz", l -> true, FIVE_MINUTES));
    gzip(
        "clif_vitals.csv.gz",
        """
        hospitalization_id,recorded_dttm,vital_category,vital_value
        20010012,2134-03-01 10:15:00+00:00,heart_rate,82
        20010012,2134-03-01 10:15:00+00:00,temp_c,36.9
        """);
    for (int bed = 1; bed <= 2; bed++) {
      text("oru/%d.hl7".formatted(bed), ORU.formatted(bed, bed).replace('\n', '\r'));
    }
    text(
        "ward-to-loinc.tsv",
        "source_system\tsource_code\ttarget_system\ttarget_code\trelationship\n"
            + "99WARD\tHF\thttp://loinc.org\t8867-4\tequivalent\n");
  }

  private void ofVariants() throws IOException {
    copy("variants/cohort.vcf.gz", "cohort.vcf.gz");
    for (String contig : List.of("chr20", "chr21")) {
      gzip(
          contig + ".vcf.gz",
          lines(
              "variants/cohort.vcf.gz",
              l -> l.startsWith("#") || l.startsWith(contig + "\t"),
              Integer.MAX_VALUE));
    }
    copy("variants/genes.bed", "genes.bed");
    copy("variants/populations.tsv", "samples.panel");
    gzip(
        "genes.gtf.gz",
        "chr20\tours\tgene\t4686236\t4701588\t.\t+\t.\tgene_id \"G1\"; gene_name \"PRNP\";\n");
    gzip("dbsnp.vcf.gz", VCF + "\nchr20\t4690000\trs1\tA\tG\t.\t.\t.\n");
    for (String sample : List.of("a", "b")) {
      gzip(
          "samples/%s.g.vcf.gz".formatted(sample),
          VCF
              + "\tFORMAT\t"
              + sample
              + "\n20\t1000\t.\tA\tG,<NON_REF>\t50\t.\t.\tGT:DP:GQ\t0/1:20:99\n"
              + "20\t1001\t.\tC\t<NON_REF>\t.\t.\tEND=1100\tGT:DP:GQ:MIN_DP\t0/0:30:80:25\n");
    }
  }

  private void maps(String name) throws IOException {
    try (Stream<Path> maps = Files.list(samples.resolve("maps"))) {
      for (Path map : maps.toList()) {
        copy("maps/" + map.getFileName(), name + "/" + map.getFileName());
      }
    }
  }

  private void copy(String sample, String name) throws IOException {
    Files.copy(samples.resolve(sample), file(name));
  }

  private String lines(String sample, Predicate<String> kept, int count) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(samples.resolve(sample))),
                StandardCharsets.ISO_8859_1))) {
      return reader.lines().filter(kept).limit(count).collect(Collectors.joining("\n", "", "\n"));
    }
  }

  private void text(String name, String text) throws IOException {
    Files.writeString(file(name), text, StandardCharsets.ISO_8859_1);
  }

  private void gzip(String name, String text) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file(name)))) {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  private Path file(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return file;
  }
}
