package org.healthbeam.core.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.code.Translation;
import org.healthbeam.core.code.TranslationOutcome;
import org.healthbeam.core.code.read.ConceptMapJson;
import org.healthbeam.core.fhir.CodingInResource;
import org.healthbeam.core.fhir.FhirTranslator;
import org.healthbeam.core.fhir.TranslatedRecord;
import org.healthbeam.core.outcome.RejectedException;

/**
 * What must hold of a FHIR record: it is rejected in a sentence of ours, or it comes out on one
 * line, the same but for added codings; a second pass adds nothing, and every coding is accounted
 * for once.
 */
final class TranslatedRecords {
  private static final Pattern SENTENCE = Pattern.compile("[\\w ,;.'+-]+");
  private static final Pattern IN_CONCEPT = Pattern.compile("\\.coding(\\[[0-9]+])?$");
  private static final FhirTranslator TRANSLATOR = translator();

  private TranslatedRecords() {}

  private static FhirTranslator translator() {
    String map =
        """
        {"resourceType":"ConceptMap","url":"urn:m","version":"1","status":"active","group":[
         {"source":"urn:s","target":"urn:t","targetVersion":"2","element":[
          {"code":"a","target":[{"code":"x","display":"\\u00e9 \\"\\n","equivalence":"equal"}]},
          {"code":"b","target":[{"code":"x","equivalence":"equal"}]},
          {"code":"c","target":[{"code":"y","equivalence":"equal"},
                                {"code":"z","equivalence":"equal"}]},
          {"code":"n","target":[{"equivalence":"unmatched"}]}],
          "unmapped":{"mode":"fixed","code":"f"}},
         {"source":"LN","target":"SCT","unmapped":{"mode":"provided"}}]}
        """;
    try {
      return new FhirTranslator(
          CodeMap.of(
              List.of(ConceptMapJson.read(new ByteArrayInputStream(map.getBytes(UTF_8)), "m"))),
          SeveralTargets.ALL);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  static boolean check(byte[] bytes) throws IOException {
    byte[] given = bytes.clone();
    TranslatedRecord record;
    try {
      record = TRANSLATOR.translate(bytes);
    } catch (RejectedException e) {
      assertTrue(SENTENCE.matcher(e.detail()).matches(), e::detail);
      return false;
    }
    assertArrayEquals(given, bytes, "the input was changed");
    for (byte b : record.json()) {
      assertFalse(b == '\n' || b == '\r', "more than one line");
    }
    ComparedRecords compared = ComparedRecords.of(given, record.json());
    checkAdditions(record, compared.added());
    checkAccounting(record, compared.places());
    try {
      TranslatedRecord again = TRANSLATOR.translate(record.json());
      assertArrayEquals(record.json(), again.json(), "a second pass changed something");
      return true;
    } catch (RejectedException e) {
      throw new AssertionError("its own output was rejected", e);
    }
  }

  private static void checkAdditions(TranslatedRecord record, List<Coding> added) {
    Set<Coding> accepted = new HashSet<>();
    for (CodingInResource coding : record.codings()) {
      coding.translation().acceptedAnswers().forEach(a -> accepted.add(a.target()));
    }
    added.forEach(each -> assertTrue(accepted.contains(each), "no map has what was added"));
  }

  private static void checkAccounting(TranslatedRecord record, int codings) {
    int reported = 0;
    for (CodingInResource coding : record.codings()) {
      if (IN_CONCEPT.matcher(coding.path()).find()) {
        reported++;
      }
      Translation translation = coding.translation();
      boolean taken =
          translation.outcome() == TranslationOutcome.MAPPED
              || translation.outcome() == TranslationOutcome.FALLBACK;
      assertEquals(taken, translation.accepted() > 0, "outcome and accepted targets differ");
    }
    assertEquals(codings, reported, "codings that were reported");
  }
}
