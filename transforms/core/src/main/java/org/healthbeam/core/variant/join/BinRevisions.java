package org.healthbeam.core.variant.join;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import javax.annotation.Nullable;
import org.healthbeam.core.variant.JoinedTotals;
import org.healthbeam.core.variant.Region;
import org.healthbeam.core.variant.SiteTotals;
import org.healthbeam.core.variant.Totals;
import org.healthbeam.core.variant.VariantSummary;

/**
 * What is other in the summaries and totals of a bin after its state has changed; the name of the
 * sequence too, with which all of them are other.
 */
public final class BinRevisions {
  private final BinJoin join;

  /**
   * Joins as this one does.
   *
   * @param join with the width, the regions and the rule for absent genotypes
   */
  public BinRevisions(BinJoin join) {
    this.join = join;
  }

  /**
   * Hands over the alternates that are new, other or gone, and returns what the totals gained.
   *
   * @param bin of both states
   * @param before is not changed
   * @param after has learnt more than {@code before}; is not changed
   * @param revision that those which are handed over have
   * @param revisions takes one for each alternate that is not as it was
   * @return by how much the totals of the bin have changed
   */
  public TotalsChange between(
      GenomeBin bin,
      BinState before,
      BinState after,
      long revision,
      Consumer<VariantRevision> revisions) {
    SortedMap<Allele, VariantSummary> old = new TreeMap<>();
    SortedMap<Allele, VariantSummary> now = new TreeMap<>();
    TotalsChange change = TotalsChange.between(join(bin, before, old), join(bin, after, now));
    now.forEach(
        (allele, summary) -> {
          if (!summary.equals(old.remove(allele))) {
            revisions.accept(allele.revised(revision, summary));
          }
        });
    old.keySet().forEach(allele -> revisions.accept(allele.revised(revision, null)));
    return change;
  }

  private Totals join(GenomeBin keyed, BinState state, SortedMap<Allele, VariantSummary> rows) {
    Roster roster = state.roster();
    List<SampleCalls> calls = state.calls();
    GenomeBin bin = state.named(keyed, calls);
    JoinedTotals totals = new JoinedTotals(new Totals(), roster.names());
    join.join(
        bin,
        calls,
        roster,
        totals,
        row -> rows.put(new Allele(row.contig(), row.pos(), row.ref(), row.alt()), row));
    Totals result = totals.totals();
    Map<Region, SiteTotals> regions = Map.copyOf(result.regions());
    result.regions().clear();
    regions.forEach(
        (region, sites) ->
            result
                .regions()
                .put(new Region(bin.contig(), region.start(), region.end(), region.name()), sites));
    return result;
  }

  /** An alternate of the bin. */
  private record Allele(String contig, int pos, String ref, String alt)
      implements Comparable<Allele> {
    VariantRevision revised(long revision, @Nullable VariantSummary summary) {
      return new VariantRevision(contig, pos, ref, alt, revision, summary);
    }

    @Override
    public int compareTo(Allele other) {
      int byContig = contig.compareTo(other.contig);
      int byPos = byContig != 0 ? byContig : Integer.compare(pos, other.pos);
      int byRef = byPos != 0 ? byPos : ref.compareTo(other.ref);
      return byRef != 0 ? byRef : alt.compareTo(other.alt);
    }
  }
}
