package org.healthbeam.core.variant;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.healthbeam.core.outcome.RejectedException;

/**
 * Where the keys that are counted stand in a FORMAT column; -1 for a key that is not there. LEN is
 * one from VCF 4.5 on (1.6.2); before it is a name like any other.
 */
record FormatKeys(int size, int gt, int dp, int gq, int len) {

  static final FormatKeys NONE = new FormatKeys(0, -1, -1, -1, -1);

  static FormatKeys parse(String format, int minorVersion) throws RejectedException {
    if (format.equals(".")) {
      // htslib writes a record without genotype fields so, with a dot for each sample.
      return NONE;
    }
    String[] keys = format.split(":", -1);
    Set<String> seen = new HashSet<>();
    for (String key : keys) {
      // VCF 4.2 has no underscore here, but GATK and others write MIN_DP into 4.2 files.
      if (!key.matches("[A-Za-z0-9_][A-Za-z0-9_.]*") || !seen.add(key)) {
        throw VcfRule.FORMAT.broken();
      }
    }
    var order = Arrays.asList(keys);
    return new FormatKeys(
        keys.length,
        order.indexOf("GT"),
        order.indexOf("DP"),
        order.indexOf("GQ"),
        minorVersion >= 5 ? order.indexOf("LEN") : -1);
  }

  boolean countsOnlyGt() {
    return gt == 0 && dp < 0 && gq < 0 && len < 0;
  }
}
