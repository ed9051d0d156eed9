package org.healthbeam.bench.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Looks at the job every second, in a thread of its own, and remembers. */
final class Watch implements AutoCloseable {
  private static final long EVERY_MS = 1000;
  private static final int CHECKPOINTS_EVERY = 5;

  private final Job job;
  private final Servers servers;
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
   * @param collectingMs that the TaskManager has collected garbage for
   * @param resident memory of the TaskManager
   */
  record Sample(
      long atMs,
      long read,
      long behind,
      double heldBackMs,
      double collectingMs,
      long resident,
      Cpu cpu) {
    /** Returns how many messages a second were read between this and a later one. */
    double perSecondUntil(Sample later) {
      return (later.read - read) * 1000.0 / (later.atMs - atMs);
    }
  }

  Watch(Job job, Servers servers) {
    this.job = job;
    this.servers = servers;
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
      long at = System.currentTimeMillis();
      read = look.read();
      Sample sample =
          new Sample(
              at,
              read,
              behind(),
              look.heldBackMs(),
              look.collectingMs(),
              Memory.resident(servers.taskManager()),
              Cpu.of(servers));
      synchronized (samples) {
        samples.add(sample);
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

  /** Returns the first look after a time at which so many messages had been read. */
  Sample firstWith(long afterMs, long messages) throws IOException {
    return between(afterMs, Long.MAX_VALUE).stream()
        .filter(each -> each.read() >= messages)
        .findFirst()
        .orElseThrow(() -> new IOException("%,d messages were not read".formatted(messages)));
  }

  /** Returns how many messages a second the job read in a time. */
  double perSecond(long fromMs, long toMs) {
    List<Sample> seen = between(fromMs, toMs);
    return seen.size() < 2 ? Double.NaN : seen.get(0).perSecondUntil(seen.get(seen.size() - 1));
  }

  @Override
  public void close() {
    done = true;
  }
}
