package org.healthbeam.core.fhir;

import java.util.ArrayList;
import java.util.List;
import javax.annotation.Nullable;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.MapDiff;
import org.healthbeam.core.code.Translation;
import org.healthbeam.core.code.TranslationPolicy;
import org.healthbeam.core.code.TranslationReason;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.RejectedException;

/**
 * The codings of one record, with all that is known of the resources around them.
 *
 * <p>A resource's type, id and date may come after its codings, so none is translated before the
 * end of the record.
 */
final class FoundCodings {
  private static final int NO_INDEX = -1;
  private static final int MAX_ANSWERS = 1_000_000;
  private static final Coding NOTHING = Coding.of("", "");

  /**
   * Something that stands where a coding may.
   *
   * @param path of it, or of the {@code coding} array that it stands in
   * @param index in this array, or {@link #NO_INDEX}
   * @param coding null if it is none
   * @param number among the codings of the concept
   */
  private record Found(
      OpenParts.Resource resource,
      String path,
      int index,
      @Nullable OpenParts.MaybeCoding coding,
      int number) {

    boolean isAccountedFor() {
      return coding == null
          || coding.concept != null
          || FhirElements.isCoding(resource.named().type, coding.name);
    }

    String pathFrom(String rootType) {
      return index == NO_INDEX ? rootType + path : rootType + path + '[' + index + ']';
    }
  }

  private final OpenParts.Resource root;
  private final List<Found> found = new ArrayList<>();
  private final List<OpenParts.Concept> concepts = new ArrayList<>();
  private long answers;

  FoundCodings(OpenParts.Resource root) {
    this.root = root;
  }

  /** Adds a coding of a CodeableConcept. */
  void add(OpenParts.Concept concept, int index, OpenParts.MaybeCoding coding) {
    found.add(new Found(concept.resource, concept.path, index, coding, concept.codings.size()));
    concept.codings.add(coding);
  }

  /** Adds what may be a Coding that stands alone; whether it is one, the resource's type tells. */
  void addAlone(OpenParts.Resource resource, String path, OpenParts.MaybeCoding coding) {
    found.add(new Found(resource, path, NO_INDEX, coding, 0));
  }

  /** Adds something that stands where a coding must, and is none. */
  void addNone(OpenParts.Resource resource, String path) {
    found.add(new Found(resource, path, NO_INDEX, null, 0));
  }

  /** Takes a CodeableConcept at its end. */
  void end(OpenParts.Concept concept, int at) {
    concept.end = at;
    concepts.add(concept);
  }

  int size() {
    return found.size();
  }

  /** {@return whether a coding that can be looked up may be answered otherwise than before} */
  boolean isAnyAffected(MapDiff changes) {
    for (Found each : found) {
      OpenParts.MaybeCoding coding = each.coding();
      if (coding != null
          && coding.isSound()
          && each.isAccountedFor()
          && changes.isAffected(coding.coding())) {
        return true;
      }
    }
    return false;
  }

  TranslatedRecord translate(CodeMap maps, TranslationPolicy policy, CodingJson json, byte[] line)
      throws RejectedException {
    Splices out = new Splices(line);
    for (OpenParts.Concept concept : concepts) {
      List<Coding> missing = translate(concept, maps, policy);
      if (!missing.isEmpty()) {
        // Concepts come in the order of their ends, so what is added comes in order of place.
        out.insert(concept.end, json.toAppend(missing));
      }
    }
    List<CodingInResource> result = new ArrayList<>(found.size());
    for (Found each : found) {
      if (each.isAccountedFor()) {
        OpenParts.Resource resource = each.resource().named();
        result.add(
            new CodingInResource(
                resource.type,
                resource.id,
                each.pathFrom(root.type),
                translation(each, maps, policy)));
      }
    }
    return new TranslatedRecord(out.result(), result);
  }

  /** Translates the codings of a concept, and returns what is to be added to them. */
  private List<Coding> translate(OpenParts.Concept concept, CodeMap maps, TranslationPolicy policy)
      throws RejectedException {
    List<Coding> present = new ArrayList<>(concept.codings.size());
    List<Translation> translations = new ArrayList<>(concept.codings.size());
    for (OpenParts.MaybeCoding each : concept.codings) {
      Coding coding = each.coding();
      present.add(coding);
      translations.add(translate(concept.resource, coding, each.isSound(), maps, policy));
    }
    concept.translations = policy.concept().choose(translations);
    return ConceptTargets.missing(present, concept.translations);
  }

  private Translation translation(Found each, CodeMap maps, TranslationPolicy policy)
      throws RejectedException {
    OpenParts.MaybeCoding coding = each.coding();
    if (coding == null) {
      return maps.invalid(NOTHING, TranslationReason.NOT_A_CODE);
    }
    return coding.concept == null
        ? translate(each.resource(), coding.coding(), coding.isSound(), maps, policy)
        : coding.concept.translations.get(each.number());
  }

  private Translation translate(
      OpenParts.Resource resource,
      Coding coding,
      boolean isSound,
      CodeMap maps,
      TranslationPolicy policy)
      throws RejectedException {
    if (!isSound) {
      return maps.invalid(coding, TranslationReason.NOT_A_CODE);
    }
    Translation translation =
        maps.translate(coding, resource::circumstances, policy.severalTargets());
    answers += translation.answers().size();
    if (answers > MAX_ANSWERS) {
      throw new RejectedException(
          RejectReason.TOO_LARGE, "has codings with more than " + MAX_ANSWERS + " answers");
    }
    return translation;
  }
}
