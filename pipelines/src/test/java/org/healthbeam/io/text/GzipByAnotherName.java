package org.healthbeam.io.text;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionInputStream;
import org.apache.hadoop.io.compress.CompressionOutputStream;
import org.apache.hadoop.io.compress.Compressor;
import org.apache.hadoop.io.compress.Decompressor;
import org.apache.hadoop.io.compress.GzipCodec;

/**
 * Hadoop's {@code GzipCodec}, which sequence files are written with on clusters. Hadoop refuses
 * that where its native code is absent, as it is here, and looks at the class only: what is written
 * is the same, but for the name in the file's head.
 */
final class GzipByAnotherName implements CompressionCodec {
  private final GzipCodec codec = new GzipCodec();

  GzipByAnotherName() {
    codec.setConf(new Configuration(false));
  }

  /** Returns the file with Hadoop's name in its head; another codec's as it is. */
  static byte[] asHadoops(byte[] file) throws IOException {
    byte[] own = named(GzipByAnotherName.class);
    int at = indexOf(file, own);
    if (at < 0) {
      return file;
    }
    ByteArrayOutputStream changed = new ByteArrayOutputStream();
    changed.write(file, 0, at);
    changed.write(named(GzipCodec.class));
    changed.write(file, at + own.length, file.length - at - own.length);
    return changed.toByteArray();
  }

  /** As the head has it: a byte that is the length, then the name. */
  private static byte[] named(Class<?> type) {
    String name = type.getName();
    return ((char) name.length() + name).getBytes(StandardCharsets.US_ASCII);
  }

  private static int indexOf(byte[] bytes, byte[] sought) {
    return new String(bytes, StandardCharsets.ISO_8859_1)
        .indexOf(new String(sought, StandardCharsets.ISO_8859_1));
  }

  @Override
  public CompressionOutputStream createOutputStream(OutputStream out) throws IOException {
    return codec.createOutputStream(out);
  }

  @Override
  public CompressionOutputStream createOutputStream(OutputStream out, Compressor compressor)
      throws IOException {
    return codec.createOutputStream(out, compressor);
  }

  @Override
  public Class<? extends Compressor> getCompressorType() {
    return codec.getCompressorType();
  }

  @Override
  public Compressor createCompressor() {
    return codec.createCompressor();
  }

  @Override
  public CompressionInputStream createInputStream(InputStream in) throws IOException {
    return codec.createInputStream(in);
  }

  @Override
  public CompressionInputStream createInputStream(InputStream in, Decompressor decompressor)
      throws IOException {
    return codec.createInputStream(in, decompressor);
  }

  @Override
  public Class<? extends Decompressor> getDecompressorType() {
    return codec.getDecompressorType();
  }

  @Override
  public Decompressor createDecompressor() {
    return codec.createDecompressor();
  }

  @Override
  public String getDefaultExtension() {
    return codec.getDefaultExtension();
  }
}
