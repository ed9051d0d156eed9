package org.healthbeam.core.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the conformance cases, which are data: maps, one coding, what must come out, and the clause
 * that says so. {@code conformance/README.md} describes their form.
 */
class ConformanceTest {

  static List<ConformanceCase> cases() throws Exception {
    return ConformanceCase.all();
  }

  @Test
  void everyCaseHasANameOfItsOwnAndAClause() throws Exception {
    List<ConformanceCase> all = cases();
    assertEquals(369, all.size(), "docs/codes.md says how many cases there are");
    assertEquals(all.size(), all.stream().map(ConformanceCase::name).distinct().count());
    all.forEach(c -> assertFalse(c.json().path("clause").asText().isBlank(), c::name));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theAnswerIsTheOneOfTheClause(ConformanceCase c) throws Exception {
    if (c.expected().has("refused")) {
      InvalidMapException refused = assertThrows(InvalidMapException.class, c::maps);
      assertTrue(
          refused.getMessage().contains(c.expected().get("refused").asText()), refused::getMessage);
      return;
    }
    Translation answer = c.maps().translate(c.coding(), c.circumstances(), c.policy());
    assertEquals(c.expected(), c.toJson(answer));
  }
}
