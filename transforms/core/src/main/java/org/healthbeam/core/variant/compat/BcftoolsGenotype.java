package org.healthbeam.core.variant.compat;

import org.healthbeam.core.variant.ScannedRecord;

/** A genotype as htslib sees it; one object serves all in turn. */
final class BcftoolsGenotype {
  enum Kind {
    /** With a missing allele, or without any. */
    UNKNOWN,
    HOM_REF,
    HOM_ALT,
    HET_REF,
    /** Of two alternates. */
    HET_ALT,
    HAPLOID_REF,
    HAPLOID_ALT
  }

  Kind kind = Kind.UNKNOWN;

  /** The alternate that stands first in ALT; 0 if there is none. */
  int first;

  /** Another alternate; 0 if there is none. Of three alternates one is forgotten. */
  int second;

  void read(ScannedRecord r, int k) {
    first = 0;
    second = 0;
    int ploidy = r.known(k);
    if (!r.isCalled(k)) {
      kind = Kind.UNKNOWN;
      return;
    }
    boolean reference = false;
    boolean several = false;
    for (int i = 0; i < ploidy; i++) {
      int allele = r.allele(k, i);
      if (allele == 0) {
        reference = true;
      } else if (first == 0) {
        first = allele;
      } else if (allele != first) {
        several = true;
        second = Math.max(first, allele);
        first = Math.min(first, allele);
      }
    }
    kind = kind(ploidy, reference, several);
  }

  private Kind kind(int ploidy, boolean reference, boolean several) {
    if (ploidy == 1) {
      return reference ? Kind.HAPLOID_REF : Kind.HAPLOID_ALT;
    }
    if (reference) {
      return first == 0 ? Kind.HOM_REF : Kind.HET_REF;
    }
    return several ? Kind.HET_ALT : Kind.HOM_ALT;
  }
}
