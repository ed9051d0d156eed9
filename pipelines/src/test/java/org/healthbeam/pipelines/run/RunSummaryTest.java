package org.healthbeam.pipelines.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.healthbeam.core.outcome.StageLedger;
import org.junit.jupiter.api.Test;

class RunSummaryTest {
  private static StageLedger stage(String name, long in, Map<String, Long> outcomes) {
    return new StageLedger(name, "records", in, outcomes);
  }

  @Test
  void inputThatIsRejectedWholeIsTold() {
    String said =
        RunSummary.unusable(
            List.of(
                stage("Read files", 3, Map.of("passed", 3L)),
                stage("Map codes", 3, Map.of("rejected:malformed", 2L, "rejected:too-large", 1L)),
                stage("Translate codings", 0, Map.of())));
    assertTrue(said.contains("nothing that went into 'Map codes' could be used"), said);
  }

  @Test
  void nothingIsToldOfWhatWasUsedInPartOrDidNotCome() {
    assertEquals(
        "",
        RunSummary.unusable(
            List.of(
                stage("Read files", 2, Map.of("passed", 1L, "rejected:malformed", 1L)),
                stage("Map codes", 1, Map.of("passed", 1L)),
                stage("Acknowledge alerts", 0, Map.of()))));
  }
}
