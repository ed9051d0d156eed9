package org.healthbeam.io.vcf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.healthbeam.core.variant.VcfBlock;
import org.healthbeam.core.variant.VcfHeader;
import org.healthbeam.io.bgzf.BgzfFile;
import org.healthbeam.io.bgzf.BlockInflater;
import org.healthbeam.io.text.SniffedFile.Compression;
import org.junit.jupiter.api.Test;

/** The parts of a file give what the file gives as a whole, wherever it is cut. */
class PartLinesTest {
  private static final VcfHeader HEADER = VcfHeader.of(2, List.of("Ann"));

  /** Further back than any block of these files is long, as the real one is of real files. */
  private static final int LOOK_BACK = 400;

  private static final int LINE_LIMIT = 5000;

  /** What was read: lines as {@code number text}, and what is said of the file. */
  private record Read(List<String> lines, long damages, long firstDamage, String said) {}

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Read read(byte[] file, Compression compression, int... cuts) throws IOException {
    return read(file, compression, 64, LOOK_BACK, cuts);
  }

  private static Read read(
      byte[] file, Compression compression, int blockBytes, int lookBack, int... cuts)
      throws IOException {
    List<String> lines = new ArrayList<>();
    List<String> said = new ArrayList<>();
    long before = 0;
    long damages = 0;
    long firstDamage = 0;
    FilePart.Cut from = new FilePart.Cut(0, 0);
    for (int i = 0; i <= cuts.length; i++) {
      FilePart.Cut to = i == cuts.length ? FilePart.Cut.END_OF_FILE : FilePart.Cut.near(cuts[i]);
      PartHeader header = PartHeader.ofPart(HEADER);
      FilePart part = new FilePart("f", compression, header, i, cuts.length + 1, 1, from, to);
      List<VcfBlock> blocks = new ArrayList<>();
      PartReport report;
      try (BlockInflater inflater = BlockInflater.ofPlatform()) {
        report =
            new PartLines(
                    part,
                    HEADER,
                    blockBytes,
                    LINE_LIMIT,
                    lookBack,
                    inflater,
                    null,
                    block -> {
                      blocks.add(block.copy());
                      return block.lineCount();
                    })
                .read(at -> new ByteArrayInputStream(file, (int) at, file.length));
      }
      for (VcfBlock block : blocks) {
        addLines(block, before, lines);
      }
      VcfBlock last = blocks.get(blocks.size() - 1);
      assertEquals(0, last.bytes().length);
      assertEquals(cuts.length > 0 ? report.lines() : -1, last.part().lines());
      if (damages == 0 && report.damages() > 0) {
        firstDamage = before + report.firstDamage();
      }
      damages += report.damages();
      if (!report.reason().isEmpty() || !report.remark().isEmpty()) {
        said.add(report.reason() + report.remark());
      }
      before += report.lines();
      from = to;
    }
    return new Read(lines, damages, firstDamage, said.isEmpty() ? "" : said.get(0));
  }

  private static void addLines(VcfBlock block, long before, List<String> lines) {
    String text = new String(block.bytes(), StandardCharsets.ISO_8859_1);
    long line = before + block.firstLine();
    int from = 0;
    while (from < text.length()) {
      int to = text.indexOf('\n', from);
      int end = to < 0 ? text.length() : to;
      lines.add(line++ + " " + text.substring(from, end));
      from = end + 1;
    }
  }

  private static List<String> numbered(String text) {
    List<String> lines = text.lines().toList();
    return IntStream.range(0, lines.size()).mapToObj(i -> i + 1 + " " + lines.get(i)).toList();
  }

  private static String text(int lines, boolean lastLineFeed) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      text.append("line ").append(i).append("-".repeat(i * 7 % 23));
      text.append(i == lines - 1 && !lastLineFeed ? "" : "\n");
    }
    return text.toString();
  }

  /** Cuts the file in two at each byte. */
  private static void assertAnyCutGivesTheSame(byte[] file, Compression compression, Read whole)
      throws IOException {
    for (int cut = 1; cut < file.length; cut++) {
      assertEquals(whole, read(file, compression, cut), "cut at " + cut);
    }
  }

  @Test
  void plainTextMayBeCutAtAnyByte() throws IOException {
    for (boolean lastLineFeed : List.of(true, false)) {
      String text = text(20, lastLineFeed);
      Read whole = read(utf8(text), Compression.PLAIN);
      assertEquals(new Read(numbered(text), 0, 0, ""), whole);
      assertAnyCutGivesTheSame(utf8(text), Compression.PLAIN, whole);
    }
  }

  @Test
  void bgzfMayBeCutAtAnyByteWhateverTheBlocks() throws IOException {
    for (boolean lastLineFeed : List.of(true, false)) {
      String text = text(20, lastLineFeed);
      // At 5 bytes a block every line lies over three blocks or more; at 1000 there is one.
      for (int size : new int[] {5, 16, 100, 1000}) {
        for (int level : new int[] {0, 6}) {
          byte[] file = new BgzfFile().blocks(utf8(text), size, level).end().bytes();
          Read whole = read(file, Compression.BGZF);
          assertEquals(new Read(numbered(text), 0, 0, ""), whole);
          assertAnyCutGivesTheSame(file, Compression.BGZF, whole);
        }
      }
    }
  }

  @Test
  void blocksThatEndWithALineAndEmptyOnesLoseAndDoubleNothing() throws IOException {
    BgzfFile made = new BgzfFile().end().end();
    StringBuilder text = new StringBuilder();
    for (String line : text(12, true).split("(?<=\n)")) {
      made.block(line).end();
      text.append(line);
      made.block("long ").end().end().block("").block("long\n");
      text.append("long long\n");
    }
    byte[] file = made.end().end().bytes();
    Read whole = read(file, Compression.BGZF);
    assertEquals(new Read(numbered(text.toString()), 0, 0, ""), whole);
    assertAnyCutGivesTheSame(file, Compression.BGZF, whole);
  }

  @Property(tries = 300)
  void manyCutsGiveTheSame(
      @ForAll @Size(max = 40) List<@IntRange(max = 90) Integer> lengths,
      @ForAll @Size(max = 8) List<@IntRange(min = 1, max = 3000) Integer> cuts,
      @ForAll @IntRange(min = 1, max = 200) int blockBytes,
      @ForAll boolean lastLineFeed,
      @ForAll boolean plain,
      @ForAll Random random)
      throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lengths.size(); i++) {
      text.append("x".repeat(lengths.get(i)));
      text.append(i == lengths.size() - 1 && !lastLineFeed ? "" : "\n");
    }
    byte[] bytes = utf8(text.toString());
    BgzfFile made = new BgzfFile();
    for (int at = 0; at < bytes.length; ) {
      int next = Math.min(bytes.length, at + random.nextInt(120));
      made.block(Arrays.copyOfRange(bytes, at, next), random.nextInt(10));
      at = next;
    }
    byte[] file = plain ? bytes : made.end().bytes();
    int[] places = cuts.stream().filter(c -> c < file.length).sorted().mapToInt(c -> c).toArray();
    Compression compression = plain ? Compression.PLAIN : Compression.BGZF;
    assertEquals(
        new Read(numbered(text.toString()), 0, 0, ""),
        read(file, compression, blockBytes, LOOK_BACK, places));
  }

  @Test
  void aBgzfFilePackedIntoAnotherIsNotTakenApart() throws IOException {
    BgzfFile inner = new BgzfFile();
    for (String line : text(30, true).split("(?<=\n)")) {
      inner.block(line);
    }
    byte[] packed = inner.end().bytes();
    byte[] file = new BgzfFile().blocks(packed, 300, 0).end().bytes();
    Read whole = read(file, Compression.BGZF);
    assertTrue(whole.lines().size() > 2);
    assertAnyCutGivesTheSame(file, Compression.BGZF, whole);
  }

  @Test
  void aDamagedBlockCostsTheLinesInItAndNoOthersWhereverTheFileIsCut() throws IOException {
    String text = text(20, true);
    BgzfFile made = new BgzfFile().blocks(utf8(text), 50, 6).end();
    // The magic, the length, the data, CRC-32 and the length of the data.
    for (int place : new int[] {0, 3, 16, 18, 25, -8, -4}) {
      for (int block = 0; block < made.starts().size() - 1; block++) {
        byte[] file = made.bytes();
        file[made.starts().get(place < 0 ? block + 1 : block) + place] ^= 1;
        Read whole = read(file, Compression.BGZF);
        assertEquals(linesWithout(text, 50 * block, 50 * block + 50), texts(whole));
        assertEquals(1, whole.damages());
        assertEquals(
            text.substring(0, 50 * block).lines().count()
                + (block == 0 || text.charAt(50 * block - 1) == '\n' ? 1 : 0),
            whole.firstDamage());
        assertEquals("malformed", whole.said());
        assertAnyCutGivesTheSame(file, Compression.BGZF, whole);
      }
    }
  }

  /** The lines of which no byte, nor the line feed before, lies between these places. */
  private static List<String> linesWithout(String text, int from, int to) {
    List<String> lines = new ArrayList<>();
    int at = 0;
    for (String line : text.split("(?<=\n)")) {
      boolean touched = at == 0 ? from == 0 : at - 1 < to && at + line.length() > from;
      if (!touched) {
        lines.add(line.strip());
      }
      at += line.length();
    }
    return lines;
  }

  private static List<String> texts(Read read) {
    return read.lines().stream().map(l -> l.substring(l.indexOf(' ') + 1)).toList();
  }

  @Test
  void severalDamagesAreSeveralPlacesWhereverTheFileIsCut() throws IOException {
    BgzfFile made = new BgzfFile().blocks(utf8(text(40, true)), 40, 6).end();
    byte[] file = made.bytes();
    for (int block : new int[] {2, 3, 7, 12}) {
      file[made.starts().get(block) + 20] ^= 1;
    }
    Read whole = read(file, Compression.BGZF);
    assertEquals(4, whole.damages());
    assertAnyCutGivesTheSame(file, Compression.BGZF, whole);
  }

  @Test
  void ofAFileThatIsCutOffTheWholeLinesAreReadWhereverItIsCut() throws IOException {
    String text = text(12, true);
    BgzfFile made = new BgzfFile().blocks(utf8(text), 50, 6).end();
    for (int length = 1; length < made.bytes().length; length++) {
      byte[] file = Arrays.copyOf(made.bytes(), length);
      Read whole = read(file, Compression.BGZF);
      int blocks = Collections.binarySearch(made.starts(), length);
      int wholeBlocks = blocks >= 0 ? blocks : -blocks - 2;
      String left = text.substring(0, Math.min(text.length(), 50 * wholeBlocks));
      String lines = left.substring(0, left.lastIndexOf('\n') + 1);
      assertEquals(lines.lines().toList(), texts(whole));
      boolean clean = blocks >= 0 && left.equals(lines);
      assertEquals(clean ? "no-end-marker" : "truncated", whole.said(), "" + length);
      assertEquals(clean ? 0 : lines.lines().count() + 1, whole.firstDamage());
      if (length % 3 == 0 || blocks >= 0) {
        assertAnyCutGivesTheSame(file, Compression.BGZF, whole);
      }
    }
  }

  @Test
  void aLineThatIsTooLongIsLeftOutAndCounted() throws IOException {
    String text = "a\nb\n" + "x".repeat(LINE_LIMIT + 3000) + "\nc\n";
    byte[] file = new BgzfFile().blocks(utf8(text), 500, 6).end().bytes();
    Read whole = read(file, Compression.BGZF);
    assertEquals(List.of("1 a", "2 b", "4 c"), whole.lines());
    assertEquals("too-large", whole.said());
    assertEquals(3, whole.firstDamage());
    assertAnyCutGivesTheSame(file, Compression.BGZF, whole);
  }

  @Test
  void gzipIsReadInOnePiece() throws IOException {
    String text = text(500, false);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(utf8(text));
    }
    byte[] file = out.toByteArray();
    assertEquals(
        new Read(numbered(text), 0, 0, PartLines.ONE_WORKER), read(file, Compression.GZIP));
    Read cut = read(Arrays.copyOf(file, file.length / 2), Compression.GZIP);
    assertEquals("truncated" + PartLines.ONE_WORKER, cut.said());
    assertEquals(numbered(text).subList(0, cut.lines().size()), cut.lines());
    assertEquals(cut.lines().size() + 1, cut.firstDamage());
  }

  @Test
  void lineFeedsAreCountedInAnyBytes() {
    Random random = new Random(3);
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      for (int k = 0; k < bytes.length; k++) {
        bytes[k] = random.nextInt(3) == 0 ? (byte) (9 + random.nextInt(3)) : bytes[k];
      }
      int from = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
      long expected = IntStream.range(from, bytes.length).filter(k -> bytes[k] == '\n').count();
      assertEquals(expected, LineFeeds.count(bytes, from, bytes.length));
    }
  }
}
