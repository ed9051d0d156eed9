package org.healthbeam.pipelines.run;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Folders for what a runner in this process puts aside. They are removed when the process ends,
 * also if it was told to, after the jobs that need them.
 */
public final class TemporaryFolders {
  /** Longer than a job that was told to stop is waited for. */
  private static final long PATIENCE_SECONDS = 60;

  private static final int REMOVALS = 50;
  private static final long PAUSE_MILLIS = 100;

  /** Held to read while a job runs here. */
  private final ReadWriteLock jobs = new ReentrantReadWriteLock();

  /**
   * Makes one, whose name begins so.
   *
   * @param prefix what its name begins with
   * @return the folder, which is there and empty
   */
  public Path create(String prefix) {
    try {
      Path folder = Files.createTempDirectory(prefix);
      removeAtTheEnd(folder);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Has a folder be removed at the end.
   *
   * @param folder that is there now; it may be gone then
   */
  public void removeAtTheEnd(Path folder) {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> removeAfterJobs(folder), "remove-temporary"));
  }

  /**
   * Runs a job, before whose end no folder is removed.
   *
   * @param <T> what the job gives
   * @param job is run in this thread
   * @return what the job gives
   */
  public <T> T during(Supplier<T> job) {
    jobs.readLock().lock();
    try {
      return job.get();
    } finally {
      jobs.readLock().unlock();
    }
  }

  private void removeAfterJobs(Path folder) {
    boolean ended = false;
    try {
      ended = jobs.writeLock().tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS);
      // The runner may be removing files of its own there.
      for (int i = 0; i < REMOVALS && !remove(folder); i++) {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (ended) {
        jobs.writeLock().unlock();
      }
    }
  }

  /** Returns whether nothing is left; else the folder of temporary files keeps the rest. */
  private static boolean remove(Path folder) {
    try (Stream<Path> inside = Files.walk(folder)) {
      inside.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException | UncheckedIOException e) {
      return !Files.exists(folder);
    }
    return !Files.exists(folder);
  }
}
