package org.healthbeam.core.fhir;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeChildChoiceDefinition;
import ca.uhn.fhir.context.RuntimeResourceDefinition;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.Resource;

/** What HAPI's model of FHIR R4 knows about elements; the tables of this package come from it. */
final class R4Model {
  private final FhirContext context = FhirContext.forR4();
  private final Set<String> choices = new TreeSet<>();
  private final Set<String> codings = new TreeSet<>();

  R4Model() {
    for (String type : context.getResourceTypes()) {
      RuntimeResourceDefinition resource = context.getResourceDefinition(type);
      walk(type, resource, new HashSet<>());
    }
    walk(
        "*",
        (BaseRuntimeElementCompositeDefinition<?>) context.getElementDefinition("Extension"),
        new HashSet<>());
  }

  /** JSON names of choice elements with the FHIRPath name: {@code valueCoding value}. */
  Set<String> choices() {
    return choices;
  }

  /** Elements of type Coding outside a CodeableConcept: {@code Encounter.class}, {@code *.tag}. */
  Set<String> codings() {
    return codings;
  }

  private void walk(
      String owner, BaseRuntimeElementCompositeDefinition<?> parent, Set<Object> seen) {
    if (!seen.add(parent) || parent.getName().equals("CodeableConcept")) {
      return;
    }
    for (BaseRuntimeChildDefinition child : parent.getChildren()) {
      if (child.getElementName().endsWith("xtension")) {
        continue;
      }
      boolean choice = child instanceof RuntimeChildChoiceDefinition;
      for (String name : child.getValidChildNames()) {
        if (name.endsWith("[x]")) {
          continue;
        }
        BaseRuntimeElementDefinition<?> element = child.getChildByName(name);
        String base = child.getElementName().replace("[x]", "");
        if (choice && !base.equals(name) && name.startsWith(base)) {
          choices.add(name + " " + base);
        }
        if (element == null) {
          continue;
        }
        if (element.getName().equals("Coding")) {
          codings.add(owner + "." + name);
        }
        if (element instanceof BaseRuntimeElementCompositeDefinition<?> composite
            && !(element instanceof RuntimeResourceDefinition)) {
          walk(isPartOfResource(composite) ? owner : "*", composite, seen);
        }
      }
    }
  }

  private static boolean isPartOfResource(BaseRuntimeElementCompositeDefinition<?> type) {
    Class<?> enclosing = type.getImplementingClass().getEnclosingClass();
    return enclosing != null && Resource.class.isAssignableFrom(enclosing);
  }
}
