package org.healthbeam.io.bgzf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import htsjdk.samtools.util.BlockCompressedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is what htsjdk, gzip and our own reading find. */
class BgzfOutputStreamTest {
  private static byte[] written(byte[] data, int step) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (BgzfOutputStream out = BgzfOutputStream.ofFile(bytes)) {
      for (int i = 0; i < data.length; i += step) {
        if (step == 1) {
          out.write(data[i]);
        } else {
          out.write(data, i, Math.min(step, data.length - i));
        }
      }
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 0xfeff, 0xff00, 0xff01, 0x10000, 500_000})
  void everyReaderFindsWhatWasWritten(int length) throws IOException {
    byte[] random = new byte[length];
    new Random(length).nextBytes(random);
    byte[] text = new byte[length];
    Arrays.fill(text, (byte) 'A');
    for (byte[] data : new byte[][] {random, text}) {
      for (int step : new int[] {1, 1_000, 70_000}) {
        byte[] file = written(data, step);
        byte[] end = Arrays.copyOfRange(file, file.length - BgzfFile.END.length, file.length);
        assertArrayEquals(BgzfFile.END, end);
        try (var in = new BgzfInputStream(new ByteArrayInputStream(file))) {
          assertArrayEquals(data, in.readAllBytes());
        }
        try (var in = new BlockCompressedInputStream(new ByteArrayInputStream(file))) {
          assertArrayEquals(data, in.readAllBytes());
        }
        try (var in = new GZIPInputStream(new ByteArrayInputStream(file))) {
          assertArrayEquals(data, in.readAllBytes());
        }
      }
    }
  }

  @Test
  void partsOneAfterTheOtherAndTheEndMarkerAreAFile() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String part : new String[] {"one", "", "two"}) {
      ByteArrayOutputStream own = new ByteArrayOutputStream();
      BgzfOutputStream out = BgzfOutputStream.ofPart(own);
      out.write(part.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      out.close();
      out.close();
      assertTrue(part.isEmpty() == (own.size() == 0), part);
      bytes.writeBytes(own.toByteArray());
    }
    bytes.writeBytes(BgzfOutputStream.endMarker());
    assertArrayEquals(new BgzfFile().block("one").block("two").end().bytes(), bytes.toByteArray());
  }

  /** A zlib of another make may need more room than there is in a block. */
  private static final class Wasteful extends Deflater {
    Wasteful() {
      super(DEFAULT_COMPRESSION, true);
    }

    @Override
    public boolean finished() {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 0xff00, 200_000})
  void whatDoesNotFitIsStored(int length) throws IOException {
    byte[] data = new byte[length];
    new Random(length).nextBytes(data);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (BgzfOutputStream out = new BgzfOutputStream(bytes, false, new Wasteful())) {
      out.write(data);
    }
    bytes.writeBytes(BgzfFile.END);
    byte[] file = bytes.toByteArray();
    try (var in = new BgzfInputStream(new ByteArrayInputStream(file))) {
      assertArrayEquals(data, in.readAllBytes());
      assertTrue(in.hasEndMarker());
    }
    try (var in = new BlockCompressedInputStream(new ByteArrayInputStream(file))) {
      assertArrayEquals(data, in.readAllBytes());
    }
  }
}
