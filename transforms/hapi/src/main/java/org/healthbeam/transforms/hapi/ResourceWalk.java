package org.healthbeam.transforms.hapi;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeChildDeclaredExtensionDefinition;
import java.util.ArrayList;
import java.util.List;
import org.healthbeam.transforms.code.Place;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.instance.model.api.IBaseCoding;
import org.hl7.fhir.instance.model.api.IBaseExtension;
import org.hl7.fhir.instance.model.api.IBaseHasExtensions;
import org.hl7.fhir.instance.model.api.IBaseResource;

/** Finds the codings of a resource by HAPI's own definitions of its version of FHIR. */
final class ResourceWalk {
  private static final String CONCEPT = "CodeableConcept";
  private static final String LABELS = "Meta";

  private final FhirContext context;
  private final List<FoundCodings> found = new ArrayList<>();

  private ResourceWalk(FhirContext context) {
    this.context = context;
  }

  static List<FoundCodings> through(IBaseResource resource, FhirContext context) {
    ResourceWalk walk = new ResourceWalk(context);
    walk.resource(resource, context.getResourceType(resource));
    return walk.found;
  }

  private void resource(IBaseResource resource, String path) {
    String id = resource.getIdElement().getIdPart();
    // In HAPI the identifier of a contained resource can have the sign that refers to it.
    String plain = id == null ? "" : id.startsWith("#") ? id.substring(1) : id;
    children(
        resource,
        context.getResourceDefinition(resource),
        Place.of(context.getResourceType(resource), plain).at(path));
  }

  private void element(IBase element, String owner, Place place) {
    if (element instanceof IBaseResource resource) {
      resource(resource, place.path());
      return;
    }
    BaseRuntimeElementDefinition<?> definition = context.getElementDefinition(element.getClass());
    if (!(definition instanceof BaseRuntimeElementCompositeDefinition<?> composite)) {
      if (element instanceof IBaseHasExtensions primitive) {
        extensions(primitive, place);
      }
      return;
    }
    if (composite.getName().equals(CONCEPT)) {
      found.add(new FoundCodings(place, element, composite.getChildByName("coding")));
    } else if (element instanceof IBaseCoding coding
        && !owner.equals(CONCEPT)
        && !owner.equals(LABELS)
        && (coding.getSystem() != null || coding.getCode() != null)) {
      found.add(new FoundCodings(place, element, null));
    }
    children(element, composite, place);
  }

  private void children(
      IBase parent, BaseRuntimeElementCompositeDefinition<?> definition, Place place) {
    for (BaseRuntimeChildDefinition child : definition.getChildrenAndExtension()) {
      List<IBase> values = child.getAccessor().getValues(parent);
      String name = place.path() + "." + name(child);
      int i = 0;
      for (IBase value : values) {
        // HAPI writes nothing for what is empty, so that it has no index in the JSON.
        if (value != null && !value.isEmpty()) {
          String path = child.getMax() == 1 ? name : name + "[" + i + "]";
          element(value, definition.getName(), place.at(path));
          i++;
        }
      }
    }
  }

  private void extensions(IBaseHasExtensions primitive, Place place) {
    if (!primitive.hasExtension()) {
      return;
    }
    List<? extends IBaseExtension<?, ?>> extensions = primitive.getExtension();
    for (int i = 0; i < extensions.size(); i++) {
      element(extensions.get(i), "", place.at(place.path() + ".extension[" + i + "]"));
    }
  }

  /** Returns the FHIRPath name of a child: {@code value}, not {@code value[x]}. */
  private static String name(BaseRuntimeChildDefinition child) {
    return child instanceof RuntimeChildDeclaredExtensionDefinition declared
        ? "extension('" + declared.getExtensionUrl() + "').value"
        : child.getElementName().replace("[x]", "");
  }
}
