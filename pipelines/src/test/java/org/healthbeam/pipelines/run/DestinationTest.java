package org.healthbeam.pipelines.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTest {

  @Test
  void schemesNameTheRunner() throws UsageException {
    assertEquals(new Destination("flink", "h-1.x:8081"), Destination.parse("flink://h-1.x:8081/"));
    assertEquals(new Destination("flink", "[::1]:8081"), Destination.parse("flink://[::1]:8081"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "flink", "flink://", "flink://host", "host:8081", "http://host:8081", "yarn"})
  void whatIsNoClusterIsRefused(String to) {
    assertThrows(UsageException.class, () -> Destination.parse(to));
  }
}
