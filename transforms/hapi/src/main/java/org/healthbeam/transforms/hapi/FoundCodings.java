package org.healthbeam.transforms.hapi;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import java.util.List;
import javax.annotation.Nullable;
import org.healthbeam.core.code.Circumstances;
import org.healthbeam.transforms.code.Place;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.instance.model.api.IBaseCoding;

/**
 * A CodeableConcept with its codings, or one Coding that stands alone.
 *
 * @param place of the concept or the coding
 * @param circumstances the date of the resource around it
 * @param element the concept or the coding itself
 * @param children how the concept holds its codings; null for a coding that stands alone
 */
record FoundCodings(
    Place place,
    Circumstances circumstances,
    IBase element,
    @Nullable BaseRuntimeChildDefinition children) {

  boolean isConcept() {
    return children != null;
  }

  List<IBaseCoding> codings() {
    return children == null
        ? List.of((IBaseCoding) element)
        : children.getAccessor().getValues(element).stream()
            .filter(coding -> coding != null && !coding.isEmpty())
            .map(IBaseCoding.class::cast)
            .toList();
  }

  void add(IBaseCoding coding) {
    children.getMutator().addValue(element, coding);
  }
}
