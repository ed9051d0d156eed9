package org.healthbeam.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The profiles that come with the runners. */
class BuiltInProfilesTest {
  @Test
  void everySettingStandsInAParagraphThatBeginsWithItsReason() throws Exception {
    List<String> unexplained = new ArrayList<>();
    for (String runner : Profile.RUNNERS) {
      for (boolean streaming : new boolean[] {false, true}) {
        Profile profile = Profile.ofRunner(runner, streaming);
        assertFalse(profile.values().isEmpty(), profile.name());
        for (String paragraph : text(profile).split("\n\n")) {
          if (!paragraph.startsWith("# ")) {
            unexplained.add(profile.name() + ": " + paragraph);
          }
        }
      }
    }
    assertEquals(List.of(), unexplained);
  }

  private static String text(Profile profile) throws IOException {
    String resource = "/org/healthbeam/profiles/" + profile.name() + ".properties";
    try (InputStream in = Profile.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
