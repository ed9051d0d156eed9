package org.healthbeam.core.variant.join;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.healthbeam.core.variant.AlleleType;
import org.healthbeam.core.variant.JoinedRecord;

/** What all samples' records of one place and one reference allele come to. */
final class JoinedSite implements Comparable<JoinedSite> {
  private final int pos;
  private final String ref;
  private final TreeMap<String, Integer> alternates = new TreeMap<>();
  private final Set<String> ids = new TreeSet<>();
  private final Set<String> filters = new TreeSet<>();
  private double qual = Double.NaN;
  private long firstChanged = -1;

  // The genotypes that were told one by one: sample, whether partial, alleles.
  private final List<Genotype> genotypes = new ArrayList<>();

  /** One sample's. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Genotype(int sample, int[] alleles, boolean partial) {}

  JoinedSite(int pos, String ref) {
    this.pos = pos;
    this.ref = ref;
  }

  int pos() {
    return pos;
  }

  /** Adds what the record of one sample says besides the genotype. */
  void describe(SampleSite site) {
    for (int i = 1; i <= site.alternates().size(); i++) {
      String alternate = site.alternates().get(i - 1);
      int allele = i;
      if (AlleleType.of(ref, alternate).isVariant()
          || Arrays.stream(site.alleles()).anyMatch(a -> a == allele)) {
        alternates.put(alternate, 0);
      }
    }
    addParts(ids, site.id());
    addParts(filters, site.filter());
    if (!(site.qual() <= qual)) {
      qual = Double.isNaN(site.qual()) ? qual : site.qual();
    }
  }

  private static void addParts(Set<String> parts, String text) {
    if (!text.equals(".")) {
      parts.addAll(Arrays.asList(text.split(";", -1)));
    }
  }

  /** Numbers the alternates, once all records have described it. */
  void number() {
    int next = 1;
    for (var entry : alternates.entrySet()) {
      entry.setValue(next++);
      ChangedBases changed = ChangedBases.of(ref, entry.getKey(), ref.length());
      if (!changed.isNone() && AlleleType.of(ref, entry.getKey()).isVariant()) {
        long first = pos + changed.from();
        firstChanged = firstChanged < 0 ? first : Math.min(firstChanged, first);
      }
    }
  }

  /** {@return the first base that an alternate changes; -1 if none changes one} */
  long firstChanged() {
    return firstChanged;
  }

  /** {@return how many alleles there are, the reference included} */
  int alleles() {
    return alternates.size() + 1;
  }

  int allele(String alternate) {
    return alternates.get(alternate);
  }

  /** Adds the genotype of one sample, alleles by their numbers here. */
  void add(int sample, int[] alleles, boolean partial) {
    genotypes.add(new Genotype(sample, alleles, partial));
  }

  /** Begins the record, with the genotypes that were added. */
  void begin(JoinedRecord record, String contig, int samples) {
    if (filters.size() > 1) {
      filters.remove("PASS");
    }
    record.begin(
        contig,
        pos,
        ids.isEmpty() ? "." : String.join(";", ids),
        ref,
        List.copyOf(alternates.keySet()),
        qual,
        filters.isEmpty() ? "." : String.join(";", filters),
        samples);
    for (Genotype genotype : genotypes) {
      record.add(genotype.sample, genotype.alleles, 0, genotype.alleles.length, genotype.partial);
    }
  }

  @Override
  public int compareTo(JoinedSite other) {
    int byPos = Integer.compare(pos, other.pos);
    return byPos != 0 ? byPos : ref.compareTo(other.ref);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JoinedSite that && compareTo(that) == 0;
  }

  @Override
  public int hashCode() {
    return 31 * pos + ref.hashCode();
  }
}
