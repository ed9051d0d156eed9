package org.healthbeam.clusters;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What was started and where it is reached: {@code cluster.json} in the folder of an engine.
 *
 * @param engine what it is
 * @param servers its processes
 * @param addresses where it is reached, by name
 * @param next what can be done with it
 * @param up whether all of it answered
 */
public record ClusterState(
    String engine,
    List<Member> servers,
    Map<String, String> addresses,
    List<String> next,
    boolean up) {
  private static final String FILE = "cluster.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * A process.
   *
   * @param name of the server
   * @param pid number of the process, which another one may have after its end
   * @param since when it was started, by which it is told from such another one
   * @param log where it logs
   */
  public record Member(String name, long pid, String since, String log) {
    /** Clocks are set, by which the same start may look another one to a later JVM. */
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    static Member of(ServerProcess server) {
      ProcessHandle process = server.process().toHandle();
      return new Member(
          server.server().name(),
          process.pid(),
          process.info().startInstant().orElseGet(Instant::now).toString(),
          server.log().toString());
    }

    /** Returns the process, if it is still there. */
    public Optional<ProcessHandle> process() {
      return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::isThis);
    }

    private boolean isThis(ProcessHandle process) {
      return process
          .info()
          .startInstant()
          .map(
              start -> Duration.between(Instant.parse(since), start).abs().compareTo(TOLERANCE) < 0)
          .orElse(false);
    }
  }

  /** Returns what the folder of an engine tells. */
  public static Optional<ClusterState> in(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    return Files.isRegularFile(file)
        ? Optional.of(JSON.readValue(file.toFile(), ClusterState.class))
        : Optional.empty();
  }

  void write(Path folder) throws IOException {
    Path part = folder.resolve(FILE + ".part");
    JSON.writerWithDefaultPrettyPrinter().writeValue(part.toFile(), this);
    Files.move(
        part,
        folder.resolve(FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Returns the processes that are still there. */
  public List<Member> alive() {
    return servers.stream().filter(server -> server.process().isPresent()).toList();
  }

  /**
   * Ends what is still there of it, and nothing else.
   *
   * @return the names of those that had to be made to
   */
  public List<String> stop(Duration patience) throws InterruptedException {
    List<Member> alive = alive();
    List<String> forced = new CopyOnWriteArrayList<>();
    List<Thread> threads =
        alive.stream()
            .map(
                member ->
                    new Thread(
                        () -> {
                          try {
                            Optional<ProcessHandle> process = member.process();
                            if (process.isPresent()
                                && !ServerProcess.stop(process.get(), patience)) {
                              forced.add(member.name());
                            }
                          } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                          }
                        },
                        "stop " + member.name()))
            .toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    return forced;
  }
}
