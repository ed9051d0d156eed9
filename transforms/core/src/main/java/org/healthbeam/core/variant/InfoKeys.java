package org.healthbeam.core.variant;

import org.healthbeam.core.outcome.RejectedException;

/** Reads AC, AN and END from an INFO column, and sees that its keys are well formed. */
final class InfoKeys {
  private final Violations violations;

  InfoKeys(Violations violations) {
    this.violations = violations;
  }

  void read(byte[] b, int from, int to, ScannedRecord r, int alleles) throws RejectedException {
    r.hasStoredAc = false;
    r.hasStoredAn = false;
    r.end = 0;
    if (to == from + 1 && b[from] == '.') {
      return;
    }
    int at = from;
    while (at <= to) {
      int stop = at;
      int equal = -1;
      boolean bad = false;
      while (stop < to && b[stop] != ';') {
        if (b[stop] == '=' && equal < 0) {
          equal = stop;
        }
        bad |= b[stop] == ' ' && equal < 0;
        stop++;
      }
      if (bad || stop == at || equal == at) {
        violations.found(VcfRule.INFO_KEY);
      } else if (equal == at + 2 && b[at] == 'A') {
        alleleCounts(b, at, stop, r, alleles);
      } else if (equal == at + 3 && Bytes.equals(b, at, equal, "END")) {
        end(b, equal + 1, stop, r);
      }
      at = stop + 1;
    }
  }

  private void alleleCounts(byte[] b, int at, int stop, ScannedRecord r, int alleles)
      throws RejectedException {
    int value = at + 3;
    if (stop == value + 1 && b[value] == '.') {
      return;
    }
    if (b[at + 1] == 'N') {
      r.storedAn = Bytes.wholeNumber(b, value, stop);
      r.hasStoredAn = r.storedAn >= 0;
      if (!r.hasStoredAn) {
        violations.found(VcfRule.INFO_AN);
      }
    } else if (b[at + 1] == 'C') {
      storedAc(b, value, stop, r, alleles);
    }
  }

  private void storedAc(byte[] b, int from, int stop, ScannedRecord r, int alleles)
      throws RejectedException {
    int at = from;
    int allele = 1;
    while (at <= stop) {
      int comma = Bytes.indexOf(b, (byte) ',', at, stop);
      int end = comma < 0 ? stop : comma;
      boolean missing = end == at + 1 && b[at] == '.';
      int count = Bytes.wholeNumber(b, at, end);
      if (count < 0 && !missing) {
        violations.found(VcfRule.INFO_AC);
        return;
      }
      if (allele < alleles) {
        // A dot or a number too few is no genotype's count, so it disagrees.
        r.storedAc[allele] = count;
      }
      allele++;
      at = end + 1;
    }
    for (int i = allele; i < alleles; i++) {
      r.storedAc[i] = -1;
    }
    r.hasStoredAc = alleles > 1;
  }

  private void end(byte[] b, int from, int stop, ScannedRecord r) throws RejectedException {
    if (stop == from + 1 && b[from] == '.') {
      return;
    }
    int end = Bytes.wholeNumber(b, from, stop);
    if (end < r.pos) {
      violations.found(VcfRule.INFO_END);
      return;
    }
    if (r.onlyReference) {
      r.end = end;
    }
  }
}
