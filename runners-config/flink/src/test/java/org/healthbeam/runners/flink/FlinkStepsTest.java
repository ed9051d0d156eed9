package org.healthbeam.runners.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.OptionalDouble;
import org.healthbeam.pipelines.run.StepProgress;
import org.junit.jupiter.api.Test;

class FlinkStepsTest {
  private static final OptionalDouble UNKNOWN = OptionalDouble.empty();

  @Test
  void whatTheRestEndpointTellsOfAJobIsShownByStep() throws Exception {
    String job =
        """
        {"state": "RUNNING", "vertices": [
          {"name": "DataSource (at Read lines/Create/Read (org.apache.beam.SourceInputFormat))",
           "parallelism": 2, "tasks": {"FINISHED": 2, "RUNNING": 0},
           "metrics": {"read-records": 0, "write-records": 900}},
          {"name": "CHAIN MapPartition (MapPartition at Parse/ParMultiDo(Parse)) -> FlatMap (at x)",
           "parallelism": 2, "tasks": {"FINISHED": 1, "RUNNING": 1},
           "metrics": {"read-records": 800, "write-records": 700}},
          {"name": "GroupReduce (GroupReduce at Parse/GroupByKey)",
           "parallelism": 2, "tasks": {"RUNNING": 2},
           "metrics": {"read-records": 10, "write-records": 0}},
          {"name": "DataSink (at Write/Done)", "parallelism": 2, "tasks": {"CREATED": 2},
           "metrics": {"read-records": 0, "write-records": 0}}]}
        """;
    assertEquals(
        List.of(
            new StepProgress("Read lines", 900, 0, OptionalDouble.of(1)),
            new StepProgress("Parse", 800, 0, OptionalDouble.of(0.5))),
        FlinkSteps.of(new ObjectMapper().readTree(job)));
  }

  @Test
  void tasksOfStreamsAreCalledAfterTheirFirstStep() {
    assertEquals(
        "Read messages", FlinkSteps.name("Source: Read messages/Read -> Read messages/Account"));
    assertEquals("Score", FlinkSteps.name("Score/By subject/ParMultiDo(Score) -> Score lines"));
    assertEquals("Alert", FlinkSteps.name("Alert"));
  }

  @Test
  void whatBeamAddsToABatchIsLeftOutOfNames() {
    assertEquals(
        "Write codes", FlinkSteps.name("FlatMap (FlatMap at ExplodeWindows: Write codes/x)"));
    assertEquals("Map codes", FlinkSteps.name("FlatMap (FlatMap at Map codes.rejected)"));
    FlinkSteps steps = new FlinkSteps();
    steps.add("MapPartition (MapPartition at translateNode(Flink.java:1))", 6, 6, UNKNOWN);
    steps.add("MapPartition (MapPartition at Parse/Do)", 6, 6, UNKNOWN);
    assertEquals(List.of(new StepProgress("Parse", 6, 0, UNKNOWN)), steps.list());
  }
}
