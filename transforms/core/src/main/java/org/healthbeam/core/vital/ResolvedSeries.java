package org.healthbeam.core.vital;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The readings that are left when the amendments of a series are applied, and what became of the
 * others. It is a function of the set of readings and amendments.
 *
 * <p>At each time, of each observation the amendments with the greatest order count; a taking back
 * counts before a correction of the same order. The readings told without a version are replaced by
 * any correction at their time, and taken back by any taking back there. What is left is then
 * looked up among the artefacts, by its value.
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

  /** Returns distinct readings in ascending order as they are; the arrays are not copied. */
  static ResolvedSeries unchanged(long[] times, double[] values, int size) {
    return new ResolvedSeries(times, values, size);
  }

  /** Applies amendments to distinct readings in ascending order. */
  static ResolvedSeries of(
      long[] times, double[] values, int size, NavigableSet<Amendment> amendments) {
    int most = size + amendments.size();
    ResolvedSeries result = new ResolvedSeries(new long[most], new double[most], 0);
    List<Amendment> atTime = new ArrayList<>();
    int next = 0;
    for (Amendment amendment : amendments) {
      if (!atTime.isEmpty() && atTime.get(0).timeMillis() != amendment.timeMillis()) {
        next = result.apply(atTime, times, values, next, size);
        atTime.clear();
      }
      atTime.add(amendment);
    }
    next = result.apply(atTime, times, values, next, size);
    for (; next < size; next++) {
      result.keep(times[next], values[next]);
    }
    return result;
  }

  private void keep(long time, double value) {
    times[size] = time;
    values[size] = value;
    size++;
  }

  /** Takes over the readings up to and at the amendments' time; returns which one is next. */
  private int apply(List<Amendment> atTime, long[] from, double[] values, int next, int n) {
    long time = atTime.get(0).timeMillis();
    int i = next;
    for (; i < n && from[i] < time; i++) {
      keep(from[i], values[i]);
    }
    NavigableSet<Double> told = new TreeSet<>();
    for (; i < n && from[i] == time; i++) {
      told.add(values[i]);
    }
    NavigableSet<Double> left = told;
    if (!atTime.get(0).isJudgement()) {
      left = corrected(atTime);
      if (left.isEmpty()) {
        withdrawn += told.size();
      } else {
        superseded += told.size();
      }
    }
    SortedMap<Double, Boolean> judged = judgements(atTime);
    for (double value : left) {
      if (judged.getOrDefault(value, false)) {
        artefacts++;
      } else {
        keep(time, value);
      }
    }
    return i;
  }

  /** Returns the values that the corrections at one time come to. */
  private NavigableSet<Double> corrected(List<Amendment> atTime) {
    NavigableSet<Double> left = new TreeSet<>();
    int start = 0;
    while (start < atTime.size() && !atTime.get(start).isJudgement()) {
      int end = start + 1;
      while (end < atTime.size()
          && !atTime.get(end).isJudgement()
          && atTime.get(end).observation() == atTime.get(start).observation()) {
        end++;
      }
      Amendment last = atTime.get(end - 1);
      boolean takenBack = last.what() == Amendment.What.WITHDRAWN;
      for (Amendment amendment : atTime.subList(start, end)) {
        if (amendment.what() == Amendment.What.WITHDRAWN) {
          withdrawals++;
        } else if (takenBack) {
          withdrawn++;
        } else if (amendment.order() == last.order()) {
          left.add(amendment.value());
        } else {
          superseded++;
        }
      }
      start = end;
    }
    return left;
  }

  /** Returns whether each judged value is an artefact; the last judgement of a value counts. */
  private static SortedMap<Double, Boolean> judgements(List<Amendment> atTime) {
    SortedMap<Double, Boolean> judged = new TreeMap<>();
    for (Amendment amendment : atTime) {
      if (amendment.isJudgement()) {
        judged.put(amendment.value(), amendment.what() == Amendment.What.ARTEFACT);
      }
    }
    return judged;
  }

  double[] valuesAscending() {
    double[] result = Arrays.copyOf(values, size);
    Arrays.sort(result);
    return result;
  }
}
