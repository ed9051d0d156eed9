package org.healthbeam.transforms.hapi;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeChildDeclaredExtensionDefinition;
import ca.uhn.fhir.context.RuntimeResourceDefinition;
import java.util.ArrayList;
import java.util.List;
import javax.annotation.Nullable;
import org.healthbeam.core.code.Circumstances;
import org.healthbeam.core.code.EventDate;
import org.healthbeam.core.fhir.EventDates;
import org.healthbeam.transforms.code.Place;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.instance.model.api.IBaseCoding;
import org.hl7.fhir.instance.model.api.IBaseExtension;
import org.hl7.fhir.instance.model.api.IBaseHasExtensions;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.instance.model.api.IPrimitiveType;

/**
 * Finds the codings of a resource by HAPI's own definitions of its version of FHIR, each with the
 * date of the resource around it ({@link EventDates}), or else of the one that contains this.
 */
final class ResourceWalk {
  private static final String CONCEPT = "CodeableConcept";
  private static final String LABELS = "Meta";

  private final FhirContext context;
  private final List<FoundCodings> found = new ArrayList<>();
  private Circumstances known = Circumstances.NONE;

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
    RuntimeResourceDefinition definition = context.getResourceDefinition(resource);
    Circumstances around = known;
    EventDate own = EventDates.of(definition.getName(), name -> text(resource, definition, name));
    if (own != null) {
      known = Circumstances.during(own);
    }
    children(resource, definition, Place.of(definition.getName(), plain).at(path));
    known = around;
  }

  /** Returns the text of an element with a name of JSON's, or two with a dot between them. */
  @Nullable
  private String text(
      IBase parent, BaseRuntimeElementCompositeDefinition<?> definition, String name) {
    int dot = name.indexOf('.');
    String first = dot < 0 ? name : name.substring(0, dot);
    BaseRuntimeChildDefinition child = definition.getChildByName(first);
    if (child == null) {
      return null;
    }
    // One of a choice is there only if the value has its type.
    Class<?> type = child.getChildByName(first).getImplementingClass();
    for (IBase value : child.getAccessor().getValues(parent)) {
      if (!type.isInstance(value)) {
        continue;
      }
      if (dot < 0) {
        return value instanceof IPrimitiveType<?> text ? text.getValueAsString() : null;
      }
      return context.getElementDefinition(value.getClass())
              instanceof BaseRuntimeElementCompositeDefinition<?> inner
          ? text(value, inner, name.substring(dot + 1))
          : null;
    }
    return null;
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
      found.add(new FoundCodings(place, known, element, composite.getChildByName("coding")));
    } else if (element instanceof IBaseCoding coding
        && !owner.equals(CONCEPT)
        && !owner.equals(LABELS)
        && (coding.getSystem() != null || coding.getCode() != null)) {
      found.add(new FoundCodings(place, known, element, null));
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
