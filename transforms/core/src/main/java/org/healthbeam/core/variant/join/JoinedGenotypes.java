package org.healthbeam.core.variant.join;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.healthbeam.core.variant.JoinedRecord;
import org.healthbeam.core.variant.JoinedTotals;
import org.healthbeam.core.variant.Moments;
import org.healthbeam.core.variant.Region;
import org.healthbeam.core.variant.Regions;
import org.healthbeam.core.variant.SweptMoments;
import org.healthbeam.core.variant.VariantSummary;

/**
 * The genotypes of all samples at the records of one bin: those told by a record of their own one
 * by one, all others as runs of records at which a sample has the same.
 */
final class JoinedGenotypes {
  private static final int UNKNOWN = 0;

  private final List<JoinedSite> sites;
  private final int size;
  private final long[] places;
  private final long first;
  private final JoinedTotals totals;
  private final SweptMoments depth;
  private final SweptMoments quality;
  private final int[] called;

  // By ploidy, 0 for unknown: how many more samples than at the record before.
  private final Map<Integer, int[]> changes = new TreeMap<>();
  private final Runs runs = new Runs();

  // The sample at hand.
  private int sample;
  private AbsentGenotype absent = AbsentGenotype.MISSING;
  private int[] own = {};
  private int nextOwn;
  private int done;

  JoinedGenotypes(List<JoinedSite> sites, long first, int width, JoinedTotals totals) {
    this.sites = sites;
    this.size = sites.size();
    this.places = sites.stream().mapToLong(JoinedSite::pos).toArray();
    this.first = first;
    this.totals = totals;
    this.depth = new SweptMoments(size);
    this.quality = new SweptMoments(size);
    this.called = new int[width + 2];
  }

  void begin(int sample, AbsentGenotype absent) {
    this.sample = sample;
    this.absent = absent;
    this.own = new int[0];
    this.nextOwn = 0;
    this.done = 0;
  }

  /** Adds the records that the sample has itself, in any order. */
  void addOwn(List<SampleSite> records) {
    TreeMap<Integer, List<SampleSite>> bySite = new TreeMap<>();
    for (SampleSite record : records) {
      bySite.computeIfAbsent(indexOf(record), i -> new java.util.ArrayList<>(1)).add(record);
    }
    own = bySite.keySet().stream().mapToInt(Integer::intValue).toArray();
    bySite.forEach(
        (index, mine) -> {
          OwnGenotype genotype = OwnGenotype.of(sites.get(index), mine);
          sites.get(index).add(sample, genotype.alleles(), genotype.partial());
          if (genotype.isCalled()) {
            addFields(index, index + 1, genotype.depth(), genotype.quality());
          }
        });
  }

  private int indexOf(SampleSite record) {
    int at = java.util.Collections.binarySearch(sites, new JoinedSite(record.pos(), record.ref()));
    if (at < 0) {
      throw new IllegalStateException("a record without its site");
    }
    return at;
  }

  /** Adds what the sample's records say about bases, in any order; then all records are told. */
  void addSpans(List<SampleSpan> spans) {
    SpanSweep.sweep(spans, first, first + called.length - 2 + (first == 0 ? 1 : 0), this::addSpan);
  }

  private void addSpan(long from, long to, SampleSpan span) {
    if (span.isCalled()) {
      called[(int) (from - first)]++;
      called[(int) (to - first)]--;
    }
    int lo = indexOf(from);
    int hi = indexOf(to);
    addAbsent(lo);
    if (!span.changesAny()) {
      addRuns(lo, hi, span);
    } else {
      for (int at = lo; at < hi; at++) {
        addRuns(at, at + 1, span);
      }
    }
    done = hi;
  }

  private int indexOf(long place) {
    int at = Arrays.binarySearch(places, place);
    at = at < 0 ? -at - 1 : at;
    while (at > 0 && places[at - 1] >= place) {
      at--;
    }
    return at;
  }

  /** Ends the sample: where nothing was said of it, it is absent. */
  void end() {
    addAbsent(size);
  }

  private void addAbsent(int to) {
    forOthers(done, to, (lo, hi) -> add(absent == AbsentGenotype.REFERENCE ? 2 : UNKNOWN, lo, hi));
    done = Math.max(done, to);
  }

  private void addRuns(int from, int to, SampleSpan span) {
    forOthers(
        from,
        to,
        (lo, hi) -> {
          long place = span.changesAny() ? sites.get(lo).firstChanged() : -1;
          int references = span.references(place);
          boolean whole = !span.partial() && references == span.changes().length;
          if (references == 0) {
            add(UNKNOWN, lo, hi);
          } else if (whole) {
            add(references, lo, hi);
            addFields(lo, hi, span.depth(), span.quality());
          } else {
            for (int at = lo; at < hi; at++) {
              sites.get(at).add(sample, new int[references], true);
            }
          }
        });
  }

  /** Takes a run of records. */
  private interface Run {
    void take(int from, int to);
  }

  /** Leaves out the records that the sample has itself. */
  private void forOthers(int from, int to, Run run) {
    int at = from;
    while (nextOwn < own.length && own[nextOwn] < from) {
      nextOwn++;
    }
    for (; nextOwn < own.length && own[nextOwn] < to; nextOwn++) {
      if (at < own[nextOwn]) {
        run.take(at, own[nextOwn]);
      }
      at = own[nextOwn] + 1;
    }
    if (at < to) {
      run.take(at, to);
    }
  }

  private void add(int ploidy, int from, int to) {
    int[] here = changes.computeIfAbsent(ploidy, p -> new int[size + 1]);
    here[from]++;
    here[to]--;
    if (ploidy != 2) {
      runs.add(sample, ploidy, from, to);
    }
  }

  private void addFields(int from, int to, int dp, long gq) {
    if (dp >= 0) {
      depth.add(from, to, dp);
      totals.addDepth(sample, dp, to - from);
    }
    if (gq >= 0) {
      quality.add(from, to, gq);
      totals.addQuality(sample, gq, to - from);
    }
  }

  /** Counts every record, once all samples are told. */
  void count(GenomeBin bin, int samples, Regions regions, Consumer<VariantSummary> rows) {
    JoinedRecord record = new JoinedRecord();
    SweptMoments.Walk depths = depth.walk();
    SweptMoments.Walk qualities = quality.walk();
    int[] numbers = new int[sites.isEmpty() ? 0 : 1 + greatestPloidy()];
    long[] informative = new long[size + 1];
    long[] expected = new long[size + 1];
    for (int i = 0; i < size; i++) {
      sites.get(i).begin(record, bin.contig(), samples);
      for (Map.Entry<Integer, int[]> change : changes.entrySet()) {
        int ploidy = change.getKey();
        numbers[ploidy] += change.getValue()[i];
        if (ploidy == UNKNOWN) {
          record.addMissing(numbers[ploidy]);
        } else {
          record.addReference(ploidy, numbers[ploidy]);
        }
      }
      long expectedHere = record.addTo(totals.totals(), regions);
      informative[i + 1] = informative[i] + (expectedHere > 0 ? 1 : 0);
      expected[i + 1] = expected[i] + expectedHere;
      Moments dp = depths.next();
      Moments gq = qualities.next();
      record.emit(dp, gq, rows);
    }
    runs.forEach(
        (who, ploidy, from, to) -> {
          long left = informative[to] - informative[from];
          long sum = expected[to] - expected[from];
          if (ploidy == UNKNOWN) {
            totals.addMissing(who, to - from, left, sum);
          } else {
            totals.addReference(who, ploidy, to - from, left, sum);
          }
        });
    countBases(bin, regions);
  }

  private int greatestPloidy() {
    return changes.keySet().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  private void countBases(GenomeBin bin, Regions regions) {
    long[] before = new long[called.length + 1];
    long now = 0;
    for (int i = 0; i < called.length; i++) {
      now += called[i];
      before[i + 1] = before[i] + now;
    }
    long all = before[called.length];
    totals.addCalledBases(all);
    if (all == 0) {
      return;
    }
    // POS 0 has no base; where it stands as the first one, regions begin one later.
    int pos = (int) Math.max(1, first);
    int skipped = (int) (pos - first);
    regions.overlapping(
        bin.contig(),
        pos,
        called.length - 2L,
        (Region region, long from, long to) -> {
          long bases = before[(int) to + skipped] - (from == 0 ? 0 : before[(int) from + skipped]);
          if (bases > 0) {
            // Whatever the regions call the sequence.
            totals.addCalledBases(
                new Region(bin.contig(), region.start(), region.end(), region.name()), bases);
          }
        });
  }
}
