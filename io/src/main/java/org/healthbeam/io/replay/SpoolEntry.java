package org.healthbeam.io.replay;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import javax.annotation.Nullable;

/**
 * An item as it lies on the disk.
 *
 * @param due the event time up to which the replay has come with it; it is replayed in this order
 * @param time its own event time
 * @param ordinal its number in the order in which the files were read
 * @param encoded the item
 */
@SuppressWarnings("ArrayRecordComponent") // lives only between the disk and the reader
record SpoolEntry(long due, long time, long ordinal, byte[] encoded) {
  static final Comparator<SpoolEntry> ORDER =
      Comparator.comparingLong(SpoolEntry::due).thenComparingLong(SpoolEntry::ordinal);

  private static final int NUMBERS = 3 * Long.BYTES + Integer.BYTES;

  static SpoolEntry of(long due, long time, long ordinal, ReplayItem item) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ReplayItem.ItemCoder.of().encode(item, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new SpoolEntry(due, time, ordinal, bytes.toByteArray());
  }

  /** {@return how many bytes it takes on the disk} */
  int size() {
    return NUMBERS + encoded.length;
  }

  ReplayItem item() {
    try {
      return ReplayItem.ItemCoder.of().decode(new ByteArrayInputStream(encoded));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(DataOutputStream out) throws IOException {
    out.writeLong(due);
    out.writeLong(time);
    out.writeLong(ordinal);
    out.writeInt(encoded.length);
    out.write(encoded);
  }

  /** {@return the next entry, or null at the end} */
  @Nullable
  static SpoolEntry read(DataInputStream in) throws IOException {
    long due;
    try {
      due = in.readLong();
    } catch (EOFException e) {
      return null;
    }
    long time = in.readLong();
    long ordinal = in.readLong();
    byte[] encoded = new byte[in.readInt()];
    in.readFully(encoded);
    return new SpoolEntry(due, time, ordinal, encoded);
  }
}
