package org.healthbeam.io.bgzf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import htsjdk.samtools.util.BlockCompressedFilePointerUtil;
import htsjdk.samtools.util.BlockCompressedInputStream;
import htsjdk.samtools.util.BlockCompressedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BlockWalkTest {

  /** What a walk meets: the address and the data of each block, or the address of a damage. */
  private static List<String> walk(byte[] file, long from, boolean aligned) throws IOException {
    List<String> met = new ArrayList<>();
    try (BlockInflater inflater = BlockInflater.ofPlatform()) {
      BlockWalk walk =
          new BlockWalk(
              new ByteArrayInputStream(file, (int) from, file.length),
              from,
              aligned,
              Long.MAX_VALUE,
              inflater);
      for (BlockWalk.Step step = walk.next(); ; step = walk.next()) {
        String data = "";
        if (step == BlockWalk.Step.BLOCK) {
          data = new String(walk.data(), 0, walk.dataLength(), StandardCharsets.ISO_8859_1);
        }
        met.add(walk.address() + " " + step + " " + data);
        if (step == BlockWalk.Step.END) {
          assertTrue(walk.isAtEndOfFile());
          return met;
        }
      }
    }
  }

  private static BgzfFile small() {
    return new BgzfFile()
        .block("one\n")
        .end()
        .block("two".getBytes(StandardCharsets.UTF_8), 0)
        .block("three".getBytes(StandardCharsets.UTF_8), 9, new byte[] {'X', 'Y', 1, 0, 7})
        .end();
  }

  @Test
  void fromAnyByteTheBlocksBehindItAreFound() throws IOException {
    BgzfFile made = small();
    byte[] file = made.bytes();
    List<String> all = walk(file, 0, true);
    assertEquals(6, all.size());
    assertEquals("0 BLOCK one\n", all.get(0));
    assertEquals(made.starts().get(3) + " BLOCK three", all.get(3));
    for (int from = 0; from <= file.length; from++) {
      int start = from;
      long passed = made.starts().stream().filter(s -> s < start).count();
      assertEquals(all.subList((int) passed, all.size()), walk(file, from, false), "" + from);
    }
  }

  @Test
  void whatOnlyLooksLikeAHeaderIsNoBlock() throws IOException {
    byte[] header = Arrays.copyOf(new BgzfFile().block("decoy").bytes(), 18);
    byte[] whole = new BgzfFile().block("decoy").bytes();
    whole[whole.length - 8] ^= 1;
    BgzfFile made = new BgzfFile().block(header, 0).block(whole, 0).block("true").end();
    List<String> all = walk(made.bytes(), 0, true);
    for (int from = 1; from <= made.starts().get(2); from++) {
      List<String> found = walk(made.bytes(), from, false);
      assertEquals(all.subList(all.size() - found.size(), all.size()), found, "" + from);
    }
  }

  @Test
  void blocksStoredInsideBlocksAreNotTakenForTheFiles() throws IOException {
    Random random = new Random(1);
    BgzfFile packed = new BgzfFile();
    for (int i = 0; i < 60; i++) {
      byte[] text = new byte[6000];
      random.nextBytes(text);
      packed.block(text, 6);
    }
    byte[] inner = packed.end().bytes();
    BgzfFile made = new BgzfFile().blocks(inner, 65000, 0).end();
    byte[] file = made.bytes();
    for (long wanted = BlockWalk.LOOK_BACK; wanted < file.length; wanted += 997) {
      long from = wanted - BlockWalk.LOOK_BACK;
      try (BlockInflater inflater = BlockInflater.ofPlatform()) {
        BlockWalk walk =
            new BlockWalk(
                new ByteArrayInputStream(file, (int) from, file.length),
                from,
                false,
                Long.MAX_VALUE,
                inflater);
        walk.skipTo(wanted);
        BlockWalk.Step step = walk.next();
        long at = walk.address();
        assertEquals(BlockWalk.Step.BLOCK, step);
        long place = wanted;
        assertEquals(
            made.starts().stream().filter(s -> s >= place).findFirst().orElseThrow().longValue(),
            at);
      }
    }
  }

  @Test
  void behindADamageTheWalkGoesOn() throws IOException {
    BgzfFile made = small();
    int third = made.starts().get(2);
    int fourth = made.starts().get(3);
    for (int at = third; at < fourth; at++) {
      byte[] file = made.bytes();
      file[at] ^= 0x55;
      List<String> met = walk(file, 0, true);
      List<String> expected = new ArrayList<>(walk(made.bytes(), 0, true));
      // Time, flags for the compression, and the operating system mean nothing.
      if (at - third < 4 || at - third > 9) {
        expected.set(2, third + " DAMAGE ");
      }
      assertEquals(expected, met, "byte " + (at - third));
    }
  }

  @Test
  void aFileThatEndsInABlockIsCut() throws IOException {
    BgzfFile made = small();
    int fourth = made.starts().get(3);
    for (int length = fourth + 1; length < made.starts().get(4); length++) {
      List<String> met = walk(Arrays.copyOf(made.bytes(), length), 0, true);
      assertEquals(fourth + " CUT ", met.get(3), "" + length);
      assertEquals(5, met.size());
    }
    assertEquals(4, walk(Arrays.copyOf(made.bytes(), fourth), 0, true).size());
  }

  @Property(tries = 200)
  void theStreamGivesWhatHtsjdkGivesWithThePlaceOfEachByte(
      @ForAll @Size(max = 30) List<@IntRange(min = 1, max = 400) Integer> sizes,
      @ForAll Random random)
      throws IOException {
    // Htsjdk ends at a block without data, so there are none.
    BgzfFile made = new BgzfFile();
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (int size : sizes) {
      byte[] data = new byte[size];
      random.nextBytes(data);
      text.writeBytes(data);
      made.block(data, random.nextInt(10));
    }
    byte[] file = made.end().bytes();
    try (BgzfInputStream ours = new BgzfInputStream(new ByteArrayInputStream(file));
        BlockCompressedInputStream theirs =
            new BlockCompressedInputStream(new ByteArrayInputStream(file))) {
      for (byte expected : text.toByteArray()) {
        assertEquals(expected & 0xff, theirs.read());
        long before = ours.virtualOffset();
        assertEquals(expected & 0xff, ours.read());
        assertTrue(
            before < ours.virtualOffset() || (before >>> 16) < (ours.virtualOffset() >>> 16));
        assertByteAt(file, before, expected);
      }
      assertEquals(-1, ours.read());
    }
  }

  private static void assertByteAt(byte[] file, long virtualOffset, byte expected)
      throws IOException {
    int address = (int) BlockCompressedFilePointerUtil.getBlockAddress(virtualOffset);
    int skip = BlockCompressedFilePointerUtil.getBlockOffset(virtualOffset);
    try (BgzfInputStream in =
        new BgzfInputStream(new ByteArrayInputStream(file, address, file.length), address)) {
      in.skipNBytes(skip);
      assertEquals(expected & 0xff, in.read());
    }
  }

  @Test
  void theStreamReadsWhatHtsjdkWrites() throws IOException {
    byte[] text = new byte[1 << 20];
    new Random(2).nextBytes(text);
    Arrays.fill(text, 1 << 18, 1 << 19, (byte) 'x');
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream bgzf = new BlockCompressedOutputStream(out, (Path) null)) {
      bgzf.write(text);
    }
    try (BgzfInputStream in = new BgzfInputStream(new ByteArrayInputStream(out.toByteArray()))) {
      assertArrayEquals(text, in.readAllBytes());
    }
  }

  @Test
  void theStreamGivesAllBeforeADamageAndThenFails() throws IOException {
    BgzfFile made = small();
    byte[] file = made.bytes();
    file[made.starts().get(3) - 8] ^= 1;
    try (BgzfInputStream in = new BgzfInputStream(new ByteArrayInputStream(file))) {
      assertEquals("one\n", new String(in.readNBytes(4), StandardCharsets.UTF_8));
      assertThrows(ZipException.class, in::read);
      assertThrows(ZipException.class, in::read);
    }
    byte[] cut = Arrays.copyOf(made.bytes(), made.starts().get(3) + 20);
    try (BgzfInputStream in = new BgzfInputStream(new ByteArrayInputStream(cut))) {
      assertEquals("one\ntwo", new String(in.readNBytes(7), StandardCharsets.UTF_8));
      assertThrows(EOFException.class, in::read);
    }
  }
}
