package org.healthbeam.core.variant.join;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.variant.CallFilters;
import org.healthbeam.core.variant.CohortTotals;
import org.healthbeam.core.variant.FailedGenotypes;
import org.healthbeam.core.variant.Filters;
import org.healthbeam.core.variant.JoinedTotals;
import org.healthbeam.core.variant.OnInvalid;
import org.healthbeam.core.variant.Region;
import org.healthbeam.core.variant.Regions;
import org.healthbeam.core.variant.SampleScan;
import org.healthbeam.core.variant.SampleSummary;
import org.healthbeam.core.variant.SiteTotals;
import org.healthbeam.core.variant.Totals;
import org.healthbeam.core.variant.VariantScan;
import org.healthbeam.core.variant.VariantSummary;
import org.healthbeam.core.variant.VcfHeader;

/** Records in memory, joined as many files of one sample, or scanned as one file of many. */
final class JoinedText {
  static final Regions REGIONS = Regions.windows(30);

  final Map<String, VariantSummary> rows = new TreeMap<>();
  final Map<Region, SiteTotals> regions = new LinkedHashMap<>();
  final CohortTotals cohort = new CohortTotals();

  private int width = 50;
  private AbsentGenotype absent = AbsentGenotype.MISSING;
  private CallFilters filters = CallFilters.none();
  private long seed;
  private final Map<String, List<String>> files = new TreeMap<>();
  private final List<String> leftOut = new ArrayList<>();

  /** Begins without a file. */
  static JoinedText files() {
    return new JoinedText();
  }

  /** Adds the file of one sample; spaces stand for tabs. */
  JoinedText file(String sample, String... records) {
    files.computeIfAbsent(sample, s -> new ArrayList<>()).addAll(Arrays.asList(records));
    return this;
  }

  JoinedText absent(AbsentGenotype genotype) {
    absent = genotype;
    return this;
  }

  JoinedText width(int bases) {
    width = bases;
    return this;
  }

  JoinedText filters(Filters some) {
    filters = filters.with(some);
    return this;
  }

  JoinedText failed(FailedGenotypes genotypes) {
    filters = filters.with(genotypes);
    return this;
  }

  /** Mixes the order of calls and of bins. */
  JoinedText mixed(long how) {
    seed = how;
    return this;
  }

  JoinedText leaveOut(String sample) {
    leftOut.add(sample);
    return this;
  }

  JoinedText join() {
    Random random = new Random(seed);
    Map<GenomeBin, List<SampleCalls>> bins = new LinkedHashMap<>();
    files.forEach(
        (sample, records) -> {
          VcfHeader header = VcfHeader.of(2, List.of(sample));
          SampleScan scan = new SampleScan(OnInvalid.STRICT, filters);
          CallPacker packer =
              new CallPacker(
                  sample + ".vcf",
                  header,
                  width,
                  (bin, calls) -> bins.computeIfAbsent(bin, b -> new ArrayList<>()).add(calls));
          for (String record : records) {
            byte[] line = line(record);
            try {
              scan.scan(line, 0, line.length, header);
            } catch (RejectedException e) {
              throw new AssertionError(record, e);
            }
            packer.add(scan);
            if (random.nextInt(3) == 0) {
              packer.giveAway();
            }
          }
          packer.giveAway();
        });
    List<String> samples = new ArrayList<>(files.keySet());
    samples.removeAll(leftOut);
    Roster roster = new Roster(samples);
    List<GenomeBin> order = new ArrayList<>(bins.keySet());
    Collections.shuffle(order, random);
    cohort.add(new JoinedTotals(new Totals(), roster.names()).totals().cohort());
    BinJoin join = new BinJoin(width, absent, REGIONS);
    for (GenomeBin bin : order) {
      List<SampleCalls> calls = bins.get(bin);
      Collections.shuffle(calls, random);
      JoinedTotals totals = new JoinedTotals(new Totals(), roster.names());
      join.join(bin, calls, roster, totals, this::addRow);
      cohort.add(totals.totals().cohort());
      addRegions(totals.totals());
    }
    return this;
  }

  /** Scans records of these samples, which are in the order of their names. */
  static JoinedText scan(List<String> samples, List<String> records) {
    JoinedText result = new JoinedText();
    Totals totals = new Totals();
    VcfHeader header = VcfHeader.of(2, samples);
    totals.expect(header, "");
    VariantScan scan = new VariantScan(OnInvalid.STRICT, Filters.all(), REGIONS);
    for (String record : records) {
      byte[] line = line(record);
      try {
        scan.scan(line, 0, line.length, header, totals, result::addRow);
      } catch (RejectedException e) {
        throw new AssertionError(record, e);
      }
    }
    result.cohort.add(totals.cohort());
    result.addRegions(totals);
    return result;
  }

  private void addRow(VariantSummary row) {
    String key = String.join(" ", row.contig(), "" + row.pos(), row.ref(), row.alt());
    if (rows.put(key, row) != null) {
      throw new AssertionError("twice: " + key);
    }
  }

  private void addRegions(Totals totals) {
    totals
        .regions()
        .forEach(
            (region, sites) -> regions.computeIfAbsent(region, r -> new SiteTotals()).add(sites));
  }

  private static byte[] line(String record) {
    return record.replace(' ', '\t').getBytes(StandardCharsets.UTF_8);
  }

  VariantSummary row(String key) {
    VariantSummary row = rows.get(key);
    if (row == null) {
      throw new AssertionError(key + " is not among " + rows.keySet());
    }
    return row;
  }

  /** Returns the genotypes of a row: missing, partial, hom ref, het, hom alt, hap ref, hap alt. */
  List<Integer> genotypes(String key) {
    VariantSummary r = row(key);
    return List.of(
        r.nMissing(), r.nPartial(), r.nHomRef(), r.nHet(), r.nHomAlt(), r.nHapRef(), r.nHapAlt());
  }

  SampleSummary sample(String name) {
    return cohort.samples().summaries().stream()
        .filter(s -> s.sample().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
