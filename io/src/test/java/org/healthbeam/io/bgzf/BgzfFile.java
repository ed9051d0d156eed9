package org.healthbeam.io.bgzf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Makes BGZF files block by block, in every way that the specification allows and others do not.
 */
public final class BgzfFile {
  /** The end marker as the SAM specification prints it, section 4.1.2. */
  public static final byte[] END =
      HexFormat.of().parseHex("1f8b08040000000000ff0600424302001b0003000000000000000000");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final List<Integer> starts = new ArrayList<>();

  /** Adds a block of this text. */
  public BgzfFile block(String text) {
    return block(text.getBytes(StandardCharsets.UTF_8), 6);
  }

  /** Adds a block, stored as it is at level 0. */
  public BgzfFile block(byte[] data, int level) {
    return block(data, level, new byte[0]);
  }

  /** Adds a block with other extra fields before the one that BGZF needs. */
  public BgzfFile block(byte[] data, int level, byte[] extra) {
    starts.add(bytes.size());
    byte[] deflated = deflate(data, level);
    int size = 12 + extra.length + 6 + deflated.length + 8;
    CRC32 crc = new CRC32();
    crc.update(data);
    ByteBuffer block = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    block.put(new byte[] {0x1f, (byte) 0x8b, 8, 4, 0, 0, 0, 0, 0, (byte) 0xff});
    block.putShort((short) (extra.length + 6)).put(extra);
    block.put((byte) 'B').put((byte) 'C').putShort((short) 2).putShort((short) (size - 1));
    block.put(deflated).putInt((int) crc.getValue()).putInt(data.length);
    bytes.writeBytes(block.array());
    return this;
  }

  private static byte[] deflate(byte[] data, int level) {
    Deflater deflater = new Deflater(level, true);
    deflater.setInput(data);
    deflater.finish();
    byte[] out = new byte[data.length + 1024];
    int n = deflater.deflate(out);
    deflater.end();
    return Arrays.copyOf(out, n);
  }

  /** Adds the text in blocks of so many bytes. */
  public BgzfFile blocks(byte[] text, int size, int level) {
    for (int i = 0; i < text.length; i += size) {
      block(Arrays.copyOfRange(text, i, Math.min(text.length, i + size)), level);
    }
    return this;
  }

  /** Adds the end marker, which is a block without data. */
  public BgzfFile end() {
    return block(new byte[0], 6);
  }

  /** Adds bytes that are no block. */
  public BgzfFile raw(byte[] other) {
    bytes.writeBytes(other);
    return this;
  }

  public byte[] bytes() {
    return bytes.toByteArray();
  }

  /** Returns where each block begins. */
  public List<Integer> starts() {
    return starts;
  }
}
