package org.healthbeam.clusters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** How servers are started, known and stopped, with servers that only sleep. */
class ClusterTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Ready AT_ONCE = () -> "";

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private final List<String> said = new ArrayList<>();

  private static Server sleeper(String name, String... args) {
    List<String> classPath = List.of(System.getProperty("java.class.path").split(":"));
    return Server.of(name, Sleeper.class.getName(), classPath).withHeap(16).withArgs(args);
  }

  private static Plan plan(Ready up, Server... servers) {
    return new Plan(
        List.of(), List.of(new Plan.Stage(List.of(servers), up)), Map.of(), List.of(), 1);
  }

  private Path fresh() throws IOException {
    return StateFolder.fresh(folder.resolve("sleepers"));
  }

  private Cluster start(Plan plan, Duration patience) throws Exception {
    return Cluster.start("sleepers", plan, fresh(), true, patience, said::add);
  }

  @Test
  void allThatWasStartedIsStopped() throws Exception {
    ClusterState state;
    try (Cluster cluster = start(plan(AT_ONCE, sleeper("a"), sleeper("b")), PATIENCE)) {
      state = ClusterState.in(folder.resolve("sleepers")).orElseThrow();
      assertTrue(state.up());
      assertEquals(cluster.state(), state);
      assertEquals(List.of("a", "b"), names(state.alive()));
    }
    assertEquals(List.of(), state.alive());
  }

  @Test
  void serverThatEndsIsSaidAndTheOthersAreStopped() throws Exception {
    Plan plan = plan(() -> "the last word", sleeper("stays"), sleeper("ends", "7"));
    ClusterException refused = assertThrows(ClusterException.class, () -> start(plan, PATIENCE));
    assertTrue(refused.getMessage().startsWith("ends ended with status 7; "), refused::getMessage);
    assertTrue(refused.getMessage().contains("Sleeper 7"), refused::getMessage);
    assertNothingIsLeft();
  }

  @Test
  void portThatIsTakenIsNamedAsTheCause() {
    Plan plan = plan(() -> "it", sleeper("ends", "1", "Address already in use"));
    ClusterException refused = assertThrows(ClusterException.class, () -> start(plan, PATIENCE));
    assertTrue(refused.getMessage().contains("a port that it needs is in use"));
  }

  @Test
  void whatIsNeverUpIsGivenUpAndStopped() throws Exception {
    Plan plan = plan(() -> "1 of 2 sleepers", sleeper("stays"));
    ClusterException refused =
        assertThrows(ClusterException.class, () -> start(plan, Duration.ofMillis(300)));
    assertTrue(refused.getMessage().contains("1 of 2 sleepers"), refused::getMessage);
    assertNothingIsLeft();
  }

  private void assertNothingIsLeft() throws IOException {
    ClusterState state = ClusterState.in(folder.resolve("sleepers")).orElseThrow();
    assertFalse(state.servers().isEmpty(), "something was started");
    assertEquals(List.of(), state.alive());
  }

  @Test
  void tooLittleMemoryIsSaidBeforeAnythingIsStarted() throws Exception {
    if (!Files.exists(Path.of("/proc/meminfo"))) {
      return;
    }
    Plan plan =
        new Plan(
            List.of(),
            List.of(new Plan.Stage(List.of(sleeper("a")), AT_ONCE)),
            Map.of(),
            List.of(),
            Integer.MAX_VALUE);
    ClusterException refused = assertThrows(ClusterException.class, () -> start(plan, PATIENCE));
    assertTrue(refused.getMessage().contains("2,147,483,647 MB of memory"), refused::getMessage);
    assertTrue(ClusterState.in(folder.resolve("sleepers")).isEmpty());
  }

  @Test
  void killedServerStartsAgainUnderItsName() throws Exception {
    try (Cluster cluster = start(plan(AT_ONCE, sleeper("a"), sleeper("b")), PATIENCE)) {
      assertThrows(ClusterException.class, () -> cluster.restart("a"));
      long before = cluster.server("a").process().pid();
      cluster.kill("a");
      assertEquals(List.of("b"), names(cluster.state().alive()));
      cluster.restart("a");
      assertEquals(List.of("a", "b"), names(cluster.state().alive()));
      assertFalse(cluster.server("a").process().pid() == before, "another process");
    }
  }

  private static List<String> names(List<ClusterState.Member> servers) {
    return servers.stream().map(ClusterState.Member::name).toList();
  }

  /** The number of a process that ended may be another's by now. */
  @Test
  void processWithTheSameNumberButAnotherStartIsLeftAlone() throws Exception {
    Process other = new ProcessBuilder("sleep", "600").start();
    try {
      String start = other.info().startInstant().orElseThrow().toString();
      String earlier = Instant.parse(start).minusSeconds(60).toString();
      assertTrue(member(other, start).process().isPresent());
      assertFalse(member(other, earlier).process().isPresent());
      ClusterState state =
          new ClusterState("x", List.of(member(other, earlier)), Map.of(), List.of(), true);
      state.stop(Duration.ofSeconds(1));
      assertTrue(other.isAlive());
    } finally {
      other.destroyForcibly();
    }
  }

  private static ClusterState.Member member(Process process, String since) {
    return new ClusterState.Member("x", process.pid(), since, "x.log");
  }

  @Test
  void folderThatHoldsSomethingElseIsNotEmptied() throws Exception {
    Path file = Files.writeString(folder.resolve("mine.txt"), "mine");
    assertThrows(ClusterException.class, () -> StateFolder.fresh(folder));
    assertTrue(Files.exists(file));
  }

  @Test
  void stateIsForItsOwnerOnly() throws Exception {
    assertEquals(
        "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(fresh())));
  }

  @Test
  void argumentsWithSpacesAndQuotationMarksArriveWhole() throws Exception {
    assertEquals("\"a \\\"b\\\" \\\\c\"", ServerProcess.quoted("a \"b\" \\c"));
  }
}
