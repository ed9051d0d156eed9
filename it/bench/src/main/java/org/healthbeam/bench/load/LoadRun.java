package org.healthbeam.bench.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A job from its first reading to its end: what it takes, a part of that for long, more than it
 * takes if asked, then the account.
 */
final class LoadRun {
  /** Of the limit: what is left is for the machine's other moods. */
  static final double STEADY = 0.8;

  static final double OVERLOAD = 2;
  static final long FIRST = 50_000;
  static final long BEHIND_WHILE_WARMING_UP = 400_000;

  private static final double AFTER_OVERLOAD = 0.5;
  private static final double LOWER = 0.9;
  private static final int SECONDS_BEHIND = 10;
  private static final long BETWEEN_CHANGES_MS = 30_000;
  private static final long BETWEEN_RESULTS_MS = 60_000;
  private static final long AHEAD_MS = 300_000;
  private static final long STANDS_STILL_MS = 60_000;
  private static final String IN = "vitals";
  private static final String OUT = "ward";

  private final Path root;
  private final Path folder;
  private final LoadPlan plan;
  private final Consumer<LoadResult> found;

  /**
   * Takes what it is to do.
   *
   * @param found is told again whenever more was found
   */
  LoadRun(Path root, Path folder, LoadPlan plan, Consumer<LoadResult> found) {
    this.root = root;
    this.folder = folder;
    this.plan = plan;
    this.found = found;
  }

  /** Runs it; what was started is stopped, however it ends. */
  void run(int slots, boolean overload) throws IOException, InterruptedException {
    Map<String, Integer> topics =
        Map.of(
            IN,
            Series.PARTITIONS,
            OUT + ".summaries",
            1,
            OUT + ".scores",
            1,
            OUT + ".alerts",
            1,
            OUT + ".burden",
            1);
    try (Servers servers = Servers.start(root, folder, slots, topics)) {
      Job job = Job.submit(root, servers, slots, plan, IN, OUT);
      Series series = new Series();
      try (Watch watch = new Watch(job, servers);
          Told told = new Told(servers.bootstrapServers(), OUT);
          Sender sender = new Sender(servers.bootstrapServers(), IN, series, watch::read)) {
        watch.start(sender);
        LoadResult result = new LoadResult(slots, watch, told, job);
        found.accept(result);
        measure(overload, servers, result, sender);
        sender.finish(System.currentTimeMillis() + AHEAD_MS);
        say("all is sent: %,d messages", sender.sent());
        result.held = awaitRows(told, series);
        job.noteCheckpoints();
        result.account(sender.sent(), series, job.stop());
        found.accept(result);
      }
    }
    Servers.remove(folder);
  }

  private void measure(boolean overload, Servers servers, LoadResult result, Sender sender)
      throws IOException, InterruptedException {
    Pause pause = new Pause(result.job, result.watch, sender);
    new Search(plan, servers, result.watch, sender, pause).into(result);
    result.rate = STEADY * result.limit;
    found.accept(result);
    pause.untilBehind(result.rate / 2);
    steady(result, servers, sender, pause);
    found.accept(result);
    if (overload) {
      overload(result, sender, pause);
      found.accept(result);
    }
  }

  /** At one rate, which is lowered only if the job cannot keep up with it. */
  private void steady(LoadResult result, Servers servers, Sender sender, Pause pause)
      throws IOException, InterruptedException {
    result.memory.add(Memory.afterCollection(servers.taskManager()));
    result.fromMs = System.currentTimeMillis();
    long end = result.fromMs + plan.steadyMs();
    long middle = result.fromMs + plan.steadyMs() / 2;
    long mayChange = result.fromMs + BETWEEN_CHANGES_MS;
    long tell = result.fromMs + BETWEEN_RESULTS_MS;
    sender.pace(result.rate);
    while (System.currentTimeMillis() < end) {
      pause.until(Math.min(end, System.currentTimeMillis() + 1000));
      long now = System.currentTimeMillis();
      if (now > mayChange && result.watch.behind() > SECONDS_BEHIND * result.rate) {
        result.rate *= LOWER;
        result.lowered++;
        mayChange = now + BETWEEN_CHANGES_MS;
        sender.pace(result.rate);
        say("the job does not keep up: %,.0f readings/s from now on", result.rate);
      }
      if (now > middle && result.memory.size() == 1) {
        result.memory.add(Memory.afterCollection(servers.taskManager()));
      }
      if (now > tell) {
        tell += BETWEEN_RESULTS_MS;
        result.toMs = now;
        found.accept(result);
      }
    }
    result.toMs = System.currentTimeMillis();
    result.spans.add(new LoadResult.Span("steady", result.fromMs, result.toMs));
    result.memory.add(Memory.afterCollection(servers.taskManager()));
    say("steady: %,.0f readings/s read", result.watch.perSecond(result.fromMs, result.toMs));
  }

  private void overload(LoadResult result, Sender sender, Pause pause)
      throws IOException, InterruptedException {
    result.overloadFromMs = System.currentTimeMillis();
    long before = sender.sent();
    sender.pace(OVERLOAD * result.limit);
    pause.until(result.overloadFromMs + plan.overloadMs());
    long to = System.currentTimeMillis();
    result.overloadSent = sender.sent() - before;
    sender.pace(AFTER_OVERLOAD * result.limit);
    pause.untilBehind(result.limit);
    result.caughtUpMs = System.currentTimeMillis();
    result.overloadToMs = to;
    result.spans.add(new LoadResult.Span("too much", result.overloadFromMs, to));
    say("more than the job takes: caught up after %d s", result.secondsToCatchUp());
  }

  /** Waits until all rows are there, or no more come. */
  private static Told.Held awaitRows(Told told, Series series) throws InterruptedException {
    Told.Held held = told.against(series);
    long since = System.currentTimeMillis();
    while (!held.all() && System.currentTimeMillis() - since < STANDS_STILL_MS) {
      Thread.sleep(1000);
      Told.Held now = told.against(series);
      since = now.equals(held) ? since : System.currentTimeMillis();
      held = now;
    }
    say("rows: %s", held);
    return held;
  }

  static void say(String what, Object... values) {
    System.err.printf("load: " + what + "%n", values);
  }
}
