package org.healthbeam.core.vital.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.TreeMap;

/**
 * The slots of a window, each in its newest revision; it may be filled and merged in any order. It
 * takes about 100 bytes a slot and kind, and their digests, which it shares.
 */
public final class SlotDigests {
  private record Place(long startMillis, int kind) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparingLong(Place::startMillis).thenComparingInt(Place::kind);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  private final TreeMap<Place, SlotDigest> slots = new TreeMap<>();

  /**
   * Adds a slot, or puts it in the place of an older revision of the same.
   *
   * @param slot of the window
   */
  public void add(SlotDigest slot) {
    slots.merge(
        new Place(slot.startMillis(), slot.kind().index()),
        slot,
        (a, b) -> a.revision() >= b.revision() ? a : b);
  }

  /**
   * Adds what another one holds.
   *
   * @param other of the same subject and window
   */
  public void addAll(SlotDigests other) {
    other.slots.values().forEach(this::add);
  }

  /** {@return a copy that does not change when this one does} */
  public SlotDigests copy() {
    SlotDigests copy = new SlotDigests();
    copy.slots.putAll(slots);
    return copy;
  }

  /** {@return the slots in the order of time, then of kind} */
  public Collection<SlotDigest> inOrder() {
    return Collections.unmodifiableCollection(slots.values());
  }

  /** {@return how often the slots were told in all; it grows with all that is added} */
  public long revisions() {
    return slots.values().stream().mapToLong(slot -> slot.revision() + 1).sum();
  }

  /**
   * Goes over all slots, which must be of one kind.
   *
   * @param expected how often a reading of the kind is expected
   * @return what they come to
   */
  public WindowFold fold(Duration expected) {
    WindowFold fold = new WindowFold(expected);
    slots.values().forEach(slot -> fold.addAll(slot.digest()));
    return fold;
  }

  /**
   * Writes it in bytes that are the same for the same content.
   *
   * @param out takes the bytes
   * @throws IOException if {@code out} cannot take them
   */
  public void writeTo(DataOutput out) throws IOException {
    VarLong.write(slots.size(), out);
    for (SlotDigest slot : slots.values()) {
      slot.writeTo(out);
    }
  }

  /**
   * Reads what {@link #writeTo} wrote.
   *
   * @param in the bytes, of which no more are taken than were written
   * @return what was written
   * @throws IOException if they end early or cannot be read
   */
  public static SlotDigests readFrom(DataInput in) throws IOException {
    SlotDigests read = new SlotDigests();
    for (long left = VarLong.read(in); left > 0; left--) {
      read.add(SlotDigest.readFrom(in));
    }
    return read;
  }

  /** Shows how many slots there are: the rest is a patient's. */
  @Override
  public String toString() {
    return "SlotDigests(" + slots.size() + ")";
  }
}
