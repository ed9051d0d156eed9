package org.healthbeam.io.tabix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import htsjdk.tribble.index.Block;
import htsjdk.tribble.index.tabix.TabixFormat;
import htsjdk.variant.vcf.VCFCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.healthbeam.io.bgzf.BgzfFile;
import org.healthbeam.io.bgzf.BgzfInputStream;
import org.healthbeam.io.bgzf.BgzfOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TabixIndexTest {
  @TempDir private Path folder;

  /** A file of records over three contigs, some of them long, in blocks of odd sizes. */
  private Path vcf() throws IOException {
    StringBuilder text = new StringBuilder("##fileformat=VCFv4.2\n");
    text.append("##INFO=<ID=END,Number=1,Type=Integer,Description=\"End\">\n");
    text.append("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n");
    Random random = new Random(4);
    for (String contig : List.of("1", "2", "X")) {
      int pos = 1;
      for (int i = 0; i < 700; i++) {
        pos += random.nextInt(9000);
        boolean block = random.nextInt(40) == 0;
        text.append(contig).append('\t').append(pos).append("\t.\tA\t");
        text.append(block ? "<NON_REF>" : "C").append("\t.\t.\t");
        text.append(block ? "END=" + (pos + random.nextInt(200_000)) : ".").append('\n');
      }
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    return Files.write(
        folder.resolve("a.vcf.gz"), new BgzfFile().blocks(bytes, 777, 6).end().bytes());
  }

  /** The lines of the chunks that overlap the region. */
  private static List<String> query(byte[] file, TabixIndex index, String contig, int from, int to)
      throws IOException {
    List<String> lines = new ArrayList<>();
    for (Chunk chunk : Chunk.merge(index.chunks(contig, from, to))) {
      int address = (int) (chunk.begin() >>> 16);
      BgzfInputStream in =
          new BgzfInputStream(new ByteArrayInputStream(file, address, file.length), address);
      in.skipNBytes(chunk.begin() & 0xffff);
      StringBuilder line = new StringBuilder();
      while (in.virtualOffset() < chunk.end()) {
        int b = in.read();
        if (b == '\n') {
          lines.add(line.toString());
          line.setLength(0);
        } else {
          line.append((char) b);
        }
      }
      assertEquals(0, line.length(), "a chunk ends with a line");
    }
    return lines.stream().filter(line -> overlaps(line, contig, from, to)).toList();
  }

  private static boolean overlaps(String line, String contig, int from, int to) {
    String[] columns = line.split("\t");
    int pos = Integer.parseInt(columns[1]);
    int end = columns[7].startsWith("END=") ? Integer.parseInt(columns[7].substring(4)) : pos;
    return columns[0].equals(contig) && pos <= to && end > from;
  }

  private static List<String> all(byte[] file) throws IOException {
    try (BgzfInputStream in = new BgzfInputStream(new ByteArrayInputStream(file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    }
  }

  private static void assertFindsAll(byte[] file, TabixIndex index) throws IOException {
    assertEquals(List.of("1", "2", "X"), List.copyOf(index.sequences()));
    List<String> all = all(file);
    Random random = new Random(5);
    for (int i = 0; i < 400; i++) {
      String contig = List.of("1", "2", "X").get(random.nextInt(3));
      int from = random.nextInt(3_300_000);
      int to = from + 1 + random.nextInt(random.nextBoolean() ? 100_000 : 100);
      assertEquals(
          all.stream().filter(line -> overlaps(line, contig, from, to)).toList(),
          query(file, index, contig, from, to));
    }
    assertEquals(List.of(), index.chunks("Y", 0, 1000));
    assertEquals(all.size() / 3, query(file, index, "2", 0, Integer.MAX_VALUE).size());
  }

  @Test
  void theChunksOfHtsjdksIndexAreFound() throws IOException {
    Path vcf = vcf();
    Path tbi = folder.resolve("a.vcf.gz.tbi");
    htsjdk.tribble.index.IndexFactory.createTabixIndex(vcf, new VCFCodec(), TabixFormat.VCF, null)
        .write(tbi);
    TabixIndex ours = TabixIndex.read(Files.newInputStream(tbi));
    assertFindsAll(Files.readAllBytes(vcf), ours);
    htsjdk.tribble.index.tabix.TabixIndex theirs = new htsjdk.tribble.index.tabix.TabixIndex(tbi);
    Random random = new Random(6);
    for (int i = 0; i < 300; i++) {
      int start = 1 + random.nextInt(3_200_000);
      int end = start + random.nextInt(50_000);
      List<Block> blocks = theirs.getBlocks("X", start, end);
      long ourBytes =
          Chunk.merge(ours.chunks("X", start - 1, end)).stream()
              .mapToLong(chunk -> (chunk.end() >>> 16) - (chunk.begin() >>> 16))
              .sum();
      // Theirs ends where the last block of a chunk ends, ours where it begins.
      long theirBytes =
          blocks.stream()
              .mapToLong(b -> (b.getEndPosition() >>> 16) - (b.getStartPosition() >>> 16))
              .sum();
      assertTrue(ourBytes <= theirBytes, start + " to " + end);
    }
  }

  /** Whatever a few changed bytes say, it is an index or an {@link IOException}. */
  @Test
  void aBrokenIndexIsNoIndexAndNoOtherError() throws IOException {
    Path tbi = folder.resolve("broken.tbi");
    htsjdk.tribble.index.IndexFactory.createTabixIndex(vcf(), new VCFCodec(), TabixFormat.VCF, null)
        .write(tbi);
    byte[] whole;
    try (BgzfInputStream in = new BgzfInputStream(Files.newInputStream(tbi))) {
      whole = in.readAllBytes();
    }
    Random random = new Random(7);
    int refused = 0;
    for (int i = 0; i < 400; i++) {
      byte[] broken = whole.clone();
      // The numbers in front: how many sequences, and how long their names are.
      broken[4 + random.nextInt(32)] = (byte) random.nextInt(256);
      ByteArrayOutputStream stored = new ByteArrayOutputStream();
      try (OutputStream out = BgzfOutputStream.ofPart(stored)) {
        out.write(broken);
      }
      try {
        TabixIndex.read(new ByteArrayInputStream(stored.toByteArray()));
      } catch (IOException e) {
        refused++;
      }
    }
    assertTrue(refused > 50, refused + " refused");
  }

  @Test
  void theChunksOfBcftoolsIndicesAreFound() throws Exception {
    Path vcf = vcf();
    for (String kind : List.of("--tbi", "--csi", "--min-shift=12")) {
      Path index = folder.resolve("index" + kind);
      Process process;
      try {
        process =
            new ProcessBuilder(
                    "bcftools", "index", kind, "-f", "-o", index.toString(), vcf.toString())
                .redirectErrorStream(true)
                .start();
      } catch (IOException e) {
        Assumptions.assumeTrue(System.getenv("CI") != null, "bcftools is not installed");
        throw e;
      }
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, process.waitFor(), said);
      assertFindsAll(Files.readAllBytes(vcf), TabixIndex.read(Files.newInputStream(index)));
    }
  }

  @Test
  void whatIsNoIndexIsRefused() throws IOException {
    byte[] vcf = Files.readAllBytes(vcf());
    assertThrows(IOException.class, () -> TabixIndex.read(new ByteArrayInputStream(vcf)));
    byte[] cut = new BgzfFile().block(new byte[] {'T', 'B', 'I', 1, 9, 0, 0, 0}, 6).bytes();
    assertThrows(IOException.class, () -> TabixIndex.read(new ByteArrayInputStream(cut)));
    assertThrows(
        IOException.class,
        () -> TabixIndex.read(new ByteArrayInputStream(Arrays.copyOf(cut, cut.length - 9))));
  }
}
