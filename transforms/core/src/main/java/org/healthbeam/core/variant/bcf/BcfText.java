package org.healthbeam.core.variant.bcf;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A BCF read as the text of a VCF: the header as it stands in it, then a line for each record.
 *
 * <p>Floating numbers are told as the shortest decimals that are read back as the same 32-bit
 * number. One record is held at a time. Errors: an {@link InvalidBcfException} where the data are
 * no BCF, an {@link EOFException} where they end early; what was read before is told first.
 *
 * <p>Source: VCF 4.3 (samtools/hts-specs), section 6. BCF 2.1 differs in nothing that is read here.
 */
public final class BcfText extends InputStream {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final byte[] MAGIC = {'B', 'C', 'F', 2};
  private static final int FIRST_MINOR = 1;
  private static final int LAST_MINOR = 2;
  private static final int CHUNK = 1 << 20;
  private static final int FIXED_BYTES = 24;
  private static final int COLUMNS_BEFORE_SAMPLES = 9;

  private final InputStream in;
  private final int limit;
  private final RecordText record;
  private final TextLine line = new TextLine();
  private byte[] bytes = new byte[1 << 16];
  private int at;

  /**
   * Reads the header.
   *
   * @param in inflated, from the beginning
   * @param limit more bytes than this no header and no record may have
   * @throws IOException as for the class
   */
  public BcfText(InputStream in, int limit) throws IOException {
    this.in = in;
    this.limit = limit;
    byte[] magic = in.readNBytes(MAGIC.length + 1);
    if (!startsBcf(magic)
        || magic.length == MAGIC.length
        || magic[MAGIC.length] < FIRST_MINOR
        || magic[MAGIC.length] > LAST_MINOR) {
      throw new InvalidBcfException("the file is no BCF 2.1 or 2.2");
    }
    int length = int32();
    read(0, length);
    int text = length;
    while (text > 0 && bytes[text - 1] == 0) {
      text--;
    }
    line.add(bytes, 0, text);
    if (text > 0 && bytes[text - 1] != '\n') {
      line.add('\n');
    }
    String header = new String(bytes, 0, text, StandardCharsets.UTF_8);
    record = new RecordText(Dictionaries.of(header), samplesOf(header));
  }

  /**
   * {@return whether these are the first bytes of a BCF 2; four are enough}
   *
   * @param first bytes of a file; with fewer than four it is none
   */
  public static boolean startsBcf(byte[] first) {
    return first.length >= MAGIC.length
        && Arrays.equals(first, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  /**
   * {@return the text of a file that may be a BCF or a VCF}
   *
   * @param in inflated and buffered, from the beginning
   * @param limit of the bytes of a BCF's record
   * @throws IOException if it cannot be read, or is a BCF whose header cannot be used
   */
  public static InputStream textOf(InputStream in, int limit) throws IOException {
    in.mark(MAGIC.length);
    byte[] first = in.readNBytes(MAGIC.length);
    in.reset();
    return startsBcf(first) ? new BcfText(in, limit) : in;
  }

  private static int samplesOf(String header) {
    int columns = header.indexOf("\n#CHROM\t") + 1;
    int end = header.indexOf('\n', columns);
    String[] names = header.substring(columns, end < 0 ? header.length() : end).split("\t", -1);
    return Math.max(0, names.length - COLUMNS_BEFORE_SAMPLES);
  }

  @Override
  public int read() throws IOException {
    return fill() ? line.bytes()[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] to, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int n = Math.min(length, line.length() - at);
    System.arraycopy(line.bytes(), at, to, from, n);
    at += n;
    return n;
  }

  private boolean fill() throws IOException {
    while (at == line.length()) {
      int first = in.read();
      if (first < 0) {
        return false;
      }
      bytes[0] = (byte) first;
      read(1, 7);
      long shared = int32(0) & 0xffffffffL;
      long all = shared + (int32(4) & 0xffffffffL);
      if (shared < FIXED_BYTES || all > limit) {
        throw new InvalidBcfException("a record is shorter than any, or longer than " + limit);
      }
      read(0, (int) all);
      line.clear();
      at = 0;
      try {
        record.write(bytes, (int) shared, (int) all, line);
      } catch (InvalidBcfException e) {
        // Nothing of it is told.
        line.clear();
        throw e;
      }
    }
    return true;
  }

  private int int32() throws IOException {
    read(0, 4);
    int value = int32(0);
    if (value < 0 || value > limit) {
      throw new InvalidBcfException("the header is longer than " + limit + " bytes");
    }
    return value;
  }

  private int int32(int place) {
    return (int) INTS.get(bytes, place);
  }

  /** Grows as bytes come, not as the file promises. */
  private void read(int from, int length) throws IOException {
    int done = 0;
    while (done < length) {
      int chunk = Math.min(CHUNK, length - done);
      if (from + done + chunk > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(from + done + chunk, 2 * bytes.length));
      }
      int n = in.readNBytes(bytes, from + done, chunk);
      if (n < chunk) {
        throw new EOFException("the data end within a record");
      }
      done += n;
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
