package org.healthbeam.io.bgzf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The native library against the platform's zlib: the same bytes, and the same refused. */
class NativeInflaterTest {

  @BeforeAll
  static void isHere() {
    Assumptions.assumeTrue(
        NativeInflater.isHere(), "no native inflater for this system and processor");
  }

  private static byte[] text(Random random, int size) {
    StringBuilder text = new StringBuilder();
    while (text.length() < size) {
      text.append(random.nextInt(4) == 0 ? "0/1:" + random.nextInt(60) : "0|0").append('\t');
    }
    return text.substring(0, size).getBytes(StandardCharsets.UTF_8);
  }

  /** Deflates, with or without the mark of the end. */
  private static byte[] deflate(byte[] data, int level, int strategy, boolean ended) {
    Deflater deflater = new Deflater(level, true);
    deflater.setStrategy(strategy);
    deflater.setInput(data);
    byte[] out = new byte[data.length * 2 + 100];
    int n = 0;
    if (ended) {
      deflater.finish();
      while (!deflater.finished()) {
        n += deflater.deflate(out, n, out.length - n);
      }
    } else {
      n = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
    }
    deflater.end();
    return Arrays.copyOf(out, n);
  }

  /** What a block would be taken for: its bytes, if their CRC-32 is that of {@code data}. */
  private static String judge(BlockInflater inflater, byte[] stream, int size, byte[] data) {
    byte[] to = new byte[1 << 17];
    boolean given = inflater.inflate(stream, 0, stream.length, to, size);
    return given && crc(to, size) == crc(data, data.length)
        ? new String(to, 0, size, StandardCharsets.ISO_8859_1)
        : "refused";
  }

  private static long crc(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return crc.getValue();
  }

  private static void agree(byte[] stream, int size, byte[] data) {
    try (BlockInflater platform = BlockInflater.ofPlatform();
        BlockInflater library = new NativeInflater()) {
      assertEquals(judge(platform, stream, size, data), judge(library, stream, size, data));
    }
  }

  @Property(tries = 500)
  void theSameBytes(
      @ForAll long seed,
      @ForAll @IntRange(max = 65_280) int size,
      @ForAll @IntRange(max = 9) int level,
      @ForAll @IntRange(max = 2) int strategy) {
    Assume.that(NativeInflater.isHere());
    Random random = new Random(seed);
    byte[] data = text(random, size);
    if (random.nextInt(4) == 0) {
      random.nextBytes(data);
    }
    byte[] stream = deflate(data, level, strategy, true);
    agree(stream, size, data);
    try (BlockInflater library = new NativeInflater()) {
      assertEquals(
          new String(data, StandardCharsets.ISO_8859_1), judge(library, stream, size, data));
    }
  }

  @Property(tries = 3000)
  void theSameIsRefused(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3000) int size) {
    Assume.that(NativeInflater.isHere());
    Random random = new Random(seed);
    byte[] data = text(random, size);
    byte[] stream = deflate(data, random.nextInt(10), 0, true);
    int most = size;
    switch (random.nextInt(5)) {
      case 0 -> stream[random.nextInt(stream.length)] ^= (byte) (1 << random.nextInt(8));
      case 1 -> stream = Arrays.copyOf(stream, random.nextInt(stream.length) + 1);
      case 2 -> stream = Arrays.copyOf(stream, stream.length + 1 + random.nextInt(9));
      case 3 -> most = Math.max(0, size + random.nextInt(7) - 3);
      default -> stream = deflate(data, random.nextInt(10), 0, false);
    }
    agree(stream, most, data);
  }

  @Test
  void aStreamThatDoesNotEndOrEndsEarlyIsRefused() {
    byte[] data = text(new Random(1), 1000);
    byte[] to = new byte[2000];
    byte[] open = deflate(data, 6, 0, false);
    byte[] ended = deflate(data, 6, 0, true);
    byte[] notLast = ended.clone();
    notLast[0] ^= 1;
    try (BlockInflater library = new NativeInflater()) {
      assertTrue(library.inflate(ended, 0, ended.length, to, data.length));
      assertFalse(library.inflate(open, 0, open.length, to, data.length));
      assertFalse(library.inflate(notLast, 0, notLast.length, to, data.length));
      for (int more = 1; more < 20; more++) {
        byte[] longer = Arrays.copyOf(ended, ended.length + more);
        assertFalse(library.inflate(longer, 0, longer.length, to, data.length), "" + more);
        int less = ended.length - more;
        assertFalse(library.inflate(ended, 0, less, to, data.length), "" + more);
      }
    }
  }

  @Test
  void aBlockOfNothingMustEnd() {
    try (BlockInflater library = new NativeInflater()) {
      assertTrue(library.inflate(new byte[] {3, 0}, 0, 2, new byte[1], 0));
      assertFalse(library.inflate(new byte[] {3, 0, 0}, 0, 3, new byte[1], 0));
      assertFalse(library.inflate(new byte[] {3}, 0, 1, new byte[1], 0));
      assertFalse(library.inflate(new byte[0], 0, 0, new byte[1], 0));
    }
  }

  @Test
  void oneInflaterServesManyBlocksDamagedOrNot() {
    byte[] data = text(new Random(2), 5000);
    byte[] good = deflate(data, 6, 0, true);
    byte[] bad = good.clone();
    bad[10] ^= 0x55;
    byte[] to = new byte[6000];
    try (BlockInflater library = new NativeInflater()) {
      for (int i = 0; i < 100; i++) {
        assertFalse(library.inflate(bad, 0, bad.length, to, data.length));
        assertTrue(library.inflate(good, 0, good.length, to, data.length));
        assertArrayEquals(data, Arrays.copyOf(to, data.length));
      }
    }
  }

  @Test
  void theFastestIsTheLibrary() {
    try (BlockInflater inflater = BlockInflater.fastest()) {
      assertEquals(NativeInflater.class, inflater.getClass());
    }
  }
}
