package org.healthbeam.core.variant.join;

import java.util.Comparator;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The files that have one sample on one sequence, of which only the first by time, and by name
 * where two have the same, counts; the same whatever the order in which they were learnt.
 */
public final class FilesOfSample {
  private final SortedSet<File> files = new TreeSet<>();

  /**
   * A file and when it came.
   *
   * @param name of the file
   * @param time in milliseconds since 1970
   */
  public record File(String name, long time) implements Comparable<File> {
    private static final Comparator<File> ORDER =
        Comparator.comparingLong(File::time).thenComparing(File::name);

    @Override
    public int compareTo(File other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * Learns of a file.
   *
   * @param name of the file
   * @param time at which it came, in milliseconds since 1970
   */
  public void add(String name, long time) {
    files.add(new File(name, time));
  }

  /**
   * {@return whether this is the file that counts}
   *
   * @param name of the file
   * @param time at which it came, in milliseconds since 1970
   */
  public boolean isFirst(String name, long time) {
    return !files.isEmpty() && files.first().equals(new File(name, time));
  }

  /** {@return all files, the one that counts first} Not to be changed. */
  public SortedSet<File> all() {
    return files;
  }
}
