package org.healthbeam.core.variant.join;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.annotation.Nullable;

/**
 * What is known of the samples of a cohort in one bin; the same whatever the order in which it was
 * learnt.
 *
 * <p>A withdrawal takes out all that came up to its time, and forgets it; what comes later with a
 * later time counts. Of several files of one sample on the bin's sequence the calls of the {@link
 * FilesOfSample first} count, once all have been told. Its size is the packed calls of the samples
 * that are in, and two numbers for each sample that ever was.
 */
public final class BinState {
  private final Attendance attendance;
  private final List<CohortEvent> calls;

  /** Of samples that are in several files on this sequence, and perhaps not in this bin. */
  private final SortedSet<FileEvent> files = new TreeSet<>();

  /** What the sequence is to be called, where files call it by several names. */
  @Nullable private CohortEvent named;

  private record FileEvent(String sample, long time, String file) implements Comparable<FileEvent> {
    private static final Comparator<FileEvent> ORDER =
        Comparator.comparing(FileEvent::sample)
            .thenComparingLong(FileEvent::time)
            .thenComparing(FileEvent::file);

    @Override
    public int compareTo(FileEvent other) {
      return ORDER.compare(this, other);
    }
  }

  /** Begins without a sample. */
  public BinState() {
    this(new Attendance(), List.of());
  }

  private BinState(Attendance attendance, List<CohortEvent> calls) {
    this.attendance = attendance;
    this.calls = new ArrayList<>(calls);
  }

  /**
   * Learns of one event.
   *
   * @param event of this bin; one that a withdrawal has taken out already says nothing
   */
  public void add(CohortEvent event) {
    if (event.contig() != null) {
      if (named == null || event.time() > named.time()) {
        named = event;
      }
    } else if (event.file() != null) {
      if (!attendance.isOut(event.sample(), event.time())) {
        files.add(new FileEvent(event.sample(), event.time(), event.file()));
      }
    } else if (event.calls() != null) {
      if (!attendance.isOut(event.sample(), event.time())) {
        calls.add(event);
      }
    } else {
      attendance.add(event);
      if (event.withdrawal()) {
        calls.removeIf(some -> isOut(event.sample(), some.sample(), some.time()));
        files.removeIf(some -> isOut(event.sample(), some.sample(), some.time()));
      }
    }
  }

  private boolean isOut(String withdrawn, String sample, long time) {
    return sample.equals(withdrawn) && attendance.isOut(sample, time);
  }

  /** {@return the samples that have come and were not taken out since} */
  public Roster roster() {
    return attendance.roster();
  }

  /** {@return the calls that were not taken out, of one file for each sample} */
  public List<SampleCalls> calls() {
    Map<String, FilesOfSample> bySample = new HashMap<>();
    files.forEach(file -> filesOf(file.sample(), bySample).add(file.file(), file.time()));
    calls.forEach(some -> filesOf(some.sample(), bySample).add(some.calls().source(), some.time()));
    return calls.stream()
        .filter(some -> bySample.get(some.sample()).isFirst(some.calls().source(), some.time()))
        .map(CohortEvent::calls)
        .toList();
  }

  /**
   * Returns the bin with the name of its sequence: what it is to be called, else the first name, in
   * the order of characters, by which the calls have it.
   */
  GenomeBin named(GenomeBin bin, List<SampleCalls> calls) {
    if (named != null && named.contig() != null) {
      return new GenomeBin(named.contig(), bin.index());
    }
    return calls.stream()
        .map(SampleCalls::contig)
        .min(Comparator.naturalOrder())
        .map(name -> new GenomeBin(name, bin.index()))
        .orElse(bin);
  }

  private static FilesOfSample filesOf(String sample, Map<String, FilesOfSample> bySample) {
    return bySample.computeIfAbsent(sample, s -> new FilesOfSample());
  }

  /** {@return events that come to the same, without what was taken out} */
  public List<CohortEvent> events() {
    List<CohortEvent> result = attendance.events();
    files.forEach(file -> result.add(CohortEvent.file(file.sample(), file.file(), file.time())));
    if (named != null) {
      result.add(named);
    }
    result.addAll(calls);
    return result;
  }

  /** {@return a copy, which learns on its own} */
  public BinState copy() {
    BinState copy = new BinState(attendance.copy(), calls);
    copy.files.addAll(files);
    copy.named = named;
    return copy;
  }
}
