package org.healthbeam.core.code.read;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;
import org.healthbeam.core.code.CodeSyntax;
import org.healthbeam.core.code.ConceptMap.Combination;
import org.healthbeam.core.code.ConceptMap.Source;
import org.healthbeam.core.code.ConceptMap.Target;
import org.healthbeam.core.code.ConceptMap.Validity;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapGroup;
import org.healthbeam.core.code.MapId;
import org.healthbeam.core.code.MapSink;
import org.healthbeam.core.code.OmopConcept;
import org.healthbeam.core.code.Property;
import org.healthbeam.core.code.Relationship;

/**
 * Tells that a code is mapped to a concept, in two codings: the code in the concept's own
 * vocabulary, and its number in the system of OMOP's concepts, as the FHIR-to-OMOP implementation
 * guide has it. The latter brings with it what a record of the CDM needs ({@link OmopConcept}).
 */
final class OmopTeller {
  private record Systems(String source, String target) {}

  /**
   * Between a source code and a target.
   *
   * @param sourceConcept number of the source's concept; 0 if it has none
   * @param values concepts for value_as_concept_id
   */
  record Link(
      int sourceConcept,
      Relationship relationship,
      Validity validity,
      @Nullable Combination combination,
      List<Integer> values,
      String comment) {}

  private final MapId map;
  private final String file;
  private final MapSink sink;
  private final Map<Systems, MapGroup> groups = new HashMap<>();
  private final Map<String, String> systems = new HashMap<>();

  OmopTeller(MapId map, String file, MapSink sink) throws InvalidMapException, IOException {
    this.map = map;
    this.file = file;
    this.sink = sink;
    sink.begin(map, file);
  }

  /** Tells of a concept of which all is known. */
  void tell(String vocabulary, String code, OmopConcepts.Concept target, Link link)
      throws InvalidMapException, IOException {
    String source = system(vocabulary);
    if (CodeSyntax.isCode(target.code())) {
      List<Property> products = new ArrayList<>(1);
      products.add(Property.of(OmopConcept.CONCEPT_ID, Integer.toString(target.id())));
      addValues(link, products);
      sink.say(
          group(source, system(target.vocabulary())),
          Source.code(code),
          target(target.code(), target.name(), link, products));
    }
    tell(source, code, target.id(), target.name(), target.domain(), link);
  }

  /** Tells of a concept of which only the number is known. */
  void tell(String vocabulary, String code, int target, Link link)
      throws InvalidMapException, IOException {
    tell(system(vocabulary), code, target, "", "", link);
  }

  private void tell(String source, String code, int target, String name, String domain, Link link)
      throws InvalidMapException, IOException {
    List<Property> products = new ArrayList<>(3);
    if (!domain.isEmpty()) {
      products.add(Property.of(OmopConcept.DOMAIN_ID, domain));
      if (!OmopSystems.table(domain).isEmpty()) {
        products.add(Property.of(OmopConcept.CDM_TABLE, OmopSystems.table(domain)));
      }
    }
    if (link.sourceConcept() != 0) {
      products.add(
          Property.of(OmopConcept.SOURCE_CONCEPT_ID, Integer.toString(link.sourceConcept())));
    }
    addValues(link, products);
    sink.say(
        group(source, OmopConcept.SYSTEM),
        Source.code(code),
        target(Integer.toString(target), name, link, products));
  }

  private static void addValues(Link link, List<Property> products) {
    for (int value : link.values()) {
      products.add(Property.of(OmopConcept.VALUE_AS_CONCEPT_ID, Integer.toString(value)));
    }
  }

  /** Tells that a code has no concept. */
  void tellNone(String vocabulary, String code, Validity validity)
      throws InvalidMapException, IOException {
    sink.say(
        group(system(vocabulary), OmopConcept.SYSTEM),
        Source.code(code),
        Target.none().during(validity));
  }

  private static Target target(String code, String name, Link link, List<Property> products) {
    return new Target(
        code,
        name,
        link.relationship(),
        "",
        List.of(),
        products,
        link.validity(),
        link.combination(),
        link.comment());
  }

  private String system(String vocabulary) {
    return systems.computeIfAbsent(vocabulary, OmopSystems::canonical);
  }

  private MapGroup group(String source, String target) {
    return groups.computeIfAbsent(
        new Systems(source, target), s -> new MapGroup(map, file, source, "", target, ""));
  }

  /** {@return the validity of days as {@link TabbedRows#day} has them} */
  static Validity validity(int from, int to, boolean current) {
    boolean begins = from != TabbedRows.ALWAYS_BEFORE;
    boolean ends = to != TabbedRows.NEVER_AFTER;
    return !begins && !ends && current
        ? Validity.ALWAYS
        : new Validity(
            begins ? LocalDate.ofEpochDay(from) : LocalDate.MIN,
            ends ? LocalDate.ofEpochDay(to) : LocalDate.MAX,
            current);
  }
}
