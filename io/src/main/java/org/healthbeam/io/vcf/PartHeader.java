package org.healthbeam.io.vcf;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import javax.annotation.Nullable;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.variant.OnInvalid;
import org.healthbeam.core.variant.VcfHeader;
import org.healthbeam.core.variant.bcf.BcfText;
import org.healthbeam.io.text.SniffedFile;

/**
 * The header that a part travels with: a small one itself; of a large one its hash only, by which
 * the header is known again when whoever reads the part reads it from the file.
 *
 * @param header the header, or null if it is to be read
 * @param hash of the header's bytes
 */
record PartHeader(@Nullable VcfHeader header, int hash) {
  /** A header of more bytes is read again for each part, which has a thousand times as many. */
  private static final int MOST = 32 << 10;

  /** {@return what the only part of a file travels with} */
  static PartHeader ofWhole(VcfHeader header) {
    return new PartHeader(header, Arrays.hashCode(header.bytes()));
  }

  /** {@return what one of several parts of a file travels with} */
  static PartHeader ofPart(VcfHeader header) {
    boolean small = header.bytes().length <= MOST;
    return new PartHeader(small ? header : null, Arrays.hashCode(header.bytes()));
  }

  /**
   * {@return the header itself, read anew if it is not here}
   *
   * @param last the header of the part of this file that was read before; null if there was none
   * @throws IOException if the file has another one now
   */
  VcfHeader get(@Nullable VcfHeader last, PartLines.Opening file, int lineLimit, OnInvalid policy)
      throws IOException {
    if (header != null) {
      return header;
    }
    if (last != null && Arrays.hashCode(last.bytes()) == hash) {
      return last;
    }
    VcfHeader read;
    try (SniffedFile sniffed = SniffedFile.of(file.at(0))) {
      InputStream text = new BufferedInputStream(BcfText.textOf(sniffed.stream(), lineLimit));
      read = new HeaderLines(text, lineLimit).read(policy);
    } catch (RejectedException e) {
      throw changed();
    }
    if (Arrays.hashCode(read.bytes()) != hash) {
      throw changed();
    }
    return read;
  }

  private static IOException changed() {
    return new IOException("the file has another header than when its parts were planned");
  }

  void encode(OutputStream out) throws IOException {
    out.write(header == null ? 0 : 1);
    if (header == null) {
      VarIntCoder.of().encode(hash, out);
    } else {
      ByteArrayCoder.of().encode(header.bytes(), out);
    }
  }

  static PartHeader decode(InputStream in) throws IOException {
    return in.read() == 0
        ? new PartHeader(null, VarIntCoder.of().decode(in))
        : ofWhole(VcfHeader.ofBytes(ByteArrayCoder.of().decode(in)));
  }
}
