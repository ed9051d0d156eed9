package org.healthbeam.clusters;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of this machine that nobody listens on. They are taken from below those that systems give
 * to outgoing connections, one of which could take a port between its choice and its use. For the
 * same reason no two processes of one user give the same port while both of them run: each holds a
 * lock on the byte of that number in a file that they share.
 */
public final class FreePorts {
  private static final int LOWEST = 15_000;
  private static final int HIGHEST = 32_000;
  private static final int ATTEMPTS = 1000;

  private static final FileChannel RESERVED = reserved();

  /** Held here, since the channel forgets locks that nobody refers to. */
  private static final Map<Integer, FileLock> LOCKS = new ConcurrentHashMap<>();

  private final Set<Integer> given = new HashSet<>();

  /** Returns a port that nobody gave before who still runs. */
  public int next() throws IOException {
    for (int i = 0; i < ATTEMPTS; i++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (!given.contains(port) && isFree(port) && reserve(port)) {
        given.add(port);
        return port;
      }
    }
    throw new IOException("No free port was found from " + LOWEST + " to " + HIGHEST);
  }

  /** Returns the port asked for, or a free one for 0. */
  public int orNext(int asked) throws IOException {
    if (asked == 0) {
      return next();
    }
    if (!given.add(asked) || !isFree(asked)) {
      throw new ClusterException(
          "port " + asked + " is in use; name another with --port, or none for a free one");
    }
    return asked;
  }

  private static FileChannel reserved() {
    Path file =
        Path.of(
            System.getProperty("java.io.tmpdir"),
            "healthbeam-ports-" + System.getProperty("user.name"));
    try {
      return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new UncheckedIOException("Ports cannot be reserved in the temporary folder", e);
    }
  }

  /** Reserves a port until this process ends, if nobody has it. */
  private static boolean reserve(int port) throws IOException {
    try {
      FileLock lock = RESERVED.tryLock(port, 1, false);
      return lock != null && LOCKS.putIfAbsent(port, lock) == null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
