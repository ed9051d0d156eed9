package org.healthbeam.pipelines.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.healthbeam.pipelines.run.HealthPipeline;
import org.healthbeam.pipelines.run.HealthPipelines;
import org.healthbeam.pipelines.run.Terminal;
import org.junit.jupiter.api.Test;

class HealthBeamTest {
  private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
  private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

  private int execute(String... args) {
    return new HealthBeam(
            new Terminal(
                new PrintStream(stdout, true, StandardCharsets.UTF_8),
                new PrintStream(stderr, true, StandardCharsets.UTF_8),
                false,
                100))
        .execute(args);
  }

  private String err() {
    return stderr.toString(StandardCharsets.UTF_8);
  }

  private String out() {
    return stdout.toString(StandardCharsets.UTF_8);
  }

  @Test
  void unknownCommandsAndPipelinesAreRefusedWithTheNearestName() {
    assertEquals(2, execute("rnu"));
    assertTrue(err().contains("Unknown command 'rnu' (did you mean 'run'?)"), this::err);
    assertEquals(2, execute("clustr"));
    assertTrue(err().contains("'clustr' (did you mean 'cluster'?)"), this::err);
    assertEquals(2, execute("run", "map-coeds"));
    assertTrue(err().contains("'map-coeds' (did you mean 'map-codes'?)"), this::err);
    assertEquals(2, execute("demo", "--ouput=x"));
    assertTrue(err().contains("'--ouput' (did you mean '--output'?)"), this::err);
  }

  @Test
  void usageNamesEveryPipelineOfTheClassPath() {
    assertEquals(0, execute("--help"));
    for (HealthPipeline<?> pipeline : HealthPipelines.all()) {
      assertTrue(out().contains(HealthPipelines.name(pipeline)), this::out);
    }
    assertFalse(out().contains("alert"), "no pipeline writes alerts");
  }

  @Test
  void demoWithoutANameForItsLogIsRefused() {
    assertEquals(2, execute("demo", "--log="));
    assertTrue(err().contains("--log is empty"), this::err);
  }

  @Test
  void everyPipelineHasHelp() {
    for (HealthPipeline<?> pipeline : HealthPipelines.all()) {
      stdout.reset();
      assertEquals(0, execute("run", HealthPipelines.name(pipeline), "--help"), this::err);
      assertTrue(out().contains("--input="), this::out);
    }
    assertEquals(2, execute());
    assertEquals(2, execute("submit"));
    assertEquals(2, execute("finish"));
    assertEquals(2, execute("template", "list"));
  }
}
