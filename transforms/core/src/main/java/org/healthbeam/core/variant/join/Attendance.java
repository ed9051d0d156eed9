package org.healthbeam.core.variant.join;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.healthbeam.core.variant.Varints;

/**
 * Which samples have come and gone; the same whatever the order in which it was learnt.
 *
 * <p>A withdrawal takes out all that came up to its time. Its size is two numbers for each sample
 * that ever was.
 */
final class Attendance {
  private final SortedMap<String, Long> arrived = new TreeMap<>();
  private final SortedMap<String, Long> withdrawn = new TreeMap<>();

  /** Learns of an arrival or a withdrawal. */
  void add(CohortEvent event) {
    (event.withdrawal() ? withdrawn : arrived).merge(event.sample(), event.time(), Math::max);
  }

  /** {@return whether what a sample came with at that time was taken out} */
  boolean isOut(String sample, long time) {
    Long out = withdrawn.get(sample);
    return out != null && time <= out;
  }

  /** {@return the samples that have come and were not taken out since} */
  Roster roster() {
    List<String> samples = new ArrayList<>();
    arrived.forEach(
        (sample, time) -> {
          if (!isOut(sample, time)) {
            samples.add(sample);
          }
        });
    return new Roster(samples);
  }

  /** {@return events that come to the same} */
  List<CohortEvent> events() {
    List<CohortEvent> result = new ArrayList<>();
    arrived.forEach((sample, time) -> result.add(CohortEvent.arrival(sample, time)));
    withdrawn.forEach((sample, time) -> result.add(CohortEvent.withdrawal(sample, time)));
    return result;
  }

  Attendance copy() {
    Attendance copy = new Attendance();
    copy.arrived.putAll(arrived);
    copy.withdrawn.putAll(withdrawn);
    return copy;
  }

  void write(DataOutput out) throws IOException {
    for (SortedMap<String, Long> times : List.of(arrived, withdrawn)) {
      Varints.write(out, times.size());
      for (Map.Entry<String, Long> entry : times.entrySet()) {
        Varints.writeText(out, entry.getKey());
        Varints.write(out, Varints.zigzag(entry.getValue()));
      }
    }
  }

  static Attendance read(DataInput in) throws IOException {
    Attendance result = new Attendance();
    for (SortedMap<String, Long> times : List.of(result.arrived, result.withdrawn)) {
      long size = Varints.read(in);
      for (long i = 0; i < size; i++) {
        String sample = Varints.readText(in);
        times.put(sample, Varints.unzigzag(Varints.read(in)));
      }
    }
    return result;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Attendance that
        && arrived.equals(that.arrived)
        && withdrawn.equals(that.withdrawn);
  }

  @Override
  public int hashCode() {
    return 31 * arrived.hashCode() + withdrawn.hashCode();
  }

  /** Shows no name. */
  @Override
  public String toString() {
    return "Attendance(" + arrived.size() + " arrived, " + withdrawn.size() + " withdrawn)";
  }
}
