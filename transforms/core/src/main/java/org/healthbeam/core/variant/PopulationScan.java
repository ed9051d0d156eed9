package org.healthbeam.core.variant;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.healthbeam.core.variant.reference.Populations;

/**
 * Counts the genotypes of one record by population. One object serves all records in turn.
 *
 * <p>The work is that of the kept genotypes, which are not diploid homozygotes of the reference,
 * and of the populations; what the kept ones leave of a population are such homozygotes.
 */
final class PopulationScan {
  private static final int CALLS = Call.count();

  private final Populations populations;
  private final List<String> names;
  private final int[] sizes;
  private VcfHeader header = VcfHeader.of(2, List.of());
  private int[][] bySample = {};

  // By population and call; and by population and allele.
  private final int[] calls;
  private final int[] kept;
  private final int[] diploid;
  private int alleles = 1;
  private int[] ac = {};
  private int[] hom = {};
  private int[] diploidHom = {};
  private int[] diploidHet = {};

  PopulationScan(Populations populations) {
    this.populations = populations;
    this.names = populations.names();
    this.sizes = new int[names.size()];
    this.calls = new int[names.size() * CALLS];
    this.kept = new int[names.size()];
    this.diploid = new int[names.size()];
  }

  /**
   * Says whose genotypes come now.
   *
   * @throws UnknownSamplesException if there are samples and the table has none of them
   */
  @SuppressWarnings("ReferenceEquality") // each part of a file has an object of its own
  void expect(VcfHeader next) {
    if (next == header) {
      return;
    }
    if (next.equals(header)) {
      header = next;
      return;
    }
    List<String> samples = next.samples();
    bySample = new int[samples.size()][];
    Arrays.fill(sizes, 0);
    boolean any = samples.isEmpty();
    for (int s = 0; s < bySample.length; s++) {
      bySample[s] = populations.of(samples.get(s));
      for (int p : bySample[s]) {
        sizes[p]++;
        any = true;
      }
    }
    if (!any) {
      throw new UnknownSamplesException(populations.name(), samples.size());
    }
    header = next;
  }

  /** Counts one record, whose rows and totals can then be had. */
  void count(GenotypeScan g) {
    alleles = g.alleles;
    int cells = names.size() * alleles;
    if (ac.length < cells) {
      ac = new int[cells * 2];
      hom = new int[cells * 2];
      diploidHom = new int[cells * 2];
      diploidHet = new int[cells * 2];
    }
    for (int[] counts : List.of(ac, hom, diploidHom, diploidHet)) {
      Arrays.fill(counts, 0, cells, 0);
    }
    for (int[] counts : List.of(calls, kept, diploid)) {
      Arrays.fill(counts, 0);
    }
    for (int k = 0; k < g.kept; k++) {
      for (int p : bySample[g.keptSample[k]]) {
        add(g, k, p);
      }
    }
    for (int p = 0; p < sizes.length; p++) {
      int rest = sizes[p] - kept[p];
      calls[p * CALLS + Call.HOM_REF.index()] += rest;
      diploid[p] += rest;
      ac[p * alleles] += 2 * rest;
      hom[p * alleles] += rest;
      diploidHom[p * alleles] += rest;
    }
  }

  private void add(GenotypeScan g, int k, int p) {
    Call call = Call.at(g.keptCall[k]);
    int from = g.keptFrom[k];
    int to = g.keptFrom[k + 1];
    int base = p * alleles;
    kept[p]++;
    calls[p * CALLS + call.index()]++;
    for (int at = from; at < to; at++) {
      ac[base + g.keptAlleles[at]]++;
    }
    if (call == Call.HOM_ALT || call == Call.HOM_REF) {
      hom[base + g.keptAlleles[from]]++;
    }
    if (call.isCalled() && to - from == 2) {
      diploid[p]++;
      int first = base + g.keptAlleles[from];
      int second = base + g.keptAlleles[from + 1];
      if (first == second) {
        diploidHom[first]++;
      } else {
        diploidHet[first]++;
        diploidHet[second]++;
      }
    }
  }

  /** Hands over one row for each alternate and each population that has samples. */
  void rows(ScannedRecord r, Consumer<PopulationSummary> rows) {
    for (int i = 1; i < alleles; i++) {
      for (int p = 0; r.types[i].isVariant() && p < sizes.length; p++) {
        if (sizes[p] > 0) {
          rows.accept(row(r, i, p));
        }
      }
    }
  }

  private PopulationSummary row(ScannedRecord r, int allele, int p) {
    int at = p * CALLS;
    int cell = p * alleles + allele;
    int missing = calls[at + Call.MISSING.index()];
    int partial = calls[at + Call.PARTIAL.index()];
    return new PopulationSummary(
        r.contig,
        r.pos,
        r.ref,
        r.alleles[allele],
        names.get(p),
        missing,
        partial,
        calls[at + Call.HOM_REF.index()],
        calls[at + Call.HET.index()],
        hom[cell],
        calls[at + Call.HAP_REF.index()],
        calls[at + Call.HAP_ALT.index()],
        sizes[p] - missing - partial,
        ac[cell],
        an(p),
        second(p),
        diploidHom[cell],
        diploidHet[cell],
        diploid[p] - diploidHom[cell] - diploidHet[cell]);
  }

  private long an(int p) {
    long an = 0;
    for (int i = 0; i < alleles; i++) {
      an += ac[p * alleles + i];
    }
    return an;
  }

  private long second(int p) {
    long first = 0;
    long second = 0;
    for (int i = 0; i < alleles; i++) {
      long n = ac[p * alleles + i];
      second = Math.max(second, Math.min(first, n));
      first = Math.max(first, n);
    }
    return second;
  }

  /** Adds the record to what the populations come to. */
  void addTo(NamedTotals totals, ScannedRecord r) {
    for (int p = 0; p < sizes.length; p++) {
      if (sizes[p] > 0) {
        add(totals.of(names.get(p)), r, p);
      }
    }
  }

  private void add(SiteTotals sites, ScannedRecord r, int p) {
    sites.add(SiteCounter.RECORDS, 1);
    sites.addCalls(calls, p * CALLS);
    int variants = 0;
    for (int i = 1; i < alleles; i++) {
      int n = r.types[i].isVariant() ? ac[p * alleles + i] : 0;
      if (n > 0) {
        variants++;
        sites.addAllele(r, i);
        sites.add(SiteCounter.SINGLETON, n == 1 ? 1 : 0);
        sites.add(SiteCounter.PRIVATE, n == r.genotypes.ac[i] ? 1 : 0);
      }
    }
    sites.addKind(variants);
  }
}
