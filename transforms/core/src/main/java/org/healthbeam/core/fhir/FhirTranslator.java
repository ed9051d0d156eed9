package org.healthbeam.core.fhir;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.util.Objects;
import javax.annotation.Nullable;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.MapDiff;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.code.TranslationPolicy;
import org.healthbeam.core.outcome.RejectedException;

/**
 * Adds target codings to FHIR JSON, in one pass over the bytes and without an object model.
 *
 * <p>In every CodeableConcept of the resource, of contained resources and of a Bundle's entries,
 * the targets of each coding are appended to the {@code coding} array, once each and without an
 * extension. Nothing else changes: the bytes around the additions are copied, so that the order of
 * keys, the lexical form of numbers and escapes stay, except that a record of several lines is
 * brought onto one line.
 *
 * <p>Mappings that hold for a time are asked for the date of the event: that of the resource around
 * the coding, by resource type ({@code r4-event-dates.txt}), or else that of the resource that
 * contains it. A mapping that holds on some days only of a partial date, and any mapping where
 * there is no date, is taken if it holds at present.
 *
 * <p>Safe to be used by several threads; memory is bounded by one record.
 *
 * <p>Source: FHIR R4, "JSON Representation of Resources" and "CodeableConcept".
 */
public final class FhirTranslator {
  /** How deep a record may be nested. */
  public static final int MAX_DEPTH = 1000;

  // Numbers and strings are copied, never converted, so their length costs nothing. Properties that
  // come twice are found by the pass, faster than by the parser.
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private final CodeMap maps;
  private final TranslationPolicy policy;
  private final CodingJson codings = new CodingJson();

  /**
   * Translates every coding of a concept.
   *
   * @param maps are asked for every coding
   * @param policy for a coding with several targets in one system
   */
  public FhirTranslator(CodeMap maps, SeveralTargets policy) {
    this(maps, TranslationPolicy.DEFAULT.with(policy));
  }

  /**
   * Translates by a policy.
   *
   * @param maps are asked for every coding
   * @param policy which codings of a concept are translated, and which targets are taken
   */
  public FhirTranslator(CodeMap maps, TranslationPolicy policy) {
    this.maps = Objects.requireNonNull(maps, "maps");
    this.policy = Objects.requireNonNull(policy, "policy");
  }

  /**
   * Translates every coding of one record, a resource or a Bundle.
   *
   * @param json a resource in UTF-8, on one line or several; is not changed
   * @return the record on one line, and what became of each of its codings
   * @throws RejectedException if it is not JSON in UTF-8, not a resource, nested too deep, or if
   *     its property names are more than the parser takes
   */
  public TranslatedRecord translate(byte[] json) throws RejectedException {
    byte[] line = lineOf(json);
    return new RecordPass(JSON, line).run().translate(maps, policy, codings, line);
  }

  /**
   * Translates a record if at least one of its codings may be answered otherwise than before.
   *
   * @param json a resource in UTF-8, on one line or several; is not changed
   * @param changes from other maps to those of this translator; null: every record is translated
   * @return null if nothing changes
   * @throws RejectedException as for {@link #translate(byte[])}
   */
  @Nullable
  public TranslatedRecord translate(byte[] json, @Nullable MapDiff changes)
      throws RejectedException {
    byte[] line = lineOf(json);
    FoundCodings found = new RecordPass(JSON, line).run();
    return changes == null || found.isAnyAffected(changes)
        ? found.translate(maps, policy, codings, line)
        : null;
  }

  private static byte[] lineOf(byte[] json) throws RejectedException {
    boolean oneLine = JsonBytes.check(json);
    return JsonBytes.onOneLine(json, oneLine);
  }
}
