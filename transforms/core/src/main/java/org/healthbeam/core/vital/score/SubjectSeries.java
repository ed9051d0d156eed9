package org.healthbeam.core.vital.score;

import org.healthbeam.core.vital.ReadingSeries;
import org.healthbeam.core.vital.ReadingVersion;
import org.healthbeam.core.vital.VitalKind;

/**
 * The readings of one subject in one window, by kind.
 *
 * <p>Its size is that of its {@link ReadingSeries}: 16 to 32 bytes for each distinct reading, 41 to
 * 82 for one whose observation has an id.
 */
public final class SubjectSeries {
  private static final ReadingSeries NONE = new ReadingSeries().frozen();

  private final ReadingSeries[] byKind = new ReadingSeries[VitalKind.count()];

  /**
   * Adds a reading.
   *
   * @param kind what was measured
   * @param timeMillis in milliseconds since 1970
   * @param value in the kind's unit, or a code's rank
   */
  public void add(VitalKind kind, long timeMillis, double value) {
    forAdding(kind).add(timeMillis, value);
  }

  /**
   * Adds a reading, a correction, or what takes readings back, by its version.
   *
   * @param kind what was measured
   * @param timeMillis in milliseconds since 1970
   * @param value in the kind's unit, or a code's rank; of a withdrawal it is not looked at
   * @param version what the record does
   */
  public void add(VitalKind kind, long timeMillis, double value, ReadingVersion version) {
    forAdding(kind).add(timeMillis, value, version);
  }

  /**
   * Adds what another one holds; that one does not change.
   *
   * @param other of the same subject and window
   */
  public void addAll(SubjectSeries other) {
    for (int i = 0; i < byKind.length; i++) {
      if (other.byKind[i] != null) {
        forAdding(VitalKind.at(i)).addAll(other.byKind[i]);
      }
    }
  }

  /**
   * Puts a series in place; for decoding.
   *
   * @param kind what was measured
   * @param series is kept, in the place of one that was there
   */
  public void put(VitalKind kind, ReadingSeries series) {
    byKind[kind.index()] = series;
  }

  /**
   * {@return the series of a kind to be read, empty if there are no readings}
   *
   * @param kind any
   */
  public ReadingSeries of(VitalKind kind) {
    ReadingSeries series = byKind[kind.index()];
    return series == null ? NONE : series;
  }

  /** {@return a copy that never changes and takes no more room than it needs} */
  public SubjectSeries frozen() {
    SubjectSeries copy = new SubjectSeries();
    for (int i = 0; i < byKind.length; i++) {
      copy.byKind[i] = byKind[i] == null ? NONE : byKind[i].frozen();
    }
    return copy;
  }

  private ReadingSeries forAdding(VitalKind kind) {
    ReadingSeries series = byKind[kind.index()];
    if (series == null) {
      series = new ReadingSeries();
      byKind[kind.index()] = series;
    }
    return series;
  }

  /**
   * {@return whether there are readings of a kind}
   *
   * @param kind any
   */
  public boolean has(VitalKind kind) {
    ReadingSeries series = byKind[kind.index()];
    return series != null && !series.isEmpty();
  }
}
