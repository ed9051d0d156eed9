package org.healthbeam.clusters;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
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

  @Test
  void portThatSomebodyListensOnIsRefused() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ClusterException refused =
          assertThrows(ClusterException.class, () -> new FreePorts().orNext(taken.getLocalPort()));
      assertTrue(refused.getMessage().contains("port " + taken.getLocalPort() + " is in use"));
    }
  }
}
