package org.healthbeam.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Looks at the job every second, in a thread of its own, and remembers. */
final class Watch implements AutoCloseable {
  private static final long EVERY_MS = 1000;
  private static final int CHECKPOINTS_EVERY = 5;

  private final Job job;
  private final long taskManager;
  private final List<Sample> samples = new ArrayList<>();
  private final Thread thread = new Thread(this::run, "watch");
  private volatile Sender sender;
  private volatile long read;
  private volatile boolean done;

  /**
   * What was seen at a time.
   *
   * @param read messages that the job had read
   * @param behind messages that were sent and not read
   * @param heldBackMs of the last second, of the task that was held back the most
   * @param resident memory of the TaskManager
   * @param cpuSeconds that the TaskManager had used
   */
  record Sample(
      long atMs, long read, long behind, double heldBackMs, long resident, double cpuSeconds) {}

  Watch(Job job, long taskManager) {
    this.job = job;
    this.taskManager = taskManager;
    thread.setDaemon(true);
  }

  void start(Sender of) {
    sender = of;
    thread.start();
  }

  /** Returns how many messages the job has read, as of a second ago at most. */
  long read() {
    return read;
  }

  long behind() {
    return Math.max(0, sender.sent() - read);
  }

  private void run() {
    try {
      for (int i = 0; !done; i++) {
        look(i % CHECKPOINTS_EVERY == 0);
        Thread.sleep(EVERY_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A machine that is busy may not answer in time: that look is left out. */
  private void look(boolean withCheckpoints) throws InterruptedException {
    try {
      Job.Look look = job.look();
      read = look.read();
      synchronized (samples) {
        samples.add(
            new Sample(
                System.currentTimeMillis(),
                read,
                behind(),
                look.heldBackMs(),
                Memory.resident(taskManager),
                Memory.cpuSeconds(taskManager)));
      }
      if (withCheckpoints) {
        job.noteCheckpoints();
      }
    } catch (IOException e) {
      System.err.println("Not seen: " + e.getMessage());
    }
  }

  /** Returns what was seen in a time. */
  List<Sample> between(long fromMs, long toMs) {
    synchronized (samples) {
      return samples.stream().filter(each -> each.atMs() >= fromMs && each.atMs() < toMs).toList();
    }
  }

  /** Returns how many messages a second the job read in a time. */
  double perSecond(long fromMs, long toMs) {
    List<Sample> seen = between(fromMs, toMs);
    if (seen.size() < 2) {
      return Double.NaN;
    }
    Sample first = seen.get(0);
    Sample last = seen.get(seen.size() - 1);
    return (last.read() - first.read()) * 1000.0 / (last.atMs() - first.atMs());
  }

  @Override
  public void close() {
    done = true;
  }
}
