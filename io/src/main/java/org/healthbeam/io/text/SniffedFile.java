package org.healthbeam.io.text;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.Charset;
import java.util.Arrays;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * A file opened as the bytes that it stands for, whatever its name: plain, gzip or BGZF are told
 * apart by their first bytes.
 *
 * <p>All members of a gzip file are read (RFC 1952, section 2.2). A file that ends inside a member
 * throws {@link java.io.EOFException}; a damaged one another {@link IOException}. A failure of the
 * file system is a {@link FileSystemException}, so that a stage can tell the two: data that is bad
 * stays bad, a file system may answer when the runner tries again.
 */
public final class SniffedFile implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final int BGZF_HEADER = 18;

  /** What some editors put in front of UTF-8. */
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  /** What the first bytes of a file say. */
  public enum Compression {
    /** Not compressed, or in a way that is not known here. */
    PLAIN,
    /** One or more gzip members; must be read from the beginning. */
    GZIP,
    /** Gzip members of at most 64 KiB with their size in an extra field (SAM specification 4.1). */
    BGZF
  }

  private final Compression compression;
  private final InputStream stream;

  private SniffedFile(Compression compression, InputStream stream) {
    this.compression = compression;
    this.stream = stream;
  }

  /**
   * Opens a file of any Beam file system.
   *
   * @param file is closed with what is opened of it
   * @return the file, before its first byte
   * @throws IOException if it cannot be read
   */
  public static SniffedFile open(ResourceId file) throws IOException {
    InputStream raw = Channels.newInputStream(openChannel(file));
    try {
      return of(raw);
    } catch (IOException | RuntimeException e) {
      raw.close();
      throw e;
    }
  }

  /**
   * {@return the bytes of a file as they are stored, from one on; not buffered} A failure of the
   * file system is a {@link FileSystemException}.
   *
   * @param file on any file system
   * @param address the first byte; other than 0 only where the file system can seek
   * @throws IOException if the file is not there
   */
  public static InputStream storedBytes(ResourceId file, long address) throws IOException {
    ReadableByteChannel channel = openChannel(file);
    if (address > 0) {
      try {
        ((SeekableByteChannel) channel).position(address);
      } catch (IOException e) {
        channel.close();
        throw new FileSystemException(e);
      }
    }
    return new FileSystemException.Guard(Channels.newInputStream(channel));
  }

  static ReadableByteChannel openChannel(ResourceId file) throws IOException {
    try {
      return FileSystems.open(file);
    } catch (IOException e) {
      throw new FileSystemException(e);
    }
  }

  /**
   * Wraps a stream that stands at the beginning of a file; closes it if that fails.
   *
   * @param raw the bytes as they are stored
   * @return the file, before its first byte
   * @throws IOException if it cannot be read
   */
  public static SniffedFile of(InputStream raw) throws IOException {
    try {
      return sniffed(raw);
    } catch (IOException | RuntimeException e) {
      try {
        raw.close();
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  private static SniffedFile sniffed(InputStream raw) throws IOException {
    BufferedInputStream buffered =
        new BufferedInputStream(new FileSystemException.Guard(raw), BUFFER);
    Compression compression = compressionOf(buffered);
    if (compression == Compression.PLAIN) {
      return new SniffedFile(compression, buffered);
    }
    GzipCompressorInputStream inflated = new GzipCompressorInputStream(buffered, true);
    return new SniffedFile(
        compression, new BufferedInputStream(new UpToTheDamage(inflated), BUFFER));
  }

  /**
   * Tells the compression from the first bytes of a stream, which then stands at its beginning
   * again.
   *
   * @param stream with as large a buffer as a beginning takes
   * @return the compression; that of plain files if the bytes begin none
   * @throws IOException if it cannot be read
   */
  public static Compression compressionOf(BufferedInputStream stream) throws IOException {
    stream.mark(BGZF_HEADER);
    byte[] first = stream.readNBytes(BGZF_HEADER);
    stream.reset();
    return compressionOf(first);
  }

  /** Tells the compression from the first 18 bytes of a file, or fewer if it has fewer. */
  static Compression compressionOf(byte[] first) {
    if (first.length < 3 || (first[0] & 0xff) != 0x1f || (first[1] & 0xff) != 0x8b) {
      return Compression.PLAIN;
    }
    boolean bgzf =
        first.length >= BGZF_HEADER
            && (first[3] & 4) != 0
            && first[12] == 'B'
            && first[13] == 'C'
            && first[14] == 2
            && first[15] == 0;
    return bgzf ? Compression.BGZF : Compression.GZIP;
  }

  /** {@return how the file is compressed, by its first bytes} */
  public Compression compression() {
    return compression;
  }

  /** {@return the uncompressed bytes; buffered} */
  public InputStream stream() {
    return stream;
  }

  /**
   * {@return whether a file that nobody has read from yet is a Hadoop sequence file, of which
   * {@link ReadLines} and {@link ReadJson} read the values}
   *
   * @throws IOException if it cannot be read
   */
  public boolean isSequence() throws IOException {
    return SequenceHeader.begins(stream);
  }

  /**
   * {@return the lines of a file of text that nobody has read from yet; without its mark}
   *
   * @param charset of a file that has no mark of its own
   * @throws IOException if it cannot be read
   */
  public BufferedReader text(Charset charset) throws IOException {
    stream.mark(BYTE_ORDER_MARK.length);
    if (!Arrays.equals(stream.readNBytes(BYTE_ORDER_MARK.length), BYTE_ORDER_MARK)) {
      stream.reset();
    }
    return new BufferedReader(new InputStreamReader(stream, charset), BUFFER);
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }

  /**
   * Hands out what was inflated before a damage and only then fails; the stream below fills a part
   * of the array and throws.
   */
  private static final class UpToTheDamage extends FilterInputStream {
    private final GzipCompressorInputStream inflated;
    private IOException damage;

    UpToTheDamage(GzipCompressorInputStream inflated) {
      super(inflated);
      this.inflated = inflated;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      if (damage != null) {
        throw damage;
      }
      long before = inflated.getBytesRead();
      try {
        return inflated.read(bytes, from, length);
      } catch (FileSystemException e) {
        throw e;
      } catch (IOException e) {
        damage = e;
        int inflatedBytes = (int) (inflated.getBytesRead() - before);
        if (inflatedBytes == 0) {
          throw e;
        }
        return inflatedBytes;
      }
    }
  }
}
