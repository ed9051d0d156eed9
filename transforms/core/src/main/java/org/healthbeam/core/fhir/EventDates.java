package org.healthbeam.core.fhir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import javax.annotation.Nullable;
import org.healthbeam.core.code.EventDate;

/**
 * Which elements of a resource say when what it tells of happened: the table {@code
 * r4-event-dates.txt}, a resource type and an element in each line, the preferred one first.
 *
 * <p>Sources: FHIR R4, search parameter {@code clinical-date}, and the "five Ws" pattern (done,
 * init, recorded) for resources that it does not cover.
 */
public final class EventDates {
  // Asked for every property, and never changed: these are faster than copies that cannot be.
  private static final Map<String, List<String>> BY_TYPE = byType();
  private static final Set<String> ELEMENTS = elements();
  private static final Set<String> NAMES = names();

  private EventDates() {}

  /** {@return whether a property of this name is a date of some resource, or inside of one} */
  static boolean mayBe(String name) {
    return NAMES.contains(name);
  }

  /** {@return whether this is a date of some resource: a name, or two with a dot between} */
  static boolean isElement(String element) {
    return ELEMENTS.contains(element);
  }

  /**
   * Returns the date of a resource: its preferred element that is a date.
   *
   * @param resourceType as in {@code resourceType}; one that is not in the table has no date
   * @param textOf the text of an element, which is named as in JSON ({@code onsetDateTime}, {@code
   *     onsetPeriod.start}); null where the resource does not have it
   * @return null if none of its elements is a date of such a resource
   */
  @Nullable
  public static EventDate of(String resourceType, Function<String, String> textOf) {
    for (String element : BY_TYPE.getOrDefault(resourceType, List.of())) {
      String text = textOf.apply(element);
      EventDate date = text == null ? null : EventDate.parse(text);
      if (date != null) {
        return date;
      }
    }
    return null;
  }

  private static Map<String, List<String>> byType() {
    Map<String, List<String>> result = new HashMap<>();
    for (String line : FhirElements.lines("r4-event-dates.txt")) {
      int space = line.indexOf(' ');
      result
          .computeIfAbsent(line.substring(0, space), t -> new ArrayList<>(3))
          .add(line.substring(space + 1));
    }
    return result;
  }

  private static Set<String> elements() {
    Set<String> result = new HashSet<>();
    BY_TYPE.values().forEach(result::addAll);
    return result;
  }

  private static Set<String> names() {
    Set<String> result = new HashSet<>();
    ELEMENTS.forEach(element -> result.add(element.substring(element.indexOf('.') + 1)));
    return result;
  }
}
