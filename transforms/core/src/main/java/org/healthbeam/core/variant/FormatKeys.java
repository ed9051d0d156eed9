package org.healthbeam.core.variant;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.annotation.Nullable;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.variant.vcf.Declarations;
import org.healthbeam.core.variant.vcf.SampleChecks;
import org.healthbeam.core.variant.vcf.VcfRule;
import org.healthbeam.core.variant.vcf.Violations;

/**
 * Where the keys that are counted stand in a FORMAT column; -1 for a key that is not there. LEN is
 * one from VCF 4.5 on (1.6.2); before it is a name like any other. MIN_DP, the least depth of a
 * reference block, and FT are looked at where samples are joined.
 *
 * @param checks judge the other keys, or null if nothing is declared about them
 * @param remark a rule that the column breaks though it can be read, or null
 */
record FormatKeys(
    int size,
    int gt,
    int dp,
    int minDp,
    int gq,
    int len,
    int ft,
    @Nullable SampleChecks checks,
    @Nullable VcfRule remark) {

  static final FormatKeys NONE = new FormatKeys(0, -1, -1, -1, -1, -1, -1, null, null);

  private static final Set<String> LOCAL =
      Set.of("LAD", "LADF", "LADR", "LEC", "LGL", "LGP", "LPL", "LPP");

  static FormatKeys parse(
      String format, int minorVersion, Declarations declarations, Violations violations)
      throws RejectedException {
    if (format.equals(".")) {
      // htslib writes a record without genotype fields so, with a dot for each sample.
      return NONE;
    }
    List<String> keys = List.of(format.split(":", -1));
    Set<String> seen = new HashSet<>();
    for (String key : keys) {
      // VCF 4.2 has no underscore here, but GATK and others write MIN_DP into 4.2 files.
      if (!key.matches("[A-Za-z0-9_][A-Za-z0-9_.]*") || !seen.add(key)) {
        throw violations.broken(VcfRule.FORMAT);
      }
    }
    return new FormatKeys(
        keys.size(),
        keys.indexOf("GT"),
        keys.indexOf("DP"),
        keys.indexOf("MIN_DP"),
        keys.indexOf("GQ"),
        minorVersion >= 5 ? keys.indexOf("LEN") : -1,
        keys.indexOf("FT"),
        SampleChecks.of(keys, minorVersion, declarations),
        remark(keys, format, minorVersion));
  }

  /** {@return where the keys of a reference block stand: its depth is the least, if it has that} */
  FormatKeys ofBlock() {
    return minDp < 0 ? this : new FormatKeys(size, gt, minDp, minDp, gq, len, ft, checks, remark);
  }

  boolean countsOnlyGt() {
    return gt == 0 && dp < 0 && gq < 0 && len < 0 && checks == null;
  }

  @Nullable
  private static VcfRule remark(List<String> keys, String format, int minorVersion) {
    if (minorVersion < 3 && format.indexOf('_') >= 0) {
      return VcfRule.FORMAT_UNDERSCORE;
    }
    int laa = keys.indexOf("LAA");
    boolean laaNext = laa == (keys.get(0).equals("GT") ? 1 : 0);
    boolean local = keys.stream().anyMatch(LOCAL::contains);
    return minorVersion >= 5 && local && !laaNext ? VcfRule.FORMAT_LAA : null;
  }
}
