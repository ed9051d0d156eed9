package org.healthbeam.core.variant;

import javax.annotation.Nullable;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.variant.vcf.InfoChecks;
import org.healthbeam.core.variant.vcf.VcfRule;
import org.healthbeam.core.variant.vcf.Violations;

/** Reads AC, AN and END from an INFO column, and has its keys and values judged. */
final class InfoKeys {
  private final Violations violations;
  @Nullable private VcfHeader checked;
  @Nullable private InfoChecks checks;

  InfoKeys(Violations violations) {
    this.violations = violations;
  }

  void read(byte[] b, int from, int to, VcfHeader header, ScannedRecord r, int alleles)
      throws RejectedException {
    r.hasStoredAc = false;
    r.hasStoredAn = false;
    r.end = 0;
    if (to == from + 1 && b[from] == '.') {
      return;
    }
    InfoChecks here = checks(header);
    here.begin();
    int at = from;
    while (at <= to) {
      int stop = at;
      int hash = 0;
      boolean bad = false;
      while (stop < to && b[stop] != '=' && b[stop] != ';') {
        hash = InfoChecks.hash(hash, b[stop]);
        bad |= b[stop++] == ' ';
      }
      int equal = stop < to && b[stop] == '=' ? stop : -1;
      int odd = 0;
      int value = equal < 0 ? stop : stop + 1;
      stop = value;
      while (stop < to && b[stop] != ';') {
        odd |= InfoChecks.odd(b[stop++]);
      }
      if (bad || stop == at || equal == at) {
        violations.found(VcfRule.INFO_KEY);
      } else {
        here.check(b, at, equal, stop, hash, odd, alleles, violations);
        if (equal == at + 2 && b[at] == 'A') {
          alleleCounts(b, at, stop, r, alleles);
        } else if (equal == at + 3 && Bytes.equals(b, at, equal, "END")) {
          end(b, equal + 1, stop, r);
        }
      }
      at = stop + 1;
    }
  }

  /** Each block of a file has a header of its own, so most often this is found out by identity. */
  @SuppressWarnings("ReferenceEquality")
  private InfoChecks checks(VcfHeader header) {
    if (checks == null || (header != checked && !header.equals(checked))) {
      checks = new InfoChecks(header.minorVersion(), header.declarations());
    }
    checked = header;
    return checks;
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
