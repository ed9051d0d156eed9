package org.healthbeam.core.outcome;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** What holds for every ledger. */
class LedgerLawsTest {
  private static final Ledger.Stage PARSE = new Ledger.Stage("Parse", "records", "");

  @Property
  void countsAddUpWhateverTheirOrderAndSplit(
      @ForAll @Size(max = 30) List<@LongRange(min = 0, max = 1_000_000) Long> parts) {
    Ledger forwards = new Ledger().declare(PARSE);
    Ledger backwards = new Ledger().declare(PARSE);
    for (int i = 0; i < parts.size(); i++) {
      add(forwards, i, parts.get(i));
      add(backwards, parts.size() - 1 - i, parts.get(parts.size() - 1 - i));
    }
    assertEquals(forwards.stages(), backwards.stages());
    assertEquals(List.of(), forwards.violations());
    assertEquals(parts.stream().mapToLong(Long::longValue).sum(), forwards.stages().get(0).in());
  }

  private static void add(Ledger ledger, int i, long n) {
    String[] outcomes = {"passed", "duplicate", "rejected:malformed", "rejected:late"};
    ledger.addIn("Parse", n);
    ledger.addOutcome("Parse", outcomes[i % outcomes.length], n);
  }
}
