package org.healthbeam.core.variant.join;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.healthbeam.core.variant.JoinedTotals;
import org.healthbeam.core.variant.Regions;
import org.healthbeam.core.variant.VariantSummary;

/**
 * Joins what all samples say in one bin into records of all samples, and counts these.
 *
 * <p>The records are those that any sample has, by place and reference allele, each with all
 * alternates that any sample lists. A sample's genotype there is that of its own record of the same
 * place and reference allele; else what the record that spans the place says, of which the one that
 * begins last speaks; else the {@link AbsentGenotype}. No genotype is called anew.
 *
 * <p>Cost: the calls, and for each span the logarithm of the number of records; not the records
 * times the samples. Memory: the packed calls of the bin, the decoded ones of the records in it,
 * and a number for each run of records that share a genotype in a sample.
 */
public final class BinJoin {
  private final int width;
  private final AbsentGenotype absent;
  private final Regions regions;

  /**
   * Joins bins.
   *
   * @param width of the bins, as {@link CallPacker} was given
   * @param absent what a sample has where none of its records speaks
   * @param regions in which is counted beside the cohort
   */
  public BinJoin(int width, AbsentGenotype absent, Regions regions) {
    this.width = width;
    this.absent = absent;
    this.regions = regions;
  }

  /**
   * Joins one bin.
   *
   * @param bin a stretch of one sequence
   * @param calls in any order; those of samples that are not in the roster are left out
   * @param roster the samples of the result, in its order
   * @param totals of the samples of the roster
   * @param rows takes one summary for each alternate of each record, in the order of the places
   */
  public void join(
      GenomeBin bin,
      Iterable<SampleCalls> calls,
      Roster roster,
      JoinedTotals totals,
      Consumer<VariantSummary> rows) {
    Map<Integer, List<SampleCalls>> bySample = new HashMap<>();
    for (SampleCalls some : calls) {
      int sample = roster.place(some.sample());
      if (sample >= 0) {
        bySample.computeIfAbsent(sample, s -> new ArrayList<>()).add(some);
        totals.addFilteredOut(some.filteredOut());
      }
    }
    if (bySample.isEmpty()) {
      return;
    }
    regions.check(bin.contig());
    Map<Integer, List<SampleSite>> own = new HashMap<>();
    TreeMap<SiteKey, JoinedSite> found = new TreeMap<>();
    bySample.forEach((sample, some) -> own.put(sample, sites(bin, some, found)));
    List<JoinedSite> sites = List.copyOf(found.values());
    sites.forEach(JoinedSite::number);
    JoinedGenotypes genotypes = new JoinedGenotypes(sites, bin.first(width), width, totals);
    for (int sample = 0; sample < roster.names().size(); sample++) {
      List<SampleCalls> mine = bySample.get(sample);
      genotypes.begin(sample, absent);
      if (mine != null) {
        List<SampleSite> records = own.get(sample);
        genotypes.addOwn(records);
        List<SampleSpan> spans = spans(bin, mine);
        records.forEach(record -> spans.add(record.span()));
        genotypes.addSpans(spans);
      }
      genotypes.end();
    }
    genotypes.count(bin, roster.names().size(), regions, rows);
  }

  private List<SampleSite> sites(
      GenomeBin bin, List<SampleCalls> calls, Map<SiteKey, JoinedSite> found) {
    List<SampleSite> result = new ArrayList<>();
    try {
      for (SampleCalls some : calls) {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(some.sites()));
        while (in.available() > 0) {
          SampleSite site = SampleSite.read(in, bin.first(width));
          found
              .computeIfAbsent(
                  new SiteKey(site.pos(), site.ref()), k -> new JoinedSite(k.pos(), k.ref()))
              .describe(site);
          result.add(site);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the packed calls of a sample cannot be read", e);
    }
    return result;
  }

  private List<SampleSpan> spans(GenomeBin bin, List<SampleCalls> calls) {
    List<SampleSpan> result = new ArrayList<>();
    try {
      for (SampleCalls some : calls) {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(some.spans()));
        while (in.available() > 0) {
          result.add(SampleSpan.read(in, bin.first(width)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the packed calls of a sample cannot be read", e);
    }
    return result;
  }

  /** Where a record is. */
  record SiteKey(int pos, String ref) implements Comparable<SiteKey> {
    @Override
    public int compareTo(SiteKey other) {
      int byPos = Integer.compare(pos, other.pos);
      return byPos != 0 ? byPos : ref.compareTo(other.ref);
    }
  }
}
