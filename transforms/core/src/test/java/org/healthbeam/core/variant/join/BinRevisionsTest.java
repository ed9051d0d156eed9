package org.healthbeam.core.variant.join;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.variant.Filters;
import org.healthbeam.core.variant.OnInvalid;
import org.healthbeam.core.variant.Regions;
import org.healthbeam.core.variant.SampleScan;
import org.healthbeam.core.variant.VariantSummary;
import org.healthbeam.core.variant.VcfHeader;
import org.junit.jupiter.api.Test;

/** Samples that come and go end as those that are in, joined once. */
class BinRevisionsTest {
  private static final int WIDTH = 1000;
  private static final GenomeBin BIN = new GenomeBin("1", 0);
  private static final List<String> SAMPLES = List.of("a", "b", "c", "d");

  private final Map<String, VariantSummary> rows = new TreeMap<>();
  private final Map<String, Long> revisions = new TreeMap<>();
  private int gone;

  private static List<CohortEvent> arrival(String sample, long time, List<String> records) {
    return arrival(sample, sample, time, records);
  }

  private static List<CohortEvent> arrival(
      String sample, String file, long time, List<String> records) {
    List<CohortEvent> events = new ArrayList<>();
    events.add(CohortEvent.arrival(sample, time));
    VcfHeader header = VcfHeader.of(2, List.of(sample));
    SampleScan scan = new SampleScan(OnInvalid.STRICT, Filters.all());
    CallPacker packer =
        new CallPacker(
            file, header, WIDTH, (bin, calls) -> events.add(CohortEvent.calls(calls, time)));
    for (String record : records) {
      byte[] line = record.replace(' ', '\t').getBytes(StandardCharsets.UTF_8);
      try {
        scan.scan(line, 0, line.length, header);
      } catch (RejectedException e) {
        throw new AssertionError(record, e);
      }
      packer.add(scan);
      packer.giveAway();
    }
    return events;
  }

  /** Learns of the events in some order, revising now and then, and always at the end. */
  private BinState learn(List<CohortEvent> events, AbsentGenotype absent, Random random) {
    BinRevisions revise = new BinRevisions(new BinJoin(WIDTH, absent, Regions.none()));
    BinState settled = new BinState();
    BinState state = new BinState();
    long revision = 0;
    for (int i = 0; i < events.size(); i++) {
      state.add(events.get(i));
      if (i + 1 == events.size() || random.nextInt(4) == 0) {
        revise.between(BIN, settled, state, ++revision, this::upsert);
        settled = new BinState();
        state.events().forEach(settled::add);
        state = settled.copy();
      }
    }
    return state;
  }

  private void upsert(VariantRevision revision) {
    String key = revision.pos() + " " + revision.ref() + " " + revision.alt();
    Long before = revisions.put(key, revision.revision());
    assertTrue(before == null || before < revision.revision(), "revisions grow");
    if (revision.isGone()) {
      assertTrue(rows.remove(key) != null, "what goes was there");
      gone++;
    } else {
      assertFalse(revision.summary().equals(rows.put(key, revision.summary())), "it is other");
    }
  }

  @Property(tries = 200)
  void anyOrderOfArrivalsAndWithdrawalsEndsAsThoseThatAreIn(
      @ForAll long seed, @ForAll AbsentGenotype absent) {
    Random random = new Random(seed);
    List<CohortEvent> events = new ArrayList<>();
    JoinedText remaining = JoinedText.files().width(WIDTH).absent(absent);
    for (String sample : SAMPLES) {
      List<String> first = SlowJoin.randomFile(random);
      events.addAll(arrival(sample, 10, first));
      int what = random.nextInt(4);
      if (what > 0) {
        events.add(CohortEvent.withdrawal(sample, 10 + random.nextInt(5)));
      }
      if (what == 0) {
        remaining.file(sample, first.toArray(new String[0]));
      } else if (what == 1) {
        List<String> again = SlowJoin.randomFile(random);
        events.addAll(arrival(sample, 20, again));
        remaining.file(sample, again.toArray(new String[0]));
      }
    }
    Collections.shuffle(events, random);
    rows.clear();
    revisions.clear();
    learn(events, absent, random);
    remaining.join();
    assertEquals(List.copyOf(remaining.rows.values()), byKey(remaining));
    assertEquals(remaining.rows.size(), rows.size());
  }

  /** A second file of a sample, which may be found first, and a first one without a record here. */
  @Property(tries = 200)
  void ofSeveralFilesOfASampleTheFirstThatIsInCountsInAnyOrder(
      @ForAll long seed, @ForAll AbsentGenotype absent) {
    Random random = new Random(seed);
    List<CohortEvent> events = new ArrayList<>();
    JoinedText remaining = JoinedText.files().width(WIDTH).absent(absent);
    for (String sample : SAMPLES) {
      List<String> first = random.nextInt(3) == 0 ? List.of() : SlowJoin.randomFile(random);
      List<String> second = SlowJoin.randomFile(random);
      long later = random.nextBoolean() ? 10 : 20;
      events.addAll(arrival(sample, sample + 1, 10, first));
      events.add(CohortEvent.file(sample, sample + 1, 10));
      events.addAll(arrival(sample, sample + 2, later, second));
      events.add(CohortEvent.file(sample, sample + 2, later));
      boolean withdrawn = later > 10 && random.nextBoolean();
      if (withdrawn) {
        events.add(CohortEvent.withdrawal(sample, 15));
      }
      remaining.file(sample, (withdrawn ? second : first).toArray(new String[0]));
    }
    Collections.shuffle(events, random);
    rows.clear();
    revisions.clear();
    learn(events, absent, random);
    remaining.join();
    assertEquals(List.copyOf(remaining.rows.values()), byKey(remaining));
    assertEquals(remaining.rows.size(), rows.size());
  }

  private List<VariantSummary> byKey(JoinedText remaining) {
    return remaining.rows.keySet().stream().map(key -> rows.get(key.substring(2))).toList();
  }

  @Test
  void alleleOfAWithdrawnSampleIsGoneAndTheOthersAreRevised() {
    List<CohortEvent> events = new ArrayList<>();
    events.addAll(arrival("a", 1, List.of("1 100 . A C . PASS . GT 0/1")));
    events.addAll(
        arrival("b", 1, List.of("1 100 . A C . PASS . GT 0/1", "1 200 . A G . PASS . GT 1/1")));
    events.add(CohortEvent.withdrawal("b", 1));
    BinState state = new BinState();
    BinState before = new BinState();
    BinRevisions revise =
        new BinRevisions(new BinJoin(WIDTH, AbsentGenotype.MISSING, Regions.none()));
    events.subList(0, events.size() - 1).forEach(before::add);
    revise.between(BIN, state, before, 1, this::upsert);
    assertEquals(2, rows.get("100 A C").ac());
    BinState after = before.copy();
    after.add(events.get(events.size() - 1));
    revise.between(BIN, before, after, 2, this::upsert);
    assertEquals(1, rows.get("100 A C").ac());
    assertEquals(1, rows.size());
    assertEquals(1, gone);
    assertEquals(List.of("a"), after.roster().names());
    assertTrue(
        after.events().stream().noneMatch(e -> e.calls() != null && e.sample().equals("b")),
        "nothing of it is kept");
  }
}
