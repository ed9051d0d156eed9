package org.healthbeam.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.healthbeam.core.code.Coding;

/**
 * A made-up map of any number of codes: of every 20, ten look like SNOMED CT's, four like
 * ICD-10-CM's, four like NDC's and two like LOINC's. Seven of ten codes have one target, three have
 * two; displays have three to eight words. The same number of codes gives the same map, and every
 * code can be told from its index alone; those from the number of codes on are not in it.
 */
final class SyntheticMap {
  static final String TARGET = "https://fhir-terminology.ohdsi.org";
  private static final String[] WORDS =
      ("acute chronic recurrent primary secondary severe mild bilateral left right upper lower"
              + " anterior posterior proximal distal open closed displaced nondisplaced initial"
              + " subsequent encounter sequela fracture dislocation sprain laceration contusion"
              + " burn injury neoplasm malignant benign carcinoma adenoma lymphoma leukemia of the"
              + " femur tibia fibula humerus radius ulna pelvis skull vertebra rib shoulder elbow"
              + " wrist hand hip knee ankle foot heart lung liver kidney pancreas stomach colon"
              + " rectum brain spinal cord artery vein nerve muscle tendon skin with without due"
              + " to infection disorder disease syndrome deficiency insufficiency failure oral"
              + " tablet capsule injection solution suspension extended release hydrochloride"
              + " sodium sulfate level serum plasma blood urine mass volume presence count")
          .split(" ");

  /** Codes of one system: the indexes that are {@code first} to below {@code last} modulo 20. */
  private record CodeSystem(String uri, int first, int last) {}

  private static final CodeSystem[] SYSTEMS = {
    new CodeSystem("http://snomed.info/sct", 0, 10),
    new CodeSystem("http://hl7.org/fhir/sid/icd-10-cm", 10, 14),
    new CodeSystem("http://hl7.org/fhir/sid/ndc", 14, 18),
    new CodeSystem("http://loinc.org", 18, 20)
  };

  /** What was written: rows, and the bytes of all strings in them, as they are and deflated. */
  record Size(long rows, long stringBytes, long deflatedBytes) {}

  private final long codes;

  SyntheticMap(long codes) {
    this.codes = codes;
  }

  /** Returns the code of this index, with its system. */
  static Coding code(long index) {
    int of20 = (int) (index % 20);
    int s = of20 < 10 ? 0 : of20 < 14 ? 1 : of20 < 18 ? 2 : 3;
    CodeSystem system = SYSTEMS[s];
    long k = index / 20 * (system.last() - system.first()) + of20 - system.first();
    return Coding.of(
        system.uri(),
        switch (s) {
          case 0 -> Long.toString(100_000_000 + k * 48_271 % 900_000_000);
          case 1 -> icd10(k * 7_368_787 % (26L * 100 * 10 * 34 * 34 * 3));
          case 2 -> ndc(k * 7_368_787 % 100_000_000_000L);
          default -> loinc(1_000_000 + k * 48_271 % 9_000_000);
        });
  }

  private static String icd10(long n) {
    StringBuilder code = new StringBuilder(8);
    code.append((char) ('A' + n % 26));
    long rest = n / 26;
    digits(rest % 100, 2, code);
    rest /= 100;
    code.append('.').append(rest % 10);
    rest /= 10;
    code.append(letterOrDigit(rest % 34));
    rest /= 34;
    code.append(letterOrDigit(rest % 34));
    return code.append("ADS".charAt((int) (rest / 34 % 3))).toString();
  }

  private static char letterOrDigit(long n) {
    return "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ".charAt((int) n);
  }

  private static String ndc(long n) {
    StringBuilder code = new StringBuilder(13);
    digits(n / 1_000_000, 5, code);
    digits(n / 100 % 10_000, 4, code.append('-'));
    digits(n % 100, 2, code.append('-'));
    return code.toString();
  }

  private static String loinc(long n) {
    return n + "-" + n * 7 % 10;
  }

  private static void digits(long n, int width, StringBuilder out) {
    String text = Long.toString(n);
    out.append("0".repeat(width - text.length())).append(text);
  }

  /** Returns how many targets the code of this index has. */
  static int targets(long index) {
    return mixed(index) % 10 < 7 ? 1 : 2;
  }

  static String target(long index, int n) {
    return Long.toString(35_000_000 + index * 2 + n);
  }

  static String display(long index, int n) {
    long chance = mixed(index * 2 + n + 1);
    StringBuilder display = new StringBuilder(64);
    int words = 3 + (int) (chance % 6);
    for (int i = 0; i < words; i++) {
      chance = mixed(chance + i);
      // Squared, so that some words are much more frequent than others.
      double place = (chance % 10_000) / 10_000.0;
      display.append(i == 0 ? "" : " ").append(WORDS[(int) (place * place * WORDS.length)]);
    }
    return display.toString();
  }

  /** The finalizer of SplitMix64, without the sign. */
  private static long mixed(long n) {
    long z = n + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return (z ^ (z >>> 31)) >>> 1;
  }

  /** Writes the map as a table, row by row. */
  Size write(Path file) throws IOException {
    Counting deflated = new Counting();
    Counting plain = new Counting();
    long rows = 0;
    // The strings as one text, as gzip would see them.
    try (BufferedWriter out = Files.newBufferedWriter(file);
        Writer strings = text(new DeflaterOutputStream(deflated, new Deflater(6), 1 << 16));
        Writer counted = text(plain)) {
      out.write("source_system\tsource_code\ttarget_system\ttarget_code\ttarget_display");
      out.write("\trelationship\n");
      for (long i = 0; i < codes; i++) {
        Coding source = code(i);
        int targets = targets(i);
        for (int n = 0; n < targets; n++) {
          String target = target(i, n);
          String display = display(i, n);
          out.write(
              source.system()
                  + '\t'
                  + source.code()
                  + '\t'
                  + TARGET
                  + '\t'
                  + target
                  + '\t'
                  + display
                  + (targets == 1 ? "\tequivalent\n" : "\trelated-to\n"));
          String text = (n == 0 ? source.code() + '\n' : "") + target + '\n' + display + '\n';
          strings.write(text);
          counted.write(text);
          rows++;
        }
      }
    }
    return new Size(rows, plain.n, deflated.n);
  }

  private static Writer text(OutputStream out) {
    return new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 16);
  }

  private static final class Counting extends OutputStream {
    private long n;

    @Override
    public void write(int b) {
      n++;
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      n += length;
    }
  }
}
