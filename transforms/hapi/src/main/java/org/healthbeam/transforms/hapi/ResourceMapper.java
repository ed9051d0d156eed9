package org.healthbeam.transforms.hapi;

import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayList;
import java.util.List;
import javax.annotation.Nullable;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.fhir.ConceptTargets;
import org.healthbeam.transforms.code.CodingsMapper;
import org.healthbeam.transforms.code.Place;
import org.hl7.fhir.instance.model.api.IBaseCoding;
import org.hl7.fhir.instance.model.api.IBaseResource;

/**
 * Translates the codings of a resource and adds the targets to a copy of it.
 *
 * <p>It looks at the copy that HAPI reads of its own JSON, so that a resource gives the same
 * whether or not it has been encoded on its way: what only a reference holds is contained, and what
 * HAPI leaves out where it writes is not there.
 */
record ResourceMapper<T extends IBaseResource>() implements CodingsMapper<T, T> {

  @Override
  public T map(T resource, Lookup lookup) {
    FhirContext context = FhirContext.forCached(resource.getStructureFhirVersionEnum());
    T copy = ResourceCoder.copy(resource);
    boolean isAnyAdded = false;
    for (FoundCodings found : ResourceWalk.through(copy, context)) {
      if (found.isConcept()) {
        List<Coding> missing = missing(found, lookup);
        missing.forEach(target -> found.add(filled(target, context)));
        isAnyAdded |= !missing.isEmpty();
      } else {
        found
            .codings()
            .forEach(
                alone -> lookup.translate(coding(alone), found.place(), found.circumstances()));
      }
    }
    return isAnyAdded ? copy : resource;
  }

  private static List<Coding> missing(FoundCodings concept, Lookup lookup) {
    List<Coding> present = concept.codings().stream().map(ResourceMapper::coding).toList();
    List<Place> places = new ArrayList<>(present.size());
    for (int i = 0; i < present.size(); i++) {
      places.add(concept.place().at(concept.place().path() + ".coding[" + i + "]"));
    }
    return ConceptTargets.missing(
        present, lookup.translateConcept(present, places, concept.circumstances()));
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

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
