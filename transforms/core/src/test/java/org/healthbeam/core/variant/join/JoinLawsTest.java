package org.healthbeam.core.variant.join;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.healthbeam.core.variant.SiteCounter;

/** Joining against counting one file of all samples, and against itself in other orders. */
class JoinLawsTest {
  private static final List<String> SAMPLES = List.of("a", "b", "c", "d", "e");
  private static final String[] SITES = {
    "A T", "A C,T", "AT A", "A ATT", "GCG TTT", "GCG G,GCGCG", "AT C,*", "C T,<NON_REF>", "G <DEL>"
  };

  /** One file of many samples, taken apart and joined again, is what it was. */
  @Property(tries = 150)
  void splitAndJoinedIsTheSame(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int width) {
    Random random = new Random(seed);
    List<String> records = new ArrayList<>();
    JoinedText joined = JoinedText.files().width(width).mixed(seed);
    SAMPLES.forEach(joined::file);
    for (int pos = 1; pos < 300; pos += 3 + random.nextInt(30)) {
      String alleles = SITES[random.nextInt(SITES.length)];
      String site =
          "1 %d %s %s %s %s . GT:DP:GQ"
              .formatted(
                  pos,
                  random.nextBoolean() ? "." : "rs" + pos,
                  alleles,
                  random.nextBoolean() ? "." : "" + random.nextInt(90),
                  random.nextBoolean() ? "PASS" : "q10;s50");
      StringBuilder record = new StringBuilder(site);
      for (String sample : SAMPLES) {
        String genotype = Genotypes.random(random, 1 + alleles.split(",").length);
        record.append(' ').append(genotype);
        joined.file(sample, site + " " + genotype);
      }
      records.add(record.toString());
    }
    joined.join();
    JoinedText whole = JoinedText.scan(SAMPLES, records);
    assertEquals(whole.rows, joined.rows);
    assertEquals(whole.cohort, joined.cohort);
    assertEquals(whole.regions, joined.regions);
  }

  /** Files of any records: what each sample is at each site is looked up slowly, and counted. */
  @Property(tries = 300)
  void joinedIsWhatASlowLookUpFinds(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 80) int width,
      @ForAll AbsentGenotype absent) {
    Random random = new Random(seed);
    TreeMap<String, List<String>> files = new TreeMap<>();
    JoinedText joined = JoinedText.files().width(width).mixed(seed).absent(absent);
    for (String sample : SAMPLES) {
      List<String> records = SlowJoin.randomFile(random);
      files.put(sample, records);
      joined.file(sample, records.toArray(new String[0]));
    }
    joined.join();
    SlowJoin slow = new SlowJoin(files, absent);
    JoinedText whole = JoinedText.scan(SAMPLES, slow.records());
    assertEquals(whole.rows, joined.rows);
    assertEquals(whole.cohort.samples(), joined.cohort.samples());
    assertEquals(whole.cohort.spectrum(), joined.cohort.spectrum());
    assertEquals(whole.cohort.depth(), joined.cohort.depth());
    assertEquals(whole.cohort.quality(), joined.cohort.quality());
    assertEquals(whole.cohort.ploidies(), joined.cohort.ploidies());
    assertEquals(slow.calledBases(), joined.cohort.sites().get(SiteCounter.CALLED_BASES));
    for (SiteCounter counter : SiteCounter.values()) {
      if (counter != SiteCounter.CALLED_BASES) {
        assertEquals(
            whole.cohort.sites().get(counter), joined.cohort.sites().get(counter), counter.label());
      }
    }
  }

  /** The width of bins, the order of calls and bins, and how they were packed change nothing. */
  @Property(tries = 100)
  void orderAndWidthChangeNothing(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 400) int width) {
    Random random = new Random(seed);
    JoinedText one = JoinedText.files().width(1000);
    JoinedText other = JoinedText.files().width(width).mixed(seed);
    for (String sample : SAMPLES) {
      String[] records = SlowJoin.randomFile(random).toArray(new String[0]);
      one.file(sample, records);
      other.file(sample, records);
    }
    one.join();
    other.join();
    assertEquals(one.rows, other.rows);
    assertEquals(one.cohort, other.cohort);
    assertEquals(one.regions, other.regions);
  }

  /** An insertion changes no base, and what changes none is packed without saying where. */
  @Example
  void aBlockAndAnInsertionThatBeginTogetherSpeakInOneOrderInEachBin() {
    orderAndWidthChangeNothing(290, 1);
  }
}
