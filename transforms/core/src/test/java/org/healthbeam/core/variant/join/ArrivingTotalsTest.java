package org.healthbeam.core.variant.join;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.variant.CohortTotals;
import org.healthbeam.core.variant.Filters;
import org.healthbeam.core.variant.OnInvalid;
import org.healthbeam.core.variant.Region;
import org.healthbeam.core.variant.SampleScan;
import org.healthbeam.core.variant.SiteTotals;
import org.healthbeam.core.variant.VcfHeader;

/** Totals of samples that come and go end as those of the samples that are in, joined once. */
class ArrivingTotalsTest {
  private static final List<String> SAMPLES = List.of("a", "b", "c", "d", "e");
  private static final int WIDTH = 60;

  /** What each bin learns, and what all learn. */
  private final Map<GenomeBin, List<CohortEvent>> calls =
      new TreeMap<>(
          java.util.Comparator.comparing(GenomeBin::contig).thenComparingInt(GenomeBin::index));

  private final List<CohortEvent> attendance = new ArrayList<>();

  // What a sink has that upserts.
  private CohortTotals cohort = new CohortTotals().over(List.of());
  private final Map<Region, SiteTotals> regions = new HashMap<>();
  private long revision;

  private void arrive(String sample, long time, List<String> records) {
    attendance.add(CohortEvent.arrival(sample, time));
    VcfHeader header = VcfHeader.of(2, List.of(sample));
    SampleScan scan = new SampleScan(OnInvalid.STRICT, Filters.all());
    CallPacker packer =
        new CallPacker(
            sample,
            header,
            WIDTH,
            (bin, some) ->
                calls
                    .computeIfAbsent(bin, b -> new ArrayList<>())
                    .add(CohortEvent.calls(some, time)));
    for (String record : records) {
      byte[] line = record.replace(' ', '\t').getBytes(StandardCharsets.UTF_8);
      try {
        scan.scan(line, 0, line.length, header);
      } catch (RejectedException e) {
        throw new AssertionError(record, e);
      }
      packer.add(scan);
    }
    packer.giveAway();
  }

  /** Has each bin learn in some order, and returns by how much it changed the totals each time. */
  private List<TotalsChange> changes(AbsentGenotype absent, Random random) {
    List<TotalsChange> changes = new ArrayList<>();
    BinRevisions revise = new BinRevisions(new BinJoin(WIDTH, absent, JoinedText.REGIONS));
    calls.forEach(
        (bin, some) -> {
          List<CohortEvent> events = new ArrayList<>(some);
          events.addAll(attendance);
          Collections.shuffle(events, random);
          BinState before = new BinState();
          BinState after = new BinState();
          for (int i = 0; i < events.size(); i++) {
            after.add(events.get(i));
            if (i + 1 == events.size() || random.nextInt(5) == 0) {
              changes.add(revise.between(bin, before, after, 1, row -> {}));
              before = after.copy();
            }
          }
        });
    return changes;
  }

  private static ArrivingTotals throughBytes(ArrivingTotals totals) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      totals.write(new DataOutputStream(bytes));
      ArrivingTotals read =
          ArrivingTotals.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
      assertEquals(totals, read);
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void upsert(TotalsRevision told) {
    assertTrue(told.revision() > revision, "revisions grow");
    revision = told.revision();
    List<String> gone = new ArrayList<>(cohort.samples().names());
    gone.removeAll(told.cohort().samples().names());
    assertEquals(gone, told.gone());
    cohort = told.cohort();
    told.regions()
        .forEach(
            (region, sites) -> {
              if (sites.isNothing()) {
                assertTrue(regions.remove(region) != null, "what goes was there");
              } else {
                regions.put(region, sites);
              }
            });
  }

  /** Learns of changes and of samples in some order, some changes added up before. */
  private void learn(List<TotalsChange> changes, Random random) {
    List<Object> news = new ArrayList<>(attendance);
    Collections.shuffle(changes, random);
    for (int i = 0; i < changes.size(); i++) {
      TotalsChange sum = changes.get(i);
      while (i + 1 < changes.size() && random.nextBoolean()) {
        sum = sum.plus(changes.get(++i));
      }
      news.add(sum);
    }
    Collections.shuffle(news, random);
    ArrivingTotals before = ArrivingTotals.begin();
    ArrivingTotals after = before.copy();
    for (int i = 0; i < news.size(); i++) {
      if (news.get(i) instanceof TotalsChange change) {
        after.add(change);
      } else {
        after.add((CohortEvent) news.get(i));
      }
      if (i + 1 == news.size() || random.nextInt(4) == 0) {
        after.since(before).ifPresent(this::upsert);
        assertTrue(after.since(after.copy()).isEmpty(), "nothing is other");
        before = throughBytes(after);
        after = before.copy();
      }
    }
  }

  @Property(tries = 150)
  void anyOrderOfArrivalsWithdrawalsAndChangesEndsAsThoseThatAreIn(
      @ForAll long seed, @ForAll AbsentGenotype absent) {
    Random random = new Random(seed);
    calls.clear();
    attendance.clear();
    regions.clear();
    cohort = new CohortTotals().over(List.of());
    revision = 0;
    JoinedText remaining = JoinedText.files().width(WIDTH).absent(absent);
    for (String sample : SAMPLES) {
      List<String> first = SlowJoin.randomFile(random);
      arrive(sample, 10, first);
      int what = random.nextInt(4);
      if (what > 0) {
        attendance.add(CohortEvent.withdrawal(sample, 10 + random.nextInt(5)));
      }
      if (what == 0) {
        remaining.file(sample, first.toArray(new String[0]));
      } else if (what == 1) {
        List<String> again = SlowJoin.randomFile(random);
        arrive(sample, 20, again);
        remaining.file(sample, again.toArray(new String[0]));
      }
    }
    learn(changes(absent, random), random);
    remaining.join();
    assertEquals(remaining.cohort, cohort);
    assertEquals(remaining.cohort.samples().summaries(), cohort.samples().summaries());
    assertEquals(remaining.regions, regions);
  }

  @Property(tries = 50)
  void whatOneHasAndTheOtherLacksAddedToTheOtherIsTheOne(@ForAll long seed) {
    Random random = new Random(seed);
    List<CohortTotals> totals = new ArrayList<>();
    for (int n = 0; n < 2; n++) {
      JoinedText some = JoinedText.files().width(WIDTH);
      for (String sample : SAMPLES) {
        if (random.nextBoolean()) {
          some.file(sample, SlowJoin.randomFile(random).toArray(new String[0]));
        }
      }
      totals.add(some.join().cohort);
    }
    CohortTotals one = totals.get(0);
    CohortTotals other = totals.get(1);
    assertEquals(one, other.plus(one.minus(other)).over(one.samples().names()));
    assertEquals(other.plus(one), one.plus(other));
  }
}
