package org.healthbeam.core.code;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.annotation.Nullable;

/**
 * What is known beside a coding when it is translated.
 *
 * @param date of the event, for mappings that hold for a time; null if nothing is known of it
 * @param properties data elements by name, each with the values that the record has for it; one
 *     that is missing here is not known, one with an empty list is known to have no value
 */
public record Circumstances(@Nullable EventDate date, Map<String, List<Coding>> properties) {
  /** Nothing is known. */
  public static final Circumstances NONE = new Circumstances(null, Map.of());

  /**
   * Takes a copy of the properties.
   *
   * @param date of the event, for mappings that hold for a time; null if nothing is known of it
   * @param properties data elements by name, each with the values that the record has for it; one
   *     that is missing here is not known, one with an empty list is known to have no value
   */
  public Circumstances {
    properties = Map.copyOf(Objects.requireNonNull(properties, "properties"));
  }

  /**
   * {@return circumstances of which only the day is known, or nothing at all}
   *
   * @param day of the event; null if it is not known
   */
  public static Circumstances on(@Nullable LocalDate day) {
    return during(day == null ? null : EventDate.of(day));
  }

  /**
   * {@return circumstances of which only the date is known, or nothing at all}
   *
   * @param date of the event; null if it is not known
   */
  public static Circumstances during(@Nullable EventDate date) {
    return date == null ? NONE : new Circumstances(date, Map.of());
  }

  /** Says nothing about the patient. */
  @Override
  public String toString() {
    return "Circumstances(" + properties.size() + " properties)";
  }

  /**
   * {@return whether a mapping that depends on these properties holds} All of them must; one that
   * has several values holds if one of these is meant.
   *
   * @param valueSets the codes of value sets that are known, by canonical URL
   */
  Condition judge(List<Property> dependsOn, Map<String, Set<Coding>> valueSets) {
    if (dependsOn.isEmpty()) {
      return Condition.NONE;
    }
    Condition result = Condition.HOLDS;
    for (Property property : dependsOn) {
      List<Coding> values = properties.get(property.name());
      Set<Coding> members =
          property.valueSet().isEmpty() ? Set.of() : valueSets.get(property.valueSet());
      if (values == null || members == null) {
        result = Condition.UNKNOWN;
      } else if (values.stream().noneMatch(value -> isMeant(property, members, value))) {
        return Condition.FAILS;
      }
    }
    return result;
  }

  private static boolean isMeant(Property property, Set<Coding> members, Coding value) {
    if (property.valueSet().isEmpty()) {
      return isValue(property.system(), property.value(), value);
    }
    return value.system().isEmpty()
        ? members.stream().anyMatch(member -> member.code().equals(value.code()))
        : members.contains(Coding.of(CodeSystems.canonical(value.system()), value.code()));
  }

  private static boolean isValue(String system, String code, Coding value) {
    return code.equals(value.code())
        && (system.isEmpty()
            || value.system().isEmpty()
            || system.equals(CodeSystems.canonical(value.system())));
  }
}
