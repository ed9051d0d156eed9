package org.healthbeam.core.vital.artefact;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.healthbeam.core.vital.VitalKind;

/**
 * Which readings of one subject and kind in one window were told to be artefacts, so that of a
 * window that is judged anew only what has changed is told: 32 bytes an artefact.
 *
 * <p>A reading is told again where its median or limit is another, and as no artefact where it is
 * none any more: because its neighbours changed, or because it was corrected or taken back.
 */
public final class ToldArtefacts {
  private record Reading(long time, double value) implements Comparable<Reading> {
    private static final Comparator<Reading> ORDER =
        Comparator.comparingLong(Reading::time).thenComparingDouble(Reading::value);

    @Override
    public int compareTo(Reading other) {
      return ORDER.compare(this, other);
    }
  }

  private record Why(double median, double limit) {}

  private final SortedMap<Reading, Why> told = new TreeMap<>();
  private long version = -1;

  /**
   * Tells what has changed.
   *
   * @param subject whose window it is
   * @param kind what was measured
   * @param version of what is known, which becomes the revision of what is told; what is older than
   *     what was told before changes nothing
   * @param artefacts all artefacts of the window as it is known now
   * @param to takes what is new, other or gone
   */
  public void tell(
      String subject,
      VitalKind kind,
      long version,
      List<VitalArtefact> artefacts,
      Consumer<VitalArtefact> to) {
    if (version < this.version) {
      return;
    }
    this.version = version;
    SortedMap<Reading, Why> now = new TreeMap<>();
    for (VitalArtefact one : artefacts) {
      Reading reading = new Reading(one.time().toEpochMilli(), one.value());
      Why why = new Why(one.median(), one.limit());
      now.put(reading, why);
      if (!why.equals(told.put(reading, why))) {
        to.accept(artefact(subject, kind, reading, why, true));
      }
    }
    for (Iterator<Map.Entry<Reading, Why>> i = told.entrySet().iterator(); i.hasNext(); ) {
      Reading reading = i.next().getKey();
      if (!now.containsKey(reading)) {
        i.remove();
        to.accept(artefact(subject, kind, reading, new Why(Double.NaN, Double.NaN), false));
      }
    }
  }

  private VitalArtefact artefact(
      String subject, VitalKind kind, Reading reading, Why why, boolean artefact) {
    return new VitalArtefact(
        subject,
        kind,
        Instant.ofEpochMilli(reading.time),
        reading.value,
        why.median,
        why.limit,
        version,
        artefact);
  }

  /**
   * Writes it in bytes that are the same for the same content.
   *
   * @param out takes the bytes
   * @throws IOException if {@code out} cannot take them
   */
  public void writeTo(DataOutput out) throws IOException {
    out.writeLong(version);
    out.writeInt(told.size());
    for (Map.Entry<Reading, Why> entry : told.entrySet()) {
      out.writeLong(entry.getKey().time);
      out.writeDouble(entry.getKey().value);
      out.writeDouble(entry.getValue().median);
      out.writeDouble(entry.getValue().limit);
    }
  }

  /**
   * Reads what {@link #writeTo} wrote.
   *
   * @param in the bytes, of which no more are taken than were written
   * @return what was written
   * @throws IOException if they end early or cannot be read
   */
  public static ToldArtefacts readFrom(DataInput in) throws IOException {
    ToldArtefacts read = new ToldArtefacts();
    read.version = in.readLong();
    for (int left = in.readInt(); left > 0; left--) {
      Reading reading = new Reading(in.readLong(), in.readDouble());
      read.told.put(reading, new Why(in.readDouble(), in.readDouble()));
    }
    return read;
  }

  /** Shows how many: the rest is a patient's. */
  @Override
  public String toString() {
    return "ToldArtefacts(" + told.size() + ")";
  }
}
