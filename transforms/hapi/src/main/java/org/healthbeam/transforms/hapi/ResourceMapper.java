package org.healthbeam.transforms.hapi;

import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.Translation;
import org.healthbeam.core.fhir.ConceptTargets;
import org.healthbeam.transforms.code.CodingsMapper;
import org.healthbeam.transforms.code.Place;
import org.hl7.fhir.instance.model.api.IBaseCoding;
import org.hl7.fhir.instance.model.api.IBaseResource;

/** Translates the codings of a resource and adds the targets to a copy of it. */
record ResourceMapper<T extends IBaseResource>() implements CodingsMapper<T, T> {

  @Override
  public T map(T resource, Lookup lookup) {
    FhirContext context = FhirContext.forCached(resource.getStructureFhirVersionEnum());
    // What a concept lacks depends on its codings only.
    Map<List<Coding>, List<Coding>> missing = new HashMap<>();
    for (FoundCodings found : ResourceWalk.through(resource, context)) {
      List<Coding> present = present(found);
      List<Translation> translations = new ArrayList<>(present.size());
      for (int i = 0; i < present.size(); i++) {
        Place place = found.place();
        translations.add(
            lookup.translate(
                present.get(i),
                found.isConcept() ? place.at(place.path() + ".coding[" + i + "]") : place));
      }
      List<Coding> lacking =
          found.isConcept() ? ConceptTargets.missing(present, translations) : List.of();
      if (!lacking.isEmpty()) {
        missing.put(present, lacking);
      }
    }
    return missing.isEmpty() ? resource : withAdded(resource, missing, context);
  }

  private static <T extends IBaseResource> T withAdded(
      T resource, Map<List<Coding>, List<Coding>> missing, FhirContext context) {
    T copy = ResourceCoder.copy(resource);
    for (FoundCodings found : ResourceWalk.through(copy, context)) {
      if (found.isConcept()) {
        missing
            .getOrDefault(present(found), List.of())
            .forEach(target -> found.add(filled(target, context)));
      }
    }
    return copy;
  }

  private static List<Coding> present(FoundCodings found) {
    return found.codings().stream().map(ResourceMapper::coding).toList();
  }

  private static Coding coding(IBaseCoding coding) {
    return new Coding(
        text(coding.getSystem()),
        text(coding.getVersion()),
        text(coding.getCode()),
        text(coding.getDisplay()));
  }

  private static IBaseCoding filled(Coding target, FhirContext context) {
    IBaseCoding coding = (IBaseCoding) context.getElementDefinition("Coding").newInstance();
    coding.setSystem(target.system()).setCode(target.code());
    if (!target.version().isEmpty()) {
      coding.setVersion(target.version());
    }
    if (!target.display().isEmpty()) {
      coding.setDisplay(target.display());
    }
    return coding;
  }

  private static String text(@javax.annotation.Nullable String text) {
    return text == null ? "" : text;
  }
}
