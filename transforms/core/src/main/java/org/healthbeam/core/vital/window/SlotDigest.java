package org.healthbeam.core.vital.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.healthbeam.core.vital.VitalKind;

/**
 * What a slot of time has of one kind: a finer window, as wider ones take it.
 *
 * @param kind what was measured
 * @param startMillis when the slot begins
 * @param endMillis when it ends, excluded
 * @param revision how many times it was told before; the greatest counts
 * @param digest of the kind's readings in the slot
 */
public record SlotDigest(
    VitalKind kind, long startMillis, long endMillis, long revision, WindowDigest digest) {

  /**
   * Writes it in bytes that are the same for the same content.
   *
   * @param out takes the bytes
   * @throws IOException if {@code out} cannot take them
   */
  public void writeTo(DataOutput out) throws IOException {
    out.writeByte(kind.index());
    out.writeLong(startMillis);
    VarLong.write(endMillis - startMillis, out);
    VarLong.write(revision, out);
    digest.writeTo(out);
  }

  /**
   * Reads what {@link #writeTo} wrote.
   *
   * @param in the bytes, of which no more are taken than were written
   * @return what was written
   * @throws IOException if they end early or cannot be read
   */
  public static SlotDigest readFrom(DataInput in) throws IOException {
    VitalKind kind = VitalKind.at(in.readUnsignedByte());
    long start = in.readLong();
    return new SlotDigest(
        kind, start, start + VarLong.read(in), VarLong.read(in), WindowDigest.readFrom(in));
  }

  /** Shows kind and size only: the rest is a patient's. */
  @Override
  public String toString() {
    return "SlotDigest(" + kind.kindName() + ", " + digest + ")";
  }
}
