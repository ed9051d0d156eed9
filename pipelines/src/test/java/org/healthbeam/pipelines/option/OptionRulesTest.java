package org.healthbeam.pipelines.option;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.healthbeam.config.ConfigException;
import org.healthbeam.config.Settings;
import org.healthbeam.pipelines.summarizevariants.SummarizeVariantsOptions;
import org.junit.jupiter.api.Test;

class OptionRulesTest {
  private static final List<OptionDescription> OPTIONS =
      OptionCatalog.of(SummarizeVariantsOptions.class);

  /** As a template that is no stream fixes it, and a manifest writes it down. */
  @Test
  void anOptionThatIsSetToWhatItIsAnywayNeedsNoOther() throws Exception {
    assertEquals(List.of(), problems(Map.of("input", "a", "output", "b", "streaming", "false")));
    assertEquals(List.of(), problems(Map.of("input", "a", "output", "b", "lookEvery", "1m")));
  }

  @Test
  void anOptionThatIsSetToAnythingElseNeedsItsParent() throws Exception {
    assertEquals(
        List.of("--streaming needs --joinSamples=true"),
        problems(Map.of("input", "a", "output", "b", "streaming", "true")));
    assertEquals(
        List.of(),
        problems(Map.of("input", "a", "output", "b", "streaming", "true", "joinSamples", "true")));
  }

  private static List<String> problems(Map<String, String> typed) throws ConfigException {
    Set<String> known = OPTIONS.stream().map(OptionDescription::name).collect(Collectors.toSet());
    Settings settings =
        new Settings(known, Set.of())
            .addBuiltIn(OptionCatalog.defaults(OPTIONS))
            .addCommandLine(typed);
    return OptionRules.problems(OPTIONS, settings).stream()
        .map(OptionRules.Problem::sentence)
        .toList();
  }
}
