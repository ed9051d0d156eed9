package org.healthbeam.io.bgzf;

import com.intel.gkl.compression.IntelInflater;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Locale;

/**
 * Intel's ISA-L, from the Genomics Kernel Library (GKL); more than twice as fast as zlib.
 *
 * <p>Its yes counts, its no does not: what it refuses is inflated once more by {@link
 * PlatformInflater}. It is less strict with tables of codes that are not complete; then the CRC-32
 * does not fit. So damage is judged in the same way on every machine.
 *
 * <p>GKL does not tell whether a stream has ended, but its flag <i>finished</i> tells whether input
 * that was given has been taken. It stands for good once it is set, hence is taken back here before
 * each question.
 */
final class NativeInflater implements BlockInflater {
  private final IntelInflater inflater = new IntelInflater(true);
  private final PlatformInflater exact = new PlatformInflater();
  private final byte[] beyond = new byte[1];

  /** Says whether this machine has it. */
  static boolean isHere() {
    return Library.FINISHED != null;
  }

  @Override
  public boolean inflate(byte[] from, int at, int length, byte[] to, int size) {
    return (length > 1 && size > 0 && inflateHere(from, at, length, to, size))
        || exact.inflate(from, at, length, to, size);
  }

  private boolean inflateHere(byte[] from, int at, int length, byte[] to, int size) {
    try {
      inflater.reset();
      inflater.setInput(from, at, length - 1);
      int given = inflater.inflate(to, 0, size);
      // A stream that ends before its last byte leaves that one; one that has ended leaves any.
      ask(from, at + length - 1);
      given += given < size ? inflater.inflate(to, given, size - given) : inflater.inflate(beyond);
      if (given != size || !inflater.finished()) {
        return false;
      }
      ask(from, at);
      return inflater.inflate(beyond) == 0 && !inflater.finished();
    } catch (RuntimeException e) {
      return false;
    }
  }

  /** Gives one more byte of input; {@code finished} tells then whether it was taken. */
  private void ask(byte[] from, int at) {
    Library.FINISHED.set(inflater, false);
    inflater.setInput(from, at, 1);
  }

  @Override
  public void close() {
    inflater.end();
    exact.close();
  }

  /** Loads the library once, when it is first asked for. */
  private static final class Library {
    /** Whether all input was taken; null where there is no library. */
    static final VarHandle FINISHED = isWanted() ? load() : null;

    private static boolean isWanted() {
      String machine = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
      return !Boolean.getBoolean(JAVA_ONLY)
          && (machine.equals("amd64") || machine.equals("x86_64"));
    }

    private static VarHandle load() {
      try {
        return isLoaded()
            ? MethodHandles.privateLookupIn(IntelInflater.class, MethodHandles.lookup())
                .findVarHandle(IntelInflater.class, "finished", boolean.class)
            : null;
      } catch (RuntimeException | ReflectiveOperationException | LinkageError e) {
        // None for this system, another version, or a folder from which nothing may be loaded.
        return null;
      }
    }

    private static boolean isLoaded() {
      IntelInflater first = new IntelInflater(true);
      try {
        return first.load(null);
      } finally {
        first.end();
      }
    }
  }
}
