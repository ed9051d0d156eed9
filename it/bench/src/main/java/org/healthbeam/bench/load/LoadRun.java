package org.healthbeam.bench.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A job from its first reading to its end: as many readings as it takes, then a part of that for
 * long, then more than it takes if asked, then the account.
 */
final class LoadRun {
  /** Of the limit: what is left is for the machine's other moods. */
  static final double STEADY = 0.8;

  static final double OVERLOAD = 2;

  private static final double AFTER_OVERLOAD = 0.5;
  private static final double LOWER = 0.9;
  private static final long FIRST = 50_000;
  private static final long BEHIND_WHILE_UNTHROTTLED = 400_000;
  private static final int SECONDS_BEHIND = 10;
  private static final long BETWEEN_CHANGES_MS = 30_000;
  private static final long AHEAD_MS = 300_000;
  private static final long PATIENCE_MS = 600_000;
  private static final long STANDS_STILL_MS = 60_000;
  private static final String IN = "vitals";
  private static final String OUT = "ward";

  private final Path root;
  private final Path folder;
  private final LoadPlan plan;

  LoadRun(Path root, Path folder, LoadPlan plan) {
    this.root = root;
    this.folder = folder;
    this.plan = plan;
  }

  /** Runs it; what was started is stopped, however it ends. */
  LoadResult run(int slots, boolean overload) throws IOException, InterruptedException {
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
    LoadResult result;
    try (Servers servers = Servers.start(root, folder, slots, topics)) {
      Job job = Job.submit(root, servers, slots, plan, IN, OUT);
      Series series = new Series();
      try (Watch watch = new Watch(job, servers.taskManager());
          Told told = new Told(servers.bootstrapServers(), OUT);
          Sender sender = new Sender(servers.bootstrapServers(), IN, series, watch::read)) {
        watch.start(sender);
        result = measure(slots, overload, servers, job, watch, told, sender);
        sender.finish(System.currentTimeMillis() + AHEAD_MS);
        say("all is sent: %,d messages", sender.sent());
        result.held = awaitRows(told, series);
        job.noteCheckpoints();
        result.account(sender.sent(), series, job.stop());
      }
    }
    Servers.remove(folder);
    return result;
  }

  private LoadResult measure(
      int slots, boolean overload, Servers servers, Job job, Watch watch, Told told, Sender sender)
      throws IOException, InterruptedException {
    sender.unthrottled(BEHIND_WHILE_UNTHROTTLED);
    awaitFirst(watch, job, sender);
    sleep(System.currentTimeMillis() + plan.limitMs(), job, sender);
    long now = System.currentTimeMillis();
    double limit = watch.perSecond(now - plan.limitMs() * 4 / 5, now);
    if (!(limit > 0)) {
      throw new IOException("The job has read nothing more in " + plan.limitMs() + " ms");
    }
    LoadResult result = new LoadResult(slots, limit, watch, told, job);
    say("%d slots: as fast as can be %,.0f readings/s", slots, limit);
    sender.pace(0);
    result.rate = STEADY * limit;
    catchUp(watch, sender, job, result.rate);
    steady(result, servers, sender);
    if (overload) {
      result.overloadFromMs = System.currentTimeMillis();
      long before = sender.sent();
      sender.pace(OVERLOAD * limit);
      sleep(result.overloadFromMs + plan.overloadMs(), job, sender);
      result.overloadToMs = System.currentTimeMillis();
      result.overloadSent = sender.sent() - before;
      sender.pace(AFTER_OVERLOAD * limit);
      catchUp(watch, sender, job, limit);
      result.caughtUpMs = System.currentTimeMillis();
      say("more than the job takes: caught up after %d s", result.secondsToCatchUp());
    }
    return result;
  }

  /** What is being started says nothing of the limit. */
  private static void awaitFirst(Watch watch, Job job, Sender sender)
      throws IOException, InterruptedException {
    long end = System.currentTimeMillis() + PATIENCE_MS;
    while (watch.read() < FIRST) {
      if (System.currentTimeMillis() > end) {
        throw new IOException("The job has read %,d messages only".formatted(watch.read()));
      }
      sleep(System.currentTimeMillis() + 1000, job, sender);
    }
  }

  /** At one rate, which is lowered only if the job cannot keep up with it. */
  private void steady(LoadResult result, Servers servers, Sender sender)
      throws IOException, InterruptedException {
    long taskManager = servers.taskManager();
    result.memory.add(Memory.afterCollection(taskManager));
    result.fromMs = System.currentTimeMillis();
    long end = result.fromMs + plan.steadyMs();
    long middle = result.fromMs + plan.steadyMs() / 2;
    long mayChange = result.fromMs + BETWEEN_CHANGES_MS;
    sender.pace(result.rate);
    while (System.currentTimeMillis() < end) {
      sleep(System.currentTimeMillis() + 1000, result.job, sender);
      long now = System.currentTimeMillis();
      if (now > mayChange && result.watch.behind() > SECONDS_BEHIND * result.rate) {
        result.rate *= LOWER;
        result.lowered++;
        mayChange = now + BETWEEN_CHANGES_MS;
        sender.pace(result.rate);
        say("the job does not keep up: %,.0f readings/s from now on", result.rate);
      }
      if (now > middle && result.memory.size() == 1) {
        result.memory.add(Memory.afterCollection(taskManager));
      }
    }
    result.toMs = System.currentTimeMillis();
    result.memory.add(Memory.afterCollection(taskManager));
    say("steady: %,.0f readings/s read", result.watch.perSecond(result.fromMs, result.toMs));
  }

  private static void catchUp(Watch watch, Sender sender, Job job, double rate)
      throws IOException, InterruptedException {
    long end = System.currentTimeMillis() + PATIENCE_MS;
    while (watch.behind() > rate) {
      if (System.currentTimeMillis() > end) {
        throw new IOException("The job is still %,d behind".formatted(watch.behind()));
      }
      sleep(System.currentTimeMillis() + 1000, job, sender);
    }
  }

  private static void sleep(long untilMs, Job job, Sender sender)
      throws IOException, InterruptedException {
    while (System.currentTimeMillis() < untilMs) {
      Thread.sleep(Math.max(1, Math.min(5000, untilMs - System.currentTimeMillis())));
      sender.check();
    }
    job.check();
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

  private static void say(String what, Object... values) {
    System.err.printf("load: " + what + "%n", values);
  }
}
