package org.healthbeam.core.vital;

import java.util.Arrays;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeSet;
import javax.annotation.Nullable;

/**
 * The readings that are left when the versions and judgements of a series are applied, and what
 * became of the others. It is a function of the multiset of records.
 *
 * <p>At each time, of each observation the last version counts ({@link ReadingVersion} has their
 * order). What was told without an id is replaced by a correction without an id at its time, and
 * taken back by a taking back without one. The values that are left at a time, of whatever
 * observations, count once each; they are then looked up among the artefacts.
 */
final class ResolvedSeries {
  final long[] times;
  final double[] values;
  int size;
  long superseded;
  long withdrawn;
  long withdrawals;
  long artefacts;

  private ResolvedSeries(long[] times, double[] values, int size) {
    this.times = times;
    this.values = values;
    this.size = size;
  }

  /** {@return distinct readings in ascending order as they are; the arrays are not copied} */
  static ResolvedSeries unchanged(long[] times, double[] values, int size) {
    return new ResolvedSeries(times, values, size);
  }

  /** Applies versions and judgements to distinct readings in ascending order. */
  static ResolvedSeries of(
      long[] times,
      double[] values,
      int size,
      VersionedReadings versions,
      SortedMap<ArtefactJudgement, ArtefactJudgement> judgements) {
    int most = size + versions.size();
    ResolvedSeries result = new ResolvedSeries(new long[most], new double[most], 0);
    int plain = 0;
    int i = 0;
    NavigableSet<Double> left = new TreeSet<>();
    while (plain < size || i < versions.size()) {
      VersionedReading first = i < versions.size() ? versions.at(i) : null;
      if (first == null || (plain < size && times[plain] < first.timeMillis())) {
        result.keep(times[plain], values[plain], judgements);
        plain++;
        continue;
      }
      long time = first.timeMillis();
      VersionedReading ofNone = null;
      for (; i < versions.size() && versions.at(i).timeMillis() == time; i++) {
        VersionedReading one = versions.at(i);
        result.count(one);
        if (!one.version().isWithdrawn()) {
          left.add(one.value());
        }
        if (one.version().observation() == 0) {
          ofNone = one;
        }
      }
      for (; plain < size && times[plain] == time; plain++) {
        result.amend(values[plain], ofNone, left);
      }
      for (double value : left) {
        result.keep(time, value, judgements);
      }
      left.clear();
    }
    return result;
  }

  private void count(VersionedReading one) {
    withdrawals += one.replacedWithdrawals();
    if (one.version().isWithdrawn()) {
      withdrawals++;
      withdrawn += one.replacedReadings();
    } else {
      superseded += one.replacedReadings();
    }
  }

  /** Applies to a reading without an id what was told of its time without one. */
  private void amend(double value, @Nullable VersionedReading by, NavigableSet<Double> left) {
    if (by == null) {
      left.add(value);
    } else if (by.version().isWithdrawn()) {
      withdrawn++;
    } else {
      superseded++;
    }
  }

  private void keep(
      long time, double value, SortedMap<ArtefactJudgement, ArtefactJudgement> judgements) {
    if (!judgements.isEmpty()) {
      ArtefactJudgement judged = judgements.get(new ArtefactJudgement(time, value, 0, false));
      if (judged != null && judged.artefact()) {
        artefacts++;
        return;
      }
    }
    times[size] = time;
    values[size] = value;
    size++;
  }

  double[] valuesAscending() {
    double[] result = Arrays.copyOf(values, size);
    Arrays.sort(result);
    return result;
  }
}
