package org.healthbeam.core.variant.compat;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.healthbeam.core.variant.Moments;
import org.healthbeam.core.variant.ScannedRecord;
import org.healthbeam.core.variant.Varints;

/**
 * The genotypes of one record, counted by allele and kind so finely that every tool's numbers of
 * the record follow from them.
 */
public final class SiteCounts {
  /** What a genotype is to an allele that it has. */
  enum Kind {
    DIPLOID_HOM,
    DIPLOID_HET,
    HAPLOID,
    /** Three alleles or more, all this one. */
    POLYPLOID_HOM,
    POLYPLOID_HET,
    /** A missing allele, and else only this one. */
    PARTIAL_ONLY,
    /** A missing allele, this one and others. */
    PARTIAL_MIXED;

    private static final int COUNT = values().length;

    @SuppressWarnings("EnumOrdinal")
    private int index() {
      return ordinal();
    }
  }

  final String contig;
  final int pos;
  final String id;
  final String ref;
  final List<String> alternates;
  final int samples;
  final boolean hasGenotypes;
  int missing;
  int partial;
  int diploid;
  int polyploid;
  private final int[] byAllele;
  final Moments depth;
  final Moments quality;

  private SiteCounts(
      String contig,
      int pos,
      String id,
      String ref,
      List<String> alternates,
      int samples,
      boolean hasGenotypes,
      Moments depth,
      Moments quality) {
    this.contig = contig;
    this.pos = pos;
    this.id = id;
    this.ref = ref;
    this.alternates = List.copyOf(alternates);
    this.samples = samples;
    this.hasGenotypes = hasGenotypes;
    this.byAllele = new int[(alternates.size() + 1) * Kind.COUNT];
    this.depth = depth;
    this.quality = quality;
  }

  static SiteCounts of(ScannedRecord r) {
    List<String> alternates = new ArrayList<>();
    for (int i = 1; i < r.alleles(); i++) {
      alternates.add(r.alternate(i));
    }
    SiteCounts result =
        new SiteCounts(
            r.contig(),
            r.pos(),
            r.id(),
            r.ref(),
            alternates,
            r.samples(),
            r.hasGenotypes(),
            new Moments(),
            new Moments());
    if (r.hasGenotypes()) {
      for (int k = 0; k < r.kept(); k++) {
        result.add(r, k);
      }
      int homRef = r.samples() - r.kept();
      result.diploid += homRef;
      result.byAllele[Kind.DIPLOID_HOM.index()] += homRef;
    }
    for (int s = 0; s < r.samples(); s++) {
      if (r.dp(s) >= 0) {
        result.depth.add(r.dp(s));
      }
      if (r.gq(s) >= 0) {
        result.quality.add(r.gq(s));
      }
    }
    return result;
  }

  private void add(ScannedRecord r, int k) {
    int known = r.known(k);
    boolean equal = true;
    for (int i = 1; i < known; i++) {
      equal &= r.allele(k, i) == r.allele(k, 0);
    }
    Kind kind;
    if (!r.isCalled(k)) {
      missing += known == 0 ? 1 : 0;
      partial += known == 0 ? 0 : 1;
      kind = equal ? Kind.PARTIAL_ONLY : Kind.PARTIAL_MIXED;
    } else if (known == 1) {
      kind = Kind.HAPLOID;
    } else if (known == 2) {
      diploid++;
      kind = equal ? Kind.DIPLOID_HOM : Kind.DIPLOID_HET;
    } else {
      polyploid++;
      kind = equal ? Kind.POLYPLOID_HOM : Kind.POLYPLOID_HET;
    }
    for (int i = 0; i < known; i++) {
      boolean first = true;
      for (int j = 0; j < i; j++) {
        first &= r.allele(k, j) != r.allele(k, i);
      }
      byAllele[r.allele(k, i) * Kind.COUNT + kind.index()] += first ? 1 : 0;
    }
  }

  /** {@return the sequence} */
  public String contig() {
    return contig;
  }

  /** {@return the place of the first base of the reference allele, from 1} */
  public int pos() {
    return pos;
  }

  /** {@return the ID column} */
  public String id() {
    return id;
  }

  /** {@return the reference allele} */
  public String ref() {
    return ref;
  }

  /** {@return the alternate alleles} */
  public List<String> alternates() {
    return alternates;
  }

  /** {@return how many alleles there are, the reference included} */
  int alleles() {
    return alternates.size() + 1;
  }

  /** {@return how many genotypes are of this kind to an allele} */
  int count(int allele, Kind kind) {
    return byAllele[allele * Kind.COUNT + kind.index()];
  }

  /** {@return how many genotypes are of one of these kinds to an allele} */
  int count(int allele, Kind kind, Kind... more) {
    int n = count(allele, kind);
    for (Kind other : more) {
      n += count(allele, other);
    }
    return n;
  }

  /**
   * Writes it.
   *
   * @param out takes the bytes
   * @throws IOException if {@code out} cannot take them
   */
  public void write(DataOutput out) throws IOException {
    Varints.writeText(out, contig);
    Varints.write(out, pos);
    Varints.writeText(out, id);
    Varints.writeText(out, ref);
    Varints.write(out, alternates.size());
    for (String alternate : alternates) {
      Varints.writeText(out, alternate);
    }
    Varints.write(out, samples);
    out.writeBoolean(hasGenotypes);
    for (int n : new int[] {missing, partial, diploid, polyploid}) {
      Varints.write(out, n);
    }
    for (int n : byAllele) {
      Varints.write(out, n);
    }
    depth.write(out);
    quality.write(out);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param in the bytes, of which no more are taken than were written
   * @return what was written
   * @throws IOException if they end early or cannot be read
   */
  public static SiteCounts read(DataInput in) throws IOException {
    String contig = Varints.readText(in);
    int pos = (int) Varints.read(in);
    String id = Varints.readText(in);
    String ref = Varints.readText(in);
    List<String> alternates = new ArrayList<>();
    for (long i = Varints.read(in); i > 0; i--) {
      alternates.add(Varints.readText(in));
    }
    int samples = (int) Varints.read(in);
    boolean hasGenotypes = in.readBoolean();
    int[] site = new int[4];
    for (int i = 0; i < site.length; i++) {
      site[i] = (int) Varints.read(in);
    }
    int[] byAllele = new int[(alternates.size() + 1) * Kind.COUNT];
    for (int i = 0; i < byAllele.length; i++) {
      byAllele[i] = (int) Varints.read(in);
    }
    Moments depth = Moments.read(in);
    Moments quality = Moments.read(in);
    SiteCounts result =
        new SiteCounts(contig, pos, id, ref, alternates, samples, hasGenotypes, depth, quality);
    result.missing = site[0];
    result.partial = site[1];
    result.diploid = site[2];
    result.polyploid = site[3];
    System.arraycopy(byAllele, 0, result.byAllele, 0, byAllele.length);
    return result;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SiteCounts that
        && contig.equals(that.contig)
        && pos == that.pos
        && id.equals(that.id)
        && ref.equals(that.ref)
        && alternates.equals(that.alternates)
        && samples == that.samples
        && hasGenotypes == that.hasGenotypes
        && missing == that.missing
        && partial == that.partial
        && diploid == that.diploid
        && polyploid == that.polyploid
        && Arrays.equals(byAllele, that.byAllele)
        && depth.equals(that.depth)
        && quality.equals(that.quality);
  }

  @Override
  public int hashCode() {
    return 31 * contig.hashCode() + pos;
  }

  /** Shows nothing of the genotypes. */
  @Override
  public String toString() {
    return "SiteCounts(" + alternates.size() + " alternates)";
  }
}
