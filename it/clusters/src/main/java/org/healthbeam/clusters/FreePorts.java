package org.healthbeam.clusters;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of this machine that nobody listens on. They are taken from below those that systems give
 * to outgoing connections, one of which could take a port between its choice and its use.
 */
public final class FreePorts {
  private static final int LOWEST = 15_000;
  private static final int HIGHEST = 32_000;
  private static final int ATTEMPTS = 1000;

  private final Set<Integer> given = new HashSet<>();

  /** Returns a port that this object did not give before. */
  public int next() throws IOException {
    for (int i = 0; i < ATTEMPTS; i++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      if (!given.contains(port) && isFree(port)) {
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
