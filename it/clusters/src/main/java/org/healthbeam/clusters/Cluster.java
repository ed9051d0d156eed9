package org.healthbeam.clusters;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Servers of an engine that this process started. */
public final class Cluster implements AutoCloseable {
  private static final Duration UNTIL_FORCED = Duration.ofSeconds(15);
  private static final long BETWEEN_QUESTIONS_MILLIS = 200;
  private static final long BETWEEN_WORDS_SECONDS = 5;

  private final String engine;
  private final Plan plan;
  private final Path folder;
  private final boolean watched;
  private final Duration patience;
  private final Consumer<String> progress;
  private final Map<String, ServerProcess> servers = new LinkedHashMap<>();
  private boolean up;

  private Cluster(
      String engine,
      Plan plan,
      Path folder,
      boolean watched,
      Duration patience,
      Consumer<String> progress) {
    this.engine = engine;
    this.plan = plan;
    this.folder = folder;
    this.watched = watched;
    this.patience = patience;
    this.progress = progress;
  }

  /**
   * Starts servers and waits until they are up. If that fails, none is left.
   *
   * @param folder a {@link StateFolder}
   * @param watched whether they end with this process, even if that is killed
   * @param patience how long each of what is waited for may take
   * @param progress told a line for each step
   */
  public static Cluster start(
      String engine,
      Plan plan,
      Path folder,
      boolean watched,
      Duration patience,
      Consumer<String> progress)
      throws IOException, InterruptedException {
    Cluster cluster = new Cluster(engine, plan, folder, watched, patience, progress);
    // Whoever interrupts a start that is not yet done leaves nothing behind.
    Thread hook = new Thread(cluster::killAll, "stop what is half started");
    Runtime.getRuntime().addShutdownHook(hook);
    boolean done = false;
    try {
      cluster.start();
      done = true;
      return cluster;
    } finally {
      if (!done) {
        cluster.close();
      }
      if (!done || !watched) {
        removeUnlessRunning(hook);
      }
    }
  }

  private static void removeUnlessRunning(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It is at work.
    }
  }

  private void start() throws IOException, InterruptedException {
    Memory.check(plan.megabytes());
    for (Server server : plan.preparations()) {
      runToEnd(ServerProcess.start(server, folder, true));
    }
    for (Plan.Stage stage : plan.stages()) {
      for (Server server : stage.servers()) {
        launch(server);
      }
      await(stage);
    }
    up = true;
    state().write(folder);
  }

  private void runToEnd(ServerProcess server) throws IOException, InterruptedException {
    Process process = server.process();
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
      throw new ClusterException(
          server.server().name() + " was not done after " + patience.toSeconds() + " s");
    }
    if (process.exitValue() != 0) {
      throw ended(server);
    }
  }

  private synchronized void launch(Server server) throws IOException {
    ServerProcess started = ServerProcess.start(server, folder, watched);
    servers.put(server.name(), started);
    state().write(folder);
    progress.accept(server.name() + " started (process " + started.process().pid() + ")");
  }

  private void await(Plan.Stage stage) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    long said = begun;
    while (true) {
      for (Server server : stage.servers()) {
        ServerProcess process = servers.get(server.name());
        if (!process.process().isAlive()) {
          throw ended(process);
        }
      }
      String missing;
      try {
        missing = stage.up().missing();
      } catch (IOException e) {
        missing = "no answer yet";
      }
      if (missing.isEmpty()) {
        return;
      }
      long now = System.nanoTime();
      if (now - begun > patience.toNanos()) {
        throw new ClusterException(
            "not up after %d s: %s; logs are in %s"
                .formatted(patience.toSeconds(), missing, folder.resolve("logs")));
      }
      if (now - said > TimeUnit.SECONDS.toNanos(BETWEEN_WORDS_SECONDS)) {
        progress.accept("waiting: " + missing);
        said = now;
      }
      Thread.sleep(BETWEEN_QUESTIONS_MILLIS);
    }
  }

  private static ClusterException ended(ServerProcess server) throws IOException {
    String why = server.foundPortTaken() ? ", because a port that it needs is in use" : "";
    return new ClusterException(
        "%s ended with status %d%s; the end of %s:%n%s"
            .formatted(
                server.server().name(),
                server.process().exitValue(),
                why,
                server.log(),
                server.tail()));
  }

  /** Returns what was started. */
  public synchronized ClusterState state() {
    List<ClusterState.Member> members = new ArrayList<>();
    servers.values().forEach(server -> members.add(ClusterState.Member.of(server)));
    return new ClusterState(engine, members, plan.addresses(), plan.next(), up);
  }

  /** Returns where it is reached. */
  public String address(String name) {
    String address = plan.addresses().get(name);
    if (address == null) {
      throw new IllegalArgumentException(name + " is none of " + plan.addresses().keySet());
    }
    return address;
  }

  /** Returns a server. */
  public synchronized ServerProcess server(String name) {
    ServerProcess server = servers.get(name);
    if (server == null) {
      throw new IllegalArgumentException(name + " is none of " + servers.keySet());
    }
    return server;
  }

  /** Ends a server at once, as kill -9 does, and waits for its end. */
  public void kill(String name) throws InterruptedException {
    ServerProcess server = server(name);
    server.kill();
    server.process().waitFor();
  }

  /** Starts a server again that ended, as it was started, and waits until its stage is up. */
  public void restart(String name) throws IOException, InterruptedException {
    ServerProcess server = server(name);
    if (server.process().isAlive()) {
      throw new ClusterException(name + " is still running");
    }
    launch(server.server());
    for (Plan.Stage stage : plan.stages()) {
      if (stage.servers().stream().anyMatch(each -> each.name().equals(name))) {
        await(new Plan.Stage(List.of(server.server()), stage.up()));
      }
    }
  }

  private synchronized void killAll() {
    for (ServerProcess server : servers.values()) {
      server.process().descendants().forEach(ProcessHandle::destroyForcibly);
      server.kill();
    }
  }

  /** Stops all that it started. */
  @Override
  public void close() {
    try {
      state().stop(UNTIL_FORCED);
    } catch (InterruptedException e) {
      killAll();
      Thread.currentThread().interrupt();
    }
  }
}
