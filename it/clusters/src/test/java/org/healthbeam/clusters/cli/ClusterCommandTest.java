package org.healthbeam.clusters.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.healthbeam.clusters.ClusterState;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** The command line, with a broker. */
class ClusterCommandTest {
  private static final int PATIENCE_SECONDS = 60;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private Path state() {
    return folder.resolve("state");
  }

  private ClusterState broker() throws Exception {
    return ClusterState.in(state().resolve("kafka")).orElseThrow();
  }

  @Test
  @Tag("slow")
  void brokerGoesOnUntilDown() throws Exception {
    assertEquals("Nothing was up.", CommandProcess.run(0, state(), "down"));
    String up = CommandProcess.run(0, state(), "up", "kafka", "--topic=vitals:3");
    try {
      assertTrue(up.contains("kafka is up after "), up);
      assertTrue(up.contains(broker().addresses().get("bootstrapServers")), up);
      String status = CommandProcess.run(0, state(), "status", "kafka");
      assertTrue(status.startsWith("kafka: up\n"), status);
      assertTrue(status.contains("running, process " + broker().servers().get(0).pid()), status);
      String again = CommandProcess.run(1, state(), "up", "kafka");
      assertTrue(again.contains("healthbeam: kafka is up already"), again);
    } finally {
      String down = CommandProcess.run(0, state(), "down");
      assertEquals("kafka is down: 1 processes stopped", down.lines().findFirst().orElse(""));
    }
    assertEquals(List.of(), broker().alive());
    assertEquals("kafka: down", CommandProcess.run(0, state(), "status", "kafka"));
  }

  /** Nobody is there to stop the broker when a test is killed. */
  @Test
  @Tag("slow")
  void brokerInTheForegroundEndsWithACommandThatIsKilled() throws Exception {
    try (CommandProcess up = CommandProcess.start(state(), "up", "kafka", "--foreground")) {
      up.awaitLine("kafka is up after ");
      ProcessHandle broker = broker().servers().get(0).process().orElseThrow();
      up.process().destroyForcibly();
      broker.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      assertEquals(List.of(), broker().alive());
    }
  }

  @Test
  @Tag("slow")
  void foregroundEndsWithItsInputAndStartsAgainWhatWasKilled() throws Exception {
    try (CommandProcess up = CommandProcess.start(state(), "up", "kafka", "--foreground")) {
      up.awaitLine("kafka is up after ");
      long first = broker().servers().get(0).pid();
      try (var in = up.process().outputWriter()) {
        in.write("kill broker\n");
        in.flush();
        up.awaitLine("done: kill broker");
        assertEquals(List.of(), broker().alive());
        in.write("start broker\n");
        in.flush();
        up.awaitLine("done: start broker");
        assertEquals(1, broker().alive().size());
        assertFalse(broker().servers().get(0).pid() == first, "another process");
      }
      assertTrue(up.process().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "it ends");
      assertEquals(0, up.process().exitValue(), up::err);
      assertEquals(List.of(), broker().alive());
    }
  }

  @Test
  void whatCannotBeIsRefused() throws Exception {
    assertTrue(CommandProcess.run(2, state(), "up", "oracle").contains("oracle"));
    assertTrue(CommandProcess.run(2, state(), "up", "flink", "--topic=a").contains("--topic"));
    assertTrue(CommandProcess.run(2, state(), "up", "flink", "--workers=99").contains("--workers"));
    assertTrue(CommandProcess.run(2, state(), "sideways").contains("sideways"));
  }

  @Test
  void topicsHaveNamesAndPartitions() {
    assertEquals(Map.of("a", 1, "b.c", 12), UpCommand.partitions(List.of("a", "b.c:12")));
    for (String wrong : List.of("", "a:0", "a:b", "a b", ":1")) {
      assertThrows(IllegalArgumentException.class, () -> UpCommand.partitions(List.of(wrong)));
    }
  }
}
