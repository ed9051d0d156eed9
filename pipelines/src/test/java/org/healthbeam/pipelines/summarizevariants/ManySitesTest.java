package org.healthbeam.pipelines.summarizevariants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Memory does not grow with the sites: a heap smaller than the table that is written will do. */
@Tag("slow")
class ManySitesTest {
  private static final int SITES = 700_000;
  private static final int HEAP_MIB = 64;

  @TempDir private Path folder;

  @Test
  @Timeout(300)
  void aTableLargerThanTheHeapIsWritten() throws Exception {
    Path log = folder.resolve("log");
    Process run =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP_MIB + "m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                SummarizeVariantsPipeline.class.getName(),
                "--input=" + sites(),
                "--output=" + folder.resolve("out"),
                "--regions=100kb")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertTrue(run.waitFor(240, TimeUnit.SECONDS), "it ends");
    } finally {
      run.destroyForcibly();
    }
    assertEquals(0, run.exitValue(), () -> text(log));
    Path table = folder.resolve("out/variants.tsv");
    assertTrue(Files.size(table) > (long) HEAP_MIB << 20, "the table is larger than the heap");
    try (Stream<String> rows = Files.lines(table)) {
      assertEquals(SITES + 1, rows.count());
    }
  }

  private Path sites() throws IOException {
    Path file = folder.resolve("sites.vcf");
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT");
      out.write("\tA\tB\tC\n");
      List<String> genotypes = List.of("0/0\t0/1\t1/1", "./.\t0|1\t0/0", "1/1\t1/1\t0/1");
      for (int i = 0; i < SITES; i++) {
        out.write("1\t%d\t.\tA\tG\t30\tPASS\t.\tGT\t".formatted(100 + 7 * i));
        out.write(genotypes.get(i % 3) + "\n");
      }
    }
    return file;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
