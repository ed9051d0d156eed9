package org.healthbeam.bench.load;

import java.io.IOException;
import java.util.List;
import org.healthbeam.bench.WholeProcess;

/**
 * Finds how many readings a job takes that is warm: how fast it works off a backlog while nobody
 * sends, how many it reads while the sender always has some more, and whether it keeps up with a
 * quarter more than that.
 */
final class Search {
  /** A pace that is held to be too much. */
  static final double MORE = 1.25;

  /** Two parts of a backlog may differ by so much. */
  private static final double AGREE = 0.1;

  private static final int ROUNDS = 3;
  private static final int TRIALS = 3;
  private static final double KEPT_UP = 0.97;
  private static final double BACKLOG_SECONDS = 40;
  private static final double KEPT_BEHIND_SECONDS = 10;
  private static final long LEAST_BACKLOG = 50_000;

  /** Flink gives up a TaskManager that is silent for ten seconds. */
  private static final long MOST_STOPPED_MS = 5000;

  /** A backlog is of one minute, away from its ends: no window closes while it is worked off. */
  private static final long FIRST_SECOND = 12;

  private static final long LAST_SECOND = 45;
  private static final long MS_PER_SECOND = 1000;

  /** What is left out of a backlog at both ends, and where its middle is. */
  private static final double BEGIN = 0.1;

  private static final double MIDDLE = 0.5;
  private static final double END = 0.9;

  private final LoadPlan plan;
  private final Servers servers;
  private final Watch watch;
  private final Sender sender;
  private final Pause pause;

  /**
   * A backlog that was worked off.
   *
   * @param messages that were there
   * @param sentPerSecond while the TaskManager stood still
   * @param first messages a second from a tenth of it to its middle
   * @param second from there to nine tenths
   */
  record Drain(long messages, double sentPerSecond, double first, double second) {
    double perSecond() {
      return 2 / (1 / first + 1 / second);
    }

    boolean agrees() {
      return Math.abs(first - second) <= AGREE * Math.max(first, second);
    }
  }

  /**
   * A pace that was tried.
   *
   * @param behindBefore how far behind the job was when it began
   */
  record Trial(double sentPerSecond, double readPerSecond, long behindBefore, long behindAfter) {
    boolean keptUp() {
      return readPerSecond >= KEPT_UP * sentPerSecond;
    }
  }

  Search(LoadPlan plan, Servers servers, Watch watch, Sender sender, Pause pause) {
    this.plan = plan;
    this.servers = servers;
    this.watch = watch;
    this.sender = sender;
    this.pause = pause;
  }

  /** Takes note of all that it finds. */
  void into(LoadResult result) throws IOException, InterruptedException {
    sender.unthrottled(LoadRun.BEHIND_WHILE_WARMING_UP);
    pause.untilRead(LoadRun.FIRST);
    long begun = System.currentTimeMillis();
    pause.until(begun + plan.warmUpMs());
    double warm = watch.perSecond((begun + System.currentTimeMillis()) / 2, Long.MAX_VALUE);
    LoadRun.say("warmed up: %,.0f readings/s", warm);
    for (int i = 0; i < ROUNDS && (i == 0 || !last(result.drains).agrees()); i++) {
      result.drains.add(drain(result, i == 0 ? warm : last(result.drains).perSecond()));
      LoadRun.say("a backlog: %s", last(result.drains));
    }
    keepBehind(result, last(result.drains).perSecond());
    LoadRun.say("kept behind: %,.0f readings/s", result.limit);
    do {
      result.trials.add(trial(MORE * result.limit));
      LoadRun.say("more: %s", last(result.trials));
      result.limit = Math.max(result.limit, keptUp(last(result.trials)));
    } while (last(result.trials).keptUp() && result.trials.size() < TRIALS);
  }

  private static <T> T last(List<T> all) {
    return all.get(all.size() - 1);
  }

  private static double keptUp(Trial trial) {
    return trial.keptUp() ? trial.readPerSecond() : 0;
  }

  /** The TaskManager stands still while a backlog is sent, so that all of it is there. */
  private Drain drain(LoadResult result, double perSecond)
      throws IOException, InterruptedException {
    sender.pace(0);
    pause.untilBehind(Math.max(perSecond / 10, 500));
    awaitSecond();
    long backlog =
        (long) Math.max(LEAST_BACKLOG, perSecond * Math.min(BACKLOG_SECONDS, plan.drainSeconds()));
    long base = watch.read();
    long before = sender.sent();
    double sent;
    signal("-STOP");
    try {
      long begun = System.currentTimeMillis();
      sender.unthrottled(backlog);
      while (sender.sent() - base < backlog
          && System.currentTimeMillis() - begun < MOST_STOPPED_MS) {
        Thread.sleep(10);
      }
      sender.pace(0);
      sender.flush();
      sent = (sender.sent() - before) * 1000.0 / (System.currentTimeMillis() - begun);
    } finally {
      signal("-CONT");
    }
    long from = System.currentTimeMillis();
    long there = sender.sent() - base;
    pause.untilBehind(there * (1 - END) / 2);
    long to = System.currentTimeMillis();
    result.spans.add(new LoadResult.Span("backlog", from, to));
    Watch.Sample begin = watch.firstWith(from, base + (long) (BEGIN * there));
    Watch.Sample middle = watch.firstWith(from, base + (long) (MIDDLE * there));
    Watch.Sample end = watch.firstWith(from, base + (long) (END * there));
    return new Drain(there, sent, begin.perSecondUntil(middle), middle.perSecondUntil(end));
  }

  private static void awaitSecond() throws InterruptedException {
    long second;
    do {
      Thread.sleep(100);
      second = System.currentTimeMillis() % Series.WINDOW_MS / MS_PER_SECOND;
    } while (second < FIRST_SECOND || second > LAST_SECOND);
  }

  private void signal(String which) throws IOException, InterruptedException {
    WholeProcess.run(List.of("kill", which, "" + servers.taskManager()));
  }

  /** For a minute, so that windows close once: the sender works too, but never waits for long. */
  private void keepBehind(LoadResult result, double drained)
      throws IOException, InterruptedException {
    long behind = (long) (KEPT_BEHIND_SECONDS * drained);
    sender.unthrottled(behind);
    long begun = System.currentTimeMillis();
    while (watch.behind() < behind / 2
        && System.currentTimeMillis() - begun < plan.keepBehindMs()) {
      pause.until(System.currentTimeMillis() + MS_PER_SECOND);
    }
    long from = System.currentTimeMillis();
    pause.until(from + plan.keepBehindMs());
    long to = System.currentTimeMillis();
    result.spans.add(new LoadResult.Span("kept behind", from, to));
    result.leastBehind =
        watch.between(from, to).stream().mapToLong(Watch.Sample::behind).min().orElse(0);
    result.kept = watch.perSecond(from, to);
    result.limit = result.kept;
    if (!(result.limit > 0)) {
      throw new IOException("The job has read nothing more in " + (to - from) + " ms");
    }
  }

  private Trial trial(double pace) throws IOException, InterruptedException {
    sender.pace(0);
    pause.untilBehind(pace / 10);
    long before = sender.sent();
    long behind = watch.behind();
    long from = System.currentTimeMillis();
    sender.pace(pace);
    pause.until(from + plan.trialMs());
    long to = System.currentTimeMillis();
    double sent = (sender.sent() - before) * 1000.0 / (to - from);
    Trial trial = new Trial(sent, watch.perSecond(from, to), behind, watch.behind());
    sender.pace(0);
    return trial;
  }
}
