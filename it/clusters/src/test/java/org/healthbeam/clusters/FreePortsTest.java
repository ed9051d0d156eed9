package org.healthbeam.clusters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FreePortsTest {
  @Test
  void portsDiffer() throws Exception {
    FreePorts ports = new FreePorts();
    Set<Integer> given = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      given.add(ports.next());
    }
    assertEquals(100, given.size());
  }

  /** Takes many ports, tells them, and holds them until its input ends. */
  static final class Holder {
    static final int MANY = 4000;

    private Holder() {}

    public static void main(String[] args) throws IOException {
      FreePorts ports = new FreePorts();
      StringBuilder told = new StringBuilder();
      for (int i = 0; i < MANY; i++) {
        told.append(ports.next()).append('\n');
      }
      System.out.print(told);
      System.out.flush();
      System.in.read();
    }
  }

  @Test
  void portsOfAnotherProcessAreNotGiven() throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader told = other.inputReader(StandardCharsets.UTF_8)) {
      Set<Integer> given = new HashSet<>();
      for (int i = 0; i < Holder.MANY; i++) {
        assertTrue(given.add(Integer.valueOf(told.readLine())));
      }
      FreePorts ports = new FreePorts();
      for (int i = 0; i < 1000; i++) {
        assertTrue(given.add(ports.next()));
      }
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  @Test
  void portThatSomebodyListensOnIsRefused() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ClusterException refused =
          assertThrows(ClusterException.class, () -> new FreePorts().orNext(taken.getLocalPort()));
      assertTrue(refused.getMessage().contains("port " + taken.getLocalPort() + " is in use"));
    }
  }
}
