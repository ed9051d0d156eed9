package example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HighRiskTest {
  private static final String READING =
      """
      {"resourceType":"Observation","id":"%s","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"%s"}]},"subject":{"reference":"Patient/%s"},"effectiveDateTime":"2026-01-01T08:00:00Z","valueQuantity":{"value":%s,"system":"http://unitsofmeasure.org","code":"%s"}}
      """;

  /** 30 breaths are 3 points, a saturation of 90 are 3, a pulse of 120 are 2. */
  @Test
  void onlyWhoIsAtHighRiskIsTold(@TempDir Path folder) throws IOException {
    Path input = folder.resolve("observations.ndjson");
    Files.writeString(
        input,
        READING.formatted("1", "9279-1", "ill", "30", "/min")
            + READING.formatted("2", "2708-6", "ill", "90", "%")
            + READING.formatted("3", "8867-4", "ill", "120", "/min")
            + READING.formatted("4", "8867-4", "well", "70", "/min")
            + "no JSON\n");
    Path output = folder.resolve("out");
    HighRisk.main(new String[] {"--input=" + input, "--output=" + output});
    assertEquals(
        List.of("ill 2026-01-01T08:00:00Z 8"),
        Files.readAllLines(output.resolve("high-risk")));
    assertEquals(1, Files.readAllLines(output.resolve("rejected")).size());
  }
}
