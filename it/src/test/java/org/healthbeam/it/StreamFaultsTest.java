package org.healthbeam.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A ward that comes through Kafka to {@code monitor-vitals} on a Flink session cluster, while
 * processes are killed and the job is stopped and goes on: the rows are those of the batch, none is
 * missing, none is there twice.
 */
@Tag("slow")
class StreamFaultsTest {
  private static final String TO_BROKER = "network to the broker";
  private static final String TO_JOB_MANAGER = "network to the jobmanager";

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private static void requireJobJar() {
    assumeTrue(
        Files.exists(HealthBeamProcess.jobJar("flink")) || System.getenv("CI") != null,
        "No job jar: ./healthbeam test makes it, -DjobJar.skip=false with Maven");
  }

  /**
   * The topic has one partition at first, so there are workers that have nothing to read; it gets
   * one more while the job runs, and one while there is none.
   */
  @Test
  void killedWorkersACutNetworkNewPartitionsASavepointAndALostJobManagerChangeNoRow()
      throws Exception {
    requireJobJar();
    try (WardStream ward = WardStream.of(folder, 4000, 1)) {
      ward.submit(2, "");
      ward.send(2000);
      int rows = ward.awaitMoreRows(0);
      ward.kill("taskmanager-1");
      ward.awaitRun();
      ward.cutNetwork(true, 200);
      ward.cutNetwork(false, 200);
      ward.addPartition();
      ward.send(200);
      ward.cutOffWorker();
      ward.awaitRun();
      ward.send(100);
      ward.cutOffJobManager(true);
      ward.awaitRun();
      ward.send(100);
      ward.kill("taskmanager-2");
      ward.awaitRestored();
      ward.awaitRun();

      HealthBeamProcess early = ward.finish().endedWith(2);
      assertTrue(early.err().contains("is still under way"), early::err);
      String savepoint = ward.stop();
      HealthBeamProcess stopped = ward.finish().endedWith(0);
      assertTrue(stopped.out().contains("monitor-vitals stopped in "), stopped::out);
      assertEquals("stopped", ward.account().path("status").asText());

      ward.submit(1, savepoint);
      ward.addPartition();
      ward.send(400);
      ward.awaitMoreRows(rows);
      ward.killJobManager();
      HealthBeamProcess unknown = ward.finish().endedWith(2);
      assertTrue(unknown.err().contains("--forget"), unknown::err);
      ward.finish("--forget").endedWith(0);
      ward.submit(2, ward.lastCheckpoint());
      ward.sendRest();
      ward.awaitTheBatch();
      ward.cancel();
      ward.finish().endedWith(0);
      ward.assertTheBatch();
    }
  }

  /**
   * By hand, with {@code -Dtest.excludedGroups=}: it takes a quarter of an hour. The seed that it
   * prints makes the same faults in the same order, with {@code -Dhealthbeam.faults.seed=}.
   */
  @Test
  @Tag("long")
  void twentyKillsAndFiveCutsAtRandomMomentsChangeNoRow() throws Exception {
    requireJobJar();
    long seed = Long.getLong("healthbeam.faults.seed", new Random().nextLong());
    say("seed %d", seed);
    Random random = new Random(seed);
    List<String> kills = new ArrayList<>();
    kills.addAll(Collections.nCopies(2, "jobmanager"));
    kills.addAll(Collections.nCopies(2, "broker"));
    kills.addAll(Collections.nCopies(8, "taskmanager-1"));
    kills.addAll(Collections.nCopies(8, "taskmanager-2"));
    kills.addAll(Collections.nCopies(3, TO_BROKER));
    kills.addAll(Collections.nCopies(2, TO_JOB_MANAGER));
    Collections.shuffle(kills, random);
    try (WardStream ward = WardStream.of(folder, 12_000, 4)) {
      int parallelism = 2;
      ward.submit(parallelism, "");
      long begun = System.nanoTime();
      for (String kill : kills) {
        ward.send(500);
        // The moment is to be any: in the midst of work, of a checkpoint, of a restart.
        Thread.sleep(random.nextInt(5000));
        long at = System.nanoTime();
        if (kill.equals("jobmanager")) {
          ward.killJobManager();
          ward.finish("--forget").endedWith(0);
          parallelism = 3 - parallelism;
          ward.submit(parallelism, ward.lastCheckpoint());
        } else if (kill.equals("broker")) {
          ward.killBroker();
        } else if (kill.equals(TO_BROKER)) {
          ward.awaitRun();
          ward.cutNetwork(random.nextBoolean(), 100);
        } else if (kill.equals(TO_JOB_MANAGER)) {
          ward.awaitRun();
          ward.cutOffJobManager(random.nextBoolean());
        } else {
          ward.kill(kill);
        }
        boolean wait = random.nextBoolean();
        if (wait) {
          ward.awaitRun();
        }
        say(
            "%s killed or cut at %d s with %d rows told; %s after %d s",
            kill,
            (at - begun) / 1_000_000_000,
            ward.rowsTold(),
            wait ? "a checkpoint of the run that went on" : "it was back",
            (System.nanoTime() - at) / 1_000_000_000);
      }
      ward.sendRest();
      ward.awaitTheBatch();
      say(
          "%d rows are those of the batch after %d s",
          ward.rowsTold(), (System.nanoTime() - begun) / 1_000_000_000);
      ward.cancel();
      ward.finish().endedWith(0);
      ward.assertTheBatch();
    }
  }

  private static void say(String what, Object... values) {
    System.out.printf("faults: " + what + "%n", values);
  }
}
