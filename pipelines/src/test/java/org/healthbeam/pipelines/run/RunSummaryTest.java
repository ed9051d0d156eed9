package org.healthbeam.pipelines.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.healthbeam.core.outcome.StageLedger;
import org.junit.jupiter.api.Test;

class RunSummaryTest {
  private static StageLedger stage(String name, long in, Map<String, Long> outcomes) {
    return new StageLedger(name, "records", in, outcomes);
  }

  @Test
  void aStageThatLetsNothingThroughIsFound() {
    StageLedger mapping =
        stage("Map codes", 3, Map.of("rejected:malformed", 2L, "rejected:too-large", 1L));
    assertEquals(
        Optional.of(mapping),
        RunSummary.dead(
            List.of(
                stage("Read files", 3, Map.of("passed", 3L)),
                mapping,
                stage("Translate codings", 0, Map.of()))));
    assertEquals(
        "nothing could be used: all 3 that went into 'Map codes' were rejected (the first: is not"
            + " JSON); is it what this pipeline reads?",
        RunSummary.unusable(mapping, "is not JSON"));
  }

  @Test
  void nothingIsFoundInWhatWasUsedInPartOrDidNotCome() {
    assertEquals(
        Optional.empty(),
        RunSummary.dead(
            List.of(
                stage("Read files", 2, Map.of("passed", 1L, "rejected:malformed", 1L)),
                stage("Map codes", 1, Map.of("passed", 1L)),
                stage("Acknowledge alerts", 0, Map.of()))));
  }

  @Test
  void aFileThatEndsEarlyWasUsedAsFarAsItGoes() {
    assertEquals(
        Optional.empty(),
        RunSummary.dead(
            List.of(
                stage("Read VCF files", 1, Map.of("rejected:truncated", 1L)),
                stage("Scan variants", 49, Map.of("passed", 49L)))));
  }
}
