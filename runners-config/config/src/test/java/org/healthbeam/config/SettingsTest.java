package org.healthbeam.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  private static final List<String> KNOWN = List.of("parallelism", "output", "checkpointDir");

  private static Settings settings() {
    return new Settings(KNOWN, List.of("maps"));
  }

  private static Profile profile(String key, String value) {
    return new Profile("mine", "flink", Map.of(key, value));
  }

  @Test
  void strongerLayerWinsInWhateverOrderTheLayersAreAdded() throws ConfigException {
    Settings settings =
        settings()
            .addCommandLine(Map.of("output", "typed"))
            .addEnvironment(Map.of("HEALTHBEAM_OUTPUT", "variable", "HEALTHBEAM_PARALLELISM", "3"))
            .addProfile(profile("parallelism", "2"))
            .addBuiltIn(Map.of("output", "default", "parallelism", "1"));
    assertEquals(
        new Setting("output", "typed", Origin.COMMAND_LINE, ""),
        settings.get("output").orElseThrow());
    assertEquals(
        new Setting("parallelism", "3", Origin.ENVIRONMENT, "HEALTHBEAM_PARALLELISM"),
        settings.get("parallelism").orElseThrow());
    assertTrue(settings.get("checkpointDir").isEmpty());
  }

  @Test
  void laterProfileWinsOverEarlierOne() throws ConfigException {
    Settings settings =
        settings()
            .addProfile(profile("parallelism", "2"))
            .addProfile(new Profile("own.properties", "flink", Map.of("parallelism", "8")));
    Setting setting = settings.get("parallelism").orElseThrow();
    assertEquals("8", setting.value());
    assertEquals("profile own.properties", setting.from());
  }

  @Test
  void unknownNamesAreRefusedWithTheNearestOne() {
    assertMessage(
        "Unknown option '--paralelism' (did you mean '--parallelism'?)",
        () -> settings().addCommandLine(Map.of("paralelism", "1")));
    assertMessage(
        "Profile mine sets 'ouput', which is no option (did you mean 'output'?)",
        () -> settings().addProfile(profile("ouput", "x")));
    assertMessage(
        "The environment sets HEALTHBEAM_OUTPT, which is no option (did you mean"
            + " 'HEALTHBEAM_OUTPUT'?)",
        () -> settings().addEnvironment(Map.of("HEALTHBEAM_OUTPT", "x")));
  }

  @Test
  void environmentMayNameOptionsOfOtherCommandsAndAnythingElseWithoutThePrefix()
      throws ConfigException {
    Settings settings =
        settings().addEnvironment(Map.of("HEALTHBEAM_MAPS", "x", "OUTPUT", "y", "PATH", "z"));
    assertTrue(settings.all().isEmpty());
  }

  @Test
  void profileMayReferToAnotherOption() throws ConfigException {
    Settings settings =
        settings()
            .addProfile(profile("checkpointDir", "${output}/.checkpoints"))
            .addCommandLine(Map.of("output", "out$1"));
    assertEquals("out$1/.checkpoints", settings.get("checkpointDir").orElseThrow().value());
  }

  @Test
  void variableNamesSplitAtCapitals() {
    assertEquals("HEALTHBEAM_MAX_REJECTED_FRACTION", Settings.variable("maxRejectedFraction"));
    assertEquals("HEALTHBEAM_SPO2_SCALE2", Settings.variable("spo2Scale2"));
  }

  @Test
  void everyRunnerHasItsTwoProfiles() throws ConfigException {
    for (String runner : Profile.RUNNERS) {
      for (boolean streaming : List.of(false, true)) {
        Profile profile = Profile.ofRunner(runner, streaming);
        assertEquals(runner + (streaming ? "-streaming" : "-batch"), profile.name());
        assertFalse(profile.values().isEmpty());
      }
    }
    assertMessage(
        "No profile 'flnk' (did you mean 'flink'?); there are direct, flink, spark, dataflow, or"
            + " the path of a file that ends in .properties",
        () -> Profile.ofRunner("flnk", false));
  }

  @Test
  void ownProfileFileNamesItsRunner(@TempDir Path folder) throws Exception {
    Path file =
        Files.writeString(folder.resolve("p.properties"), "runner=spark\nparallelism = 4 \n");
    assertEquals(
        new Profile(file.toString(), "spark", Map.of("parallelism", "4")), Profile.ofFile(file));
    Files.writeString(file, "parallelism=4");
    assertMessage(
        "--profile=" + file + ": the file must say runner=direct|flink|spark|dataflow",
        () -> Profile.ofFile(file));
    Path missing = folder.resolve("q.properties");
    assertMessage("--profile=" + missing + ": no such file", () -> Profile.ofFile(missing));
  }

  private static void assertMessage(
      String message, org.junit.jupiter.api.function.Executable executable) {
    assertEquals(message, assertThrows(ConfigException.class, executable).getMessage());
  }
}
