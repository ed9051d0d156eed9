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
    assertEquals(new Destination("spark", "spark://h:7077"), Destination.parse("spark://h:7077/"));
    assertEquals(
        new Destination("spark", "spark://a:7077,b:7077"),
        Destination.parse("spark://a:7077,b:7077"));
    assertEquals(new Destination("spark", "yarn"), Destination.parse("yarn"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "flink",
        "flink://",
        "flink://host",
        "host:8081",
        "http://host:8081",
        "spark://host",
        "spark://a:1,b",
        "yarn-client",
        "local[2]"
      })
  void whatIsNoClusterIsRefused(String to) {
    assertThrows(UsageException.class, () -> Destination.parse(to));
  }
}
