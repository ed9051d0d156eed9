package org.healthbeam.core.vital.read;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.annotation.Nullable;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.vital.ReadingVersion;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.VitalReading;

/**
 * Reads the vital signs of a FHIR R4 resource or Bundle by streaming, without an object model.
 *
 * <p>Read are {@code Observation}s (FHIR R4, section 10.1) whose code or a component's code is one
 * of {@link VitalKind}, or whose category is {@code vital-signs}. Components are measurements of
 * their own with the time and subject of the whole. The time is {@code effectiveDateTime}, {@code
 * effectiveInstant} or the start of {@code effectivePeriod}. The subject is the id of the reference
 * ({@code Patient/123} and {@code urn:uuid:123} are 123); one to a contained resource names nobody
 * outside of its own resource and is refused.
 *
 * <p>A status of {@code corrected} or {@code amended}, and a {@code meta.versionId} above 1, make a
 * correction; {@code entered-in-error}, and a correction without a value but with {@code
 * dataAbsentReason}, take back. The observation is known by its first {@code identifier} with a
 * value, else by its {@code id}. Versions are ordered by {@code meta.lastUpdated}, else {@code
 * issued}, else {@code meta.versionId} ({@link ReadingVersion}).
 */
public final class ObservationVitals {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Pattern PATIENT =
      Pattern.compile("(?:.*/)?Patient/([^/]+)(?:/_history/.*)?");
  private static final String UUID = "urn:uuid:";

  private ObservationVitals() {}

  /**
   * Adds what a JSON document holds; a document that is not JSON is one refused resource.
   *
   * @param record a resource or a Bundle in UTF-8
   * @param into takes the readings, and why others are none
   */
  public static void parse(InputRecord record, ParsedVitals into) {
    parse(record, KindCodes.LOINC, into);
  }

  /**
   * As {@link #parse(InputRecord, ParsedVitals)}, with local codes.
   *
   * @param record a resource or a Bundle in UTF-8
   * @param kinds which codes are vital signs
   * @param into takes the readings, and why others are none
   */
  public static void parse(InputRecord record, KindCodes kinds, ParsedVitals into) {
    List<Resource> resources = new ArrayList<>(1);
    try (JsonParser p = JSON.createParser(record.bytes())) {
      if (p.nextToken() != JsonToken.START_OBJECT) {
        throw new RejectedException(RejectReason.MALFORMED, "the record is not a JSON object");
      }
      Resource root = new Resource(record.bytes(), kinds);
      resources.add(root);
      root.read(p, resources);
      if (p.nextToken() != null) {
        throw new RejectedException(RejectReason.MALFORMED, "more follows after the JSON object");
      }
    } catch (RejectedException e) {
      into.refuseResource(e, record.bytes());
      return;
    } catch (IOException e) {
      // The parser's message quotes the input.
      into.refuseResource(
          new RejectedException(RejectReason.MALFORMED, "the record is not valid JSON"),
          record.bytes());
      return;
    }
    for (Resource resource : resources) {
      resource.addTo(into, record);
    }
  }

  /**
   * {@return the id of a reference to a patient, or the whole reference to anything else}
   *
   * @param reference as it stands in {@code subject.reference}
   */
  public static String subjectId(String reference) {
    if (reference.startsWith(UUID)) {
      return reference.substring(UUID.length());
    }
    Matcher m = PATIENT.matcher(reference);
    return m.matches() ? m.group(1) : reference;
  }

  /** The fields of one resource as they are being read. */
  private static final class Resource {
    private byte[] payload;
    private final KindCodes kinds;
    private final ObservationFields main;
    private final List<ObservationFields> components = new ArrayList<>(0);
    @Nullable private String type;
    private String status = "";
    private String subject = "";
    private String time = "";
    private final ObservationVersion version = new ObservationVersion();
    private boolean timing;
    private boolean vitalCategory;
    private boolean members;

    Resource(byte[] payload, KindCodes kinds) {
      this.payload = payload;
      this.kinds = kinds;
      this.main = new ObservationFields(kinds);
    }

    void read(JsonParser p, List<Resource> found) throws IOException {
      int mine = found.size();
      while (p.nextToken() == JsonToken.FIELD_NAME) {
        String field = p.currentName();
        p.nextToken();
        switch (field) {
          case "resourceType" -> type = text(p);
          case "status" -> status = orEmpty(text(p));
          case "subject" -> subject = orEmpty(textIn(p, "reference"));
          case "effectiveDateTime", "effectiveInstant" -> time = orEmpty(text(p));
          case "effectivePeriod" -> time = orEmpty(textIn(p, "start"));
          case "effectiveTiming" -> {
            timing = true;
            p.skipChildren();
          }
          case "id" -> version.id(text(p));
          case "identifier" -> version.readIdentifiers(p);
          case "issued" -> version.issued(text(p));
          case "meta" -> version.readMeta(p);
          case "category" -> readCategories(p);
          case "component" -> readComponents(p);
          case "hasMember" -> {
            members = p.currentToken() == JsonToken.START_ARRAY;
            p.skipChildren();
          }
          case "entry" -> readEntries(p, found);
          default -> {
            if (!main.read(field, p)) {
              p.skipChildren();
            }
          }
        }
      }
      if (!"Bundle".equals(type)) {
        found.subList(mine, found.size()).clear();
      }
    }

    private void readCategories(JsonParser p) throws IOException {
      if (p.currentToken() != JsonToken.START_ARRAY) {
        p.skipChildren();
        return;
      }
      while (p.nextToken() != JsonToken.END_ARRAY) {
        ObservationFields.readConcept(
            p, (system, code) -> vitalCategory |= code.equals("vital-signs"), null);
      }
    }

    private void readComponents(JsonParser p) throws IOException {
      if (p.currentToken() != JsonToken.START_ARRAY) {
        p.skipChildren();
        return;
      }
      while (p.nextToken() != JsonToken.END_ARRAY) {
        if (p.currentToken() == JsonToken.START_OBJECT) {
          ObservationFields component = new ObservationFields(kinds);
          components.add(component);
          while (p.nextToken() == JsonToken.FIELD_NAME) {
            String field = p.currentName();
            p.nextToken();
            if (!component.read(field, p)) {
              p.skipChildren();
            }
          }
        } else {
          p.skipChildren();
        }
      }
    }

    private void readEntries(JsonParser p, List<Resource> found) throws IOException {
      if (p.currentToken() != JsonToken.START_ARRAY) {
        p.skipChildren();
        return;
      }
      while (p.nextToken() != JsonToken.END_ARRAY) {
        if (p.currentToken() != JsonToken.START_OBJECT) {
          p.skipChildren();
          continue;
        }
        while (p.nextToken() == JsonToken.FIELD_NAME) {
          String field = p.currentName();
          if (p.nextToken() == JsonToken.START_OBJECT && field.equals("resource")) {
            int from = (int) p.currentTokenLocation().getByteOffset();
            Resource resource = new Resource(payload, kinds);
            found.add(resource);
            resource.read(p, found);
            resource.cut(payload, from, (int) p.currentLocation().getByteOffset());
          } else {
            p.skipChildren();
          }
        }
      }
    }

    /** Narrows the payload to the entry, so that its hash is the resource's own. */
    private void cut(byte[] document, int from, int to) {
      if (from >= 0 && from < to && to <= document.length) {
        payload = Arrays.copyOfRange(document, from, to);
      }
    }

    void addTo(ParsedVitals into, InputRecord record) {
      if (type == null) {
        into.refuseResource(
            new RejectedException(RejectReason.MISSING_FIELD, "resourceType is absent"), payload);
        return;
      }
      if (!type.equals("Observation")) {
        into.resource(type.equals("Bundle") ? ParsedVitals.BUNDLE : ParsedVitals.NOT_A_VITAL_SIGN);
        return;
      }
      boolean panel = main.isPanel() || members;
      boolean vital =
          vitalCategory
              || main.isPanel()
              || main.kind() != null
              || components.stream().anyMatch(c -> c.kind() != null);
      if (!vital) {
        into.resource(ParsedVitals.NOT_A_VITAL_SIGN);
        return;
      }
      List<ObservationFields> measurements = new ArrayList<>(components);
      boolean absentItself =
          main.isAbsent() && (components.isEmpty() || (main.kind() != null && !panel));
      if (main.hasValue() || absentItself || (components.isEmpty() && !panel)) {
        measurements.add(0, main);
      } else if (ObservationVersion.takesBack(status)
          && (main.kind() != null || components.isEmpty())) {
        // Its value may have been stripped; a panel that names no measurement is refused.
        measurements.add(0, main);
      }
      into.resource(measurements.isEmpty() ? ParsedVitals.PANEL : ParsedVitals.SELECTED);
      int[] ofKind = new int[VitalKind.count()];
      for (ObservationFields measurement : measurements) {
        VitalKind kind = measurement.kind();
        int ordinal = kind == null ? 0 : ofKind[kind.index()]++;
        try {
          into.reading(
              reading(measurement, ordinal, record),
              new ParsedVitals.Receipt(version.received(), measurement.unit()));
        } catch (RejectedException e) {
          into.refuse(e, payload);
        }
      }
    }

    private VitalReading reading(ObservationFields fields, int ordinal, InputRecord record)
        throws RejectedException {
      ReadingVersion told = version.of(status, fields.isAbsent() && !fields.hasValue(), ordinal);
      ObservationFields.Measured measured =
          told.isWithdrawn() ? fields.withdrawn() : fields.measured();
      String who = subjectId(subject.strip());
      if (who.isEmpty()) {
        throw new RejectedException(RejectReason.MISSING_FIELD, "subject.reference is absent");
      }
      if (subject.strip().startsWith("#")) {
        throw new RejectedException(
            RejectReason.INVALID_FIELD, "subject.reference is to a contained resource");
      }
      if (timing) {
        throw new RejectedException(
            RejectReason.INVALID_TIME, "effectiveTiming is a schedule, not a time");
      }
      if (time.length() > 10 && time.charAt(10) != 'T') {
        throw new RejectedException(RejectReason.INVALID_TIME, "the time is no FHIR dateTime");
      }
      Instant when = EventTime.parse(time, null);
      return new VitalReading(
          who,
          Objects.requireNonNull(fields.kind()),
          measured.value(),
          measured.unit(),
          measured.coded(),
          when,
          record.source(),
          record.position(),
          told);
    }
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  @Nullable
  static String text(JsonParser p) throws IOException {
    if (p.currentToken() == JsonToken.VALUE_STRING) {
      return p.getText();
    }
    p.skipChildren();
    return null;
  }

  @Nullable
  private static String textIn(JsonParser p, String wanted) throws IOException {
    if (p.currentToken() != JsonToken.START_OBJECT) {
      p.skipChildren();
      return null;
    }
    String result = null;
    while (p.nextToken() == JsonToken.FIELD_NAME) {
      String field = p.currentName();
      p.nextToken();
      String text = text(p);
      if (field.equals(wanted)) {
        result = text;
      }
    }
    return result;
  }
}
