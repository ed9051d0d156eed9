package org.healthbeam.core.code;

import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import javax.annotation.Nullable;

/**
 * A map as its author wrote it: FHIR's ConceptMap, R4 and R5 brought to one form, of which every
 * rule has been checked. Maps too large for objects are told to a {@link MapSink} instead.
 *
 * @param id canonical URL and version
 * @param file where it was read
 * @param groups in the order of the file; groups carry no meaning
 */
public record ConceptMap(MapId id, String file, List<Group> groups) {

  /**
   * Refuses what is null, and takes a copy of the groups.
   *
   * @param id canonical URL and version
   * @param file where it was read
   * @param groups in the order of the file; groups carry no meaning
   */
  public ConceptMap {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(file, "file");
    groups = List.copyOf(groups);
  }

  /**
   * Tells the sink all that this map says.
   *
   * @param sink takes the statements in the order of the file
   * @throws InvalidMapException if the sink refuses one
   * @throws IOException if the sink cannot keep what it takes
   */
  public void tell(MapSink sink) throws InvalidMapException, IOException {
    sink.begin(id, file);
    for (Group each : groups) {
      MapGroup group =
          new MapGroup(
              id, file, each.source(), each.sourceVersion(), each.target(), each.targetVersion());
      sink.group(group);
      for (Element element : each.elements()) {
        tell(element, group, sink);
      }
      if (each.unmapped() != null) {
        sink.otherwise(group, each.unmapped());
      }
    }
  }

  private static void tell(Element element, MapGroup group, MapSink sink)
      throws InvalidMapException, IOException {
    Source source = element.source();
    if (element.targets().isEmpty()) {
      sink.withoutTarget(group, source, element.noMap());
    }
    for (Target target : element.targets()) {
      sink.say(group, source, target);
    }
  }

  /**
   * Mappings from one system to another.
   *
   * @param source system of the source codes, canonical
   * @param sourceVersion empty: any
   * @param target system of the target codes, canonical; empty if there are none
   * @param targetVersion empty: none stated
   * @param elements what its codes come to; one code may come several times
   * @param unmapped what becomes of codes that no element names; null if nothing is said
   */
  public record Group(
      String source,
      String sourceVersion,
      String target,
      String targetVersion,
      List<Element> elements,
      @Nullable Unmapped unmapped) {

    /**
     * Takes a copy of the elements.
     *
     * @param source system of the source codes, canonical
     * @param sourceVersion empty: any
     * @param target system of the target codes, canonical; empty if there are none
     * @param targetVersion empty: none stated
     * @param elements what its codes come to; one code may come several times
     * @param unmapped what becomes of codes that no element names; null if nothing is said
     */
    public Group {
      elements = List.copyOf(elements);
    }
  }

  /**
   * What a mapping starts from: one code, or all codes of a value set.
   *
   * @param code empty if it is a value set
   * @param display of the code, for maps that are turned round; empty if there is none
   * @param valueSet canonical URL; empty if it is a code
   */
  public record Source(String code, String display, String valueSet) {

    /**
     * Refuses a source that is both a code and a value set, or neither.
     *
     * @param code empty if it is a value set
     * @param display of the code, for maps that are turned round; empty if there is none
     * @param valueSet canonical URL; empty if it is a code
     */
    public Source {
      if (code.isEmpty() == valueSet.isEmpty()) {
        throw new IllegalArgumentException("either a code or a value set");
      }
    }

    /**
     * {@return one code}
     *
     * @param code as the map has it, not empty
     */
    public static Source code(String code) {
      return new Source(code, "", "");
    }

    /**
     * {@return one code with its display}
     *
     * @param code as the map has it, not empty
     * @param display what a person reads; may be empty
     */
    public static Source code(String code, String display) {
      return new Source(code, display, "");
    }
  }

  /**
   * One source. The same code may come again: its targets add up.
   *
   * @param source one code, or a value set
   * @param noMap says that there is no target, which is not the same as saying nothing
   * @param targets none if nothing is said, or that there is none
   */
  public record Element(Source source, boolean noMap, List<Target> targets) {

    /**
     * Takes a copy of the targets.
     *
     * @param source one code, or a value set
     * @param noMap says that there is no target, which is not the same as saying nothing
     * @param targets none if nothing is said, or that there is none
     */
    public Element {
      targets = List.copyOf(targets);
    }
  }

  /**
   * One target.
   *
   * @param code empty for a value set, and where the relationship is {@link
   *     Relationship#NOT_RELATED_TO}
   * @param display of the code; empty if there is none
   * @param relationship between source and target
   * @param valueSet canonical URL of the value set that is the target; empty for a code
   * @param dependsOn it holds only if all of them do
   * @param products what else comes out of the mapping
   * @param validity when it holds
   * @param combination what it is to be taken together with; null if it stands for itself
   * @param comment advice for people
   */
  public record Target(
      String code,
      String display,
      Relationship relationship,
      String valueSet,
      List<Property> dependsOn,
      List<Property> products,
      Validity validity,
      @Nullable Combination combination,
      String comment) {

    /**
     * Takes copies of the lists.
     *
     * @param code empty for a value set, and where the relationship is {@link
     *     Relationship#NOT_RELATED_TO}
     * @param display of the code; empty if there is none
     * @param relationship between source and target
     * @param valueSet canonical URL of the value set that is the target; empty for a code
     * @param dependsOn it holds only if all of them do
     * @param products what else comes out of the mapping
     * @param validity when it holds
     * @param combination what it is to be taken together with; null if it stands for itself
     * @param comment advice for people
     */
    public Target {
      dependsOn = List.copyOf(dependsOn);
      products = List.copyOf(products);
    }

    /**
     * {@return a target that holds always and by itself}
     *
     * @param code of the target system; empty where the relationship says that there is none
     * @param display what a person reads; may be empty
     * @param relationship between source and target
     */
    public static Target of(String code, String display, Relationship relationship) {
      return new Target(
          code, display, relationship, "", List.of(), List.of(), Validity.ALWAYS, null, "");
    }

    /** {@return the statement that there is no target} */
    public static Target none() {
      return of("", "", Relationship.NOT_RELATED_TO);
    }

    /**
     * {@return the same under conditions}
     *
     * @param properties all of which must be there; those that it had before are not kept
     */
    public Target dependingOn(List<Property> properties) {
      return new Target(
          code,
          display,
          relationship,
          valueSet,
          properties,
          products,
          validity,
          combination,
          comment);
    }

    /**
     * {@return the same with other outcomes beside it}
     *
     * @param outcomes what else comes out of the mapping; those that it had before are not kept
     */
    public Target with(List<Property> outcomes) {
      return new Target(
          code,
          display,
          relationship,
          valueSet,
          dependsOn,
          outcomes,
          validity,
          combination,
          comment);
    }

    /**
     * {@return the same for a time}
     *
     * @param time when it holds, in days
     */
    public Target during(Validity time) {
      return new Target(
          code, display, relationship, valueSet, dependsOn, products, time, combination, comment);
    }

    /**
     * {@return the same as a part of a combination}
     *
     * @param whole the combination; null for a target that stands for itself
     */
    public Target in(@Nullable Combination whole) {
      return new Target(
          code, display, relationship, valueSet, dependsOn, products, validity, whole, comment);
    }

    /**
     * {@return the same with advice}
     *
     * @param advice for people; may be empty
     */
    public Target saying(String advice) {
      return new Target(
          code,
          display,
          relationship,
          valueSet,
          dependsOn,
          products,
          validity,
          combination,
          advice);
    }

    /**
     * {@return the same with one code in the place of the value set}
     *
     * @param code whose system is not looked at: a group has one
     */
    public Target as(Coding code) {
      return new Target(
          code.code(),
          code.display(),
          relationship,
          "",
          dependsOn,
          products,
          validity,
          combination,
          comment);
    }

    /** {@return whether there is something to map to} */
    public boolean hasTarget() {
      return !code.isEmpty() || !valueSet.isEmpty();
    }
  }

  /**
   * When a mapping holds.
   *
   * @param from first day
   * @param to last day
   * @param current whether it holds where no date is known
   */
  public record Validity(LocalDate from, LocalDate to, boolean current) {
    /** At any time. */
    public static final Validity ALWAYS = new Validity(LocalDate.MIN, LocalDate.MAX, true);

    /**
     * {@return whether it holds on a date} Where it holds on some of the days that the date may
     * mean, and not on others, the date is not known for what is asked, and {@code current}
     * answers, as without any date.
     *
     * @param date of the event; null if it is not known
     */
    public boolean holds(@Nullable EventDate date) {
      if (date == null) {
        return current;
      }
      if (!date.first().isBefore(from) && !date.last().isAfter(to)) {
        return true;
      }
      boolean never = date.last().isBefore(from) || date.first().isAfter(to);
      return !never && current;
    }
  }

  /**
   * The place of a target in a combination of several, which hold together: one target for each
   * part of a scenario.
   *
   * @param scenario one of several ways to say the same
   * @param part for each part one target is taken
   * @param priority among the targets of a part the first one that holds is taken; 0: in no order,
   *     so several are not decided
   */
  public record Combination(int scenario, int part, int priority) {}

  /**
   * What becomes of codes that no element names.
   *
   * @param mode what becomes of such a code
   * @param code the one target of all of them, with {@link Mode#FIXED}; else empty
   * @param display of that code; may be empty
   * @param valueSet canonical URL, where the target is a value set; else empty
   * @param relationship of source and target
   * @param otherMap canonical of the map that is asked instead; else empty
   */
  public record Unmapped(
      Mode mode,
      String code,
      String display,
      String valueSet,
      Relationship relationship,
      String otherMap) {}

  /** The modes of {@link Unmapped}. */
  public enum Mode {
    /** The code as it is; R4 {@code provided}, R5 {@code use-source-code}. */
    PROVIDED,
    /** One code, or in R5 a value set, for all. */
    FIXED,
    /** Another map is asked. */
    OTHER_MAP
  }
}
