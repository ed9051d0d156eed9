package org.healthbeam.core.fhir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeResourceDefinition;
import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.healthbeam.core.code.EventDate;
import org.junit.jupiter.api.Test;

class EventDatesTest {
  private static final FhirContext HAPI = FhirContext.forR4();

  /** Definitions, roles, studies and times that are offered: nothing has happened to a patient. */
  private static final Set<String> NO_EVENTS =
      Set.of(
          "NamingSystem",
          "OrganizationAffiliation",
          "PractitionerRole",
          "ResearchStudy",
          "Schedule");

  private static final List<String> TABLE = FhirElements.lines("r4-event-dates.txt");

  @Test
  void everyElementOfTheTableIsADateOfTheModel() {
    for (String line : TABLE) {
      String[] parts = line.split(" ");
      BaseRuntimeElementDefinition<?> element = HAPI.getResourceDefinition(parts[0]);
      for (String name : parts[1].split("\\.")) {
        element =
            ((BaseRuntimeElementCompositeDefinition<?>) element).getChildByName(name) == null
                ? null
                : ((BaseRuntimeElementCompositeDefinition<?>) element)
                    .getChildByName(name)
                    .getChildByName(name);
        assertNotNull(element, line);
      }
      assertTrue(Set.of("date", "dateTime", "instant").contains(element.getName()), line);
    }
    assertEquals(TABLE.size(), new HashSet<>(TABLE).size(), "a line stands there twice");
  }

  @Test
  void everyDateThatTheModelSearchesAnEventByIsInTheTable() {
    Set<String> missing = new TreeSet<>();
    int events = 0;
    for (String type : HAPI.getResourceTypes()) {
      RuntimeResourceDefinition resource = HAPI.getResourceDefinition(type);
      if (resource.getSearchParam("url") != null || NO_EVENTS.contains(type)) {
        continue;
      }
      for (String name : List.of("date", "clinical-date", "authored", "created", "period")) {
        RuntimeSearchParam dated = resource.getSearchParam(name);
        if (dated != null && dated.getParamType() == RestSearchParameterTypeEnum.DATE) {
          String path =
              dated.getPath().replaceAll("[() ]|as dateTime", "").replaceFirst("\\.", " ");
          // What is deeper is a date of a part, not of the resource.
          boolean own = path.indexOf('.') < 0;
          events += own ? 1 : 0;
          if (own && TABLE.stream().noneMatch(line -> line.startsWith(path))) {
            missing.add(path);
          }
        }
      }
    }
    assertEquals(Set.of(), missing);
    assertTrue(events >= 40, "only " + events + " of the model's resources have a date");
  }

  @Test
  void thePreferredElementThatIsADateIsTaken() {
    assertEquals(day("2020-02-03"), date("Condition", "recordedDate", "2020-02-03"));
    assertEquals(
        day("2019-01-02"),
        date(
            "Condition",
            "recordedDate",
            "2020-02-03",
            "onsetPeriod.start",
            "2019-01-02T23:59:00-05:00",
            "onsetDateTime",
            "unknown"));
    assertEquals(null, date("Patient", "recordedDate", "2020-02-03"));
    assertEquals(null, date("Condition", "recordedDate", "2020-02-30"));
  }

  private static EventDate date(String type, String... found) {
    Map<String, String> texts = new HashMap<>();
    for (int i = 0; i < found.length; i += 2) {
      texts.put(found[i], found[i + 1]);
    }
    return EventDates.of(type, texts::get);
  }

  private static EventDate day(String day) {
    return EventDate.of(LocalDate.parse(day));
  }
}
