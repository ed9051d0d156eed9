package org.healthbeam.core.variant;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Valid records of all kinds, for laws and differential tests. */
final class GeneratedVcf {
  static final int SAMPLES = 5;

  private GeneratedVcf() {}

  /** Returns lines of records, columns separated by spaces. */
  static Arbitrary<List<String>> records() {
    return record().list().ofMaxSize(30);
  }

  static Arbitrary<String> record() {
    Arbitrary<String> format =
        Arbitraries.of("GT", "GT:DP", "GT:GQ:DP", "GT:AD:DP:GQ", "DP", "GT:XX:GQ");
    Arbitrary<String> site =
        Combinators.combine(
                Arbitraries.of("1", "2", "X"),
                Arbitraries.integers().between(1, 3_000_000),
                Arbitraries.of("A", "C", "AT", "GCG", "g"),
                Arbitraries.of(
                    "T", "TT", "T,TT", "ATT,T", "GC", "*,T", "<DEL>", ".", "T,<NON_REF>"),
                Arbitraries.of(".", "0", "12.5", "1e3"),
                Arbitraries.of("PASS", ".", "q10", "q10;s50"))
            .as(
                (contig, pos, ref, alt, qual, filter) ->
                    String.join(" ", contig, "" + pos, ".", ref, alt, qual, filter, "AC=1;AN=4"));
    return Combinators.combine(site, format)
        .as((s, f) -> new String[] {s, f})
        .flatMap(
            pair -> {
              int alts = pair[0].split(" ")[4].equals(".") ? 0 : pair[0].split(",").length;
              int alleles = alts + 1;
              return sample(pair[1].split(":"), alleles)
                  .list()
                  .ofSize(SAMPLES)
                  .map(samples -> pair[0] + " " + pair[1] + " " + String.join(" ", samples));
            });
  }

  private static Arbitrary<String> sample(String[] keys, int alleles) {
    return Combinators.combine(
            genotype(alleles),
            Arbitraries.integers().between(-1, 300),
            Arbitraries.integers().between(-1, 99),
            Arbitraries.integers().between(1, keys.length))
        .as(
            (gt, dp, gq, fields) -> {
              StringBuilder text = new StringBuilder();
              for (int i = 0; i < fields; i++) {
                text.append(i == 0 ? "" : ":");
                text.append(
                    switch (keys[i]) {
                      case "GT" -> gt;
                      case "DP" -> dp < 0 ? "." : "" + dp;
                      case "GQ" -> gq < 0 ? "." : "" + gq;
                      default -> "1,2";
                    });
              }
              return text.toString();
            });
  }

  private static Arbitrary<String> genotype(int alleles) {
    Arbitrary<String> allele =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(5, Arbitraries.just("0")),
            net.jqwik.api.Tuple.of(
                4, Arbitraries.integers().between(0, alleles - 1).map(String::valueOf)),
            net.jqwik.api.Tuple.of(1, Arbitraries.just(".")));
    Arbitrary<Integer> ploidy =
        Arbitraries.frequency(
            net.jqwik.api.Tuple.of(1, 1),
            net.jqwik.api.Tuple.of(10, 2),
            net.jqwik.api.Tuple.of(1, 3));
    return Combinators.combine(ploidy, Arbitraries.of("/", "|"))
        .as((n, separator) -> new Object[] {n, separator})
        .flatMap(
            how ->
                allele.list().ofSize((Integer) how[0]).map(a -> String.join((String) how[1], a)));
  }
}
