package org.healthbeam.it;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** A sequence file of Hadoop, version 6, compressed by record with {@code GzipCodec}. */
final class SequenceFile {
  private static final byte[] MAGIC = {'S', 'E', 'Q', 6};
  private static final int SYNC_BYTES = 16;
  private static final int BETWEEN_SYNCS = 1 << 16;
  private static final byte[] NO_KEY = {};

  private SequenceFile() {}

  /** Writes a value for each record, without keys. */
  static Path write(Path file, List<String> values) throws IOException {
    byte[] sync = new byte[SYNC_BYTES];
    new Random(SYNC_BYTES).nextBytes(sync);
    Files.createDirectories(file.getParent());
    try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
      out.write(MAGIC);
      string(out, "org.apache.hadoop.io.NullWritable");
      string(out, "org.apache.hadoop.io.BytesWritable");
      out.writeBoolean(true); // Compressed,
      out.writeBoolean(false); // not by block.
      string(out, "org.apache.hadoop.io.compress.GzipCodec");
      out.writeInt(0); // Metadata.
      out.write(sync);
      int since = 0;
      for (String value : values) {
        byte[] compressed = gzip(value.getBytes(StandardCharsets.UTF_8));
        if (since > BETWEEN_SYNCS) {
          out.writeInt(-1);
          out.write(sync);
          since = 0;
        }
        out.writeInt(NO_KEY.length + compressed.length);
        out.writeInt(NO_KEY.length);
        out.write(compressed);
        since += compressed.length;
      }
    }
    return file;
  }

  /** A name of Hadoop's is shorter than 128, and then its length is a byte. */
  private static void string(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeByte(bytes.length);
    out.write(bytes);
  }

  /** The class writes its length before its bytes, and both are compressed. */
  private static byte[] gzip(byte[] value) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(new GZIPOutputStream(bytes))) {
      out.writeInt(value.length);
      out.write(value);
    }
    return bytes.toByteArray();
  }
}
