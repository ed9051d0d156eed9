package org.healthbeam.core.outcome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final Ledger.Stage PARSE = new Ledger.Stage("Parse", "records", "");
  private static final Ledger.Stage CHECK = new Ledger.Stage("Check", "records", "Parse");

  @Test
  void aStageThatAddsUpHasNoViolation() {
    Ledger ledger = new Ledger().declare(PARSE);
    ledger.addIn("Parse", 7);
    ledger.addOutcome("Parse", "passed", 4);
    ledger.addOutcome("Parse", "duplicate", 1);
    ledger.addOutcome("Parse", "rejected:malformed", 2);

    StageLedger stage = ledger.stages().get(0);
    assertEquals(5, stage.out());
    assertEquals(2, stage.rejected());
    assertTrue(stage.isConserved());
    assertEquals(List.of(), ledger.violations());
  }

  @Test
  void anInputWithoutAnOutcomeIsNamed() {
    Ledger ledger = new Ledger().declare(PARSE);
    ledger.addIn("Parse", 3);
    ledger.addOutcome("Parse", "passed", 1);
    ledger.addOutcome("Parse", "rejected:malformed", 1);
    assertEquals(List.of("Stage 'Parse': in 3 is not out 1 + rejected 1"), ledger.violations());
  }

  @Test
  void anInputWithTwoOutcomesIsNamed() {
    Ledger ledger = new Ledger().declare(PARSE);
    ledger.addIn("Parse", 1);
    ledger.addOutcome("Parse", "passed", 1);
    ledger.addOutcome("Parse", "rejected:malformed", 1);
    assertEquals(1, ledger.violations().size());
  }

  @Test
  void whatGetsLostBetweenStagesIsNamed() {
    Ledger ledger = new Ledger().declare(PARSE).declare(CHECK);
    ledger.addIn("Parse", 2);
    ledger.addOutcome("Parse", "passed", 2);
    ledger.addIn("Check", 1);
    ledger.addOutcome("Check", "passed", 1);
    assertEquals(
        List.of("Stage 'Check': 2 came out of 'Parse' but 1 went in"), ledger.violations());
  }

  @Test
  void aStageThatFollowsNoneThatIsDeclaredIsNamed() {
    Ledger ledger = new Ledger().declare(CHECK);
    assertEquals(
        List.of("Stage 'Check' follows 'Parse', which is not declared"), ledger.violations());
  }

  @Test
  void stagesStandInTheOrderOfDeclarationEvenIfNothingCame() {
    Ledger ledger = new Ledger().declare(CHECK).declare(PARSE);
    assertEquals(
        List.of("Check", "Parse"), ledger.stages().stream().map(StageLedger::stage).toList());
    assertEquals(0, ledger.stages().get(0).in());
  }

  @Test
  void aStageIsDeclaredOnceAndBeforeItIsCounted() {
    Ledger ledger = new Ledger().declare(PARSE);
    assertTrue(ledger.isDeclared("Parse"));
    assertFalse(ledger.isDeclared("Check"));
    assertThrows(IllegalArgumentException.class, () -> ledger.declare(PARSE));
    assertThrows(IllegalArgumentException.class, () -> ledger.addIn("Check", 1));
    assertThrows(IllegalArgumentException.class, () -> ledger.addOutcome("Check", "passed", 1));
  }

  @Test
  void aStageLedgerDoesNotChangeWithTheMapItWasMadeFrom() {
    Map<String, Long> outcomes = new HashMap<>(Map.of("passed", 1L));
    StageLedger stage = new StageLedger("Parse", "records", 1, outcomes);
    outcomes.put("duplicate", 5L);
    assertTrue(stage.isConserved());
    assertThrows(UnsupportedOperationException.class, () -> stage.outcomes().put("x", 1L));
  }

  @Test
  void theRejectedFractionAddsUpAlongAChain() {
    Ledger ledger = new Ledger().declare(PARSE).declare(CHECK);
    ledger.addIn("Parse", 10);
    ledger.addOutcome("Parse", "passed", 8);
    ledger.addOutcome("Parse", "rejected:malformed", 2);
    ledger.addIn("Check", 8);
    ledger.addOutcome("Check", "passed", 7);
    ledger.addOutcome("Check", "rejected:implausible", 1);
    assertEquals(0.3, ledger.rejectedFraction());
    assertEquals(0, new Ledger().rejectedFraction());
  }

  @Test
  void stagesThatFollowOneAnotherRoundStillGiveAFraction() {
    Ledger ledger =
        new Ledger()
            .declare(new Ledger.Stage("A", "records", "B"))
            .declare(new Ledger.Stage("B", "records", "A"));
    ledger.addIn("A", 1);
    ledger.addOutcome("A", "rejected:late", 1);
    assertTrue(ledger.rejectedFraction() > 0);
  }
}
