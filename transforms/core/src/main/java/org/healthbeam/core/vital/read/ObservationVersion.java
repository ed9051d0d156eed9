package org.healthbeam.core.vital.read;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.ZoneId;
import java.util.Set;
import javax.annotation.Nullable;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.vital.ReadingVersion;

/** Which version an Observation is (FHIR R4, sections 2.27.1 and 10.1.4), as it is being read. */
final class ObservationVersion {
  private static final int LONGEST_NUMBER = 18;
  private static final String ENTERED_IN_ERROR = "entered-in-error";

  /** FHIR R4, value set observation-status; and none. */
  private static final Set<String> STATUSES =
      Set.of(
          "",
          "registered",
          "preliminary",
          "final",
          "amended",
          "corrected",
          "cancelled",
          ENTERED_IN_ERROR,
          "unknown");

  private static final Set<String> PRELIMINARY = Set.of("registered", "preliminary");

  private String id = "";
  private String identifier = "";
  private long number;
  private boolean later;
  private long lastUpdated;
  private long issued;

  void id(@Nullable String text) {
    id = text == null ? "" : text;
  }

  /**
   * Reads {@code identifier}: the first with a value is the observation's business identifier,
   * which stays the same where servers give ids of their own.
   */
  void readIdentifiers(JsonParser p) throws IOException {
    if (p.currentToken() != JsonToken.START_ARRAY) {
      p.skipChildren();
      return;
    }
    while (p.nextToken() != JsonToken.END_ARRAY) {
      if (p.currentToken() != JsonToken.START_OBJECT) {
        p.skipChildren();
        continue;
      }
      String system = "";
      String value = "";
      while (p.nextToken() == JsonToken.FIELD_NAME) {
        String field = p.currentName();
        p.nextToken();
        String text = ObservationVitals.text(p);
        if (text != null && field.equals("system")) {
          system = text;
        } else if (text != null && field.equals("value")) {
          value = text;
        }
      }
      if (identifier.isEmpty() && !value.isEmpty()) {
        identifier = system + "|" + value;
      }
    }
  }

  void issued(@Nullable String text) {
    issued = millis(text, null);
  }

  /** Takes a time that may be in a zone that it does not name, or a number. */
  void issued(String text, ZoneId zone) {
    issued = millis(text, zone);
    number = issued == 0 ? number(text) : 0;
  }

  /** Reads {@code meta}. */
  void readMeta(JsonParser p) throws IOException {
    if (p.currentToken() != JsonToken.START_OBJECT) {
      p.skipChildren();
      return;
    }
    while (p.nextToken() == JsonToken.FIELD_NAME) {
      String field = p.currentName();
      p.nextToken();
      switch (field) {
        case "versionId" -> {
          number = number(ObservationVitals.text(p));
          later = number > 1;
        }
        case "lastUpdated" -> lastUpdated = millis(ObservationVitals.text(p), null);
        default -> p.skipChildren();
      }
    }
  }

  /**
   * {@return the version}
   *
   * @param absent whether there is no value but a reason why
   * @param ordinal the how manieth measurement of its kind in the observation it is, from 0
   */
  ReadingVersion of(String status, boolean absent, int ordinal) throws RejectedException {
    if (!STATUSES.contains(status)) {
      throw new RejectedException(RejectReason.INVALID_FIELD, "status is no status of FHIR");
    }
    if (status.equals("cancelled")) {
      throw new RejectedException(RejectReason.WITHDRAWN, "status is cancelled");
    }
    String which = measurement(ordinal);
    if (takesBack(status)) {
      return ReadingVersion.withdrawn(order(), which);
    }
    if (status.equals("corrected") || status.equals("amended") || later) {
      return absent
          ? ReadingVersion.withdrawn(order(), which)
          : ReadingVersion.corrected(order(), which);
    }
    return ReadingVersion.told(PRELIMINARY.contains(status), order(), which);
  }

  /** Two components may be of one kind; they are told apart by their order. */
  private String measurement(int ordinal) {
    String observation = identifier.isEmpty() ? id : identifier;
    return observation.isEmpty() || ordinal == 0 ? observation : observation + "#" + ordinal;
  }

  /** {@return whether a status takes back} */
  static boolean takesBack(String status) {
    return status.equals(ENTERED_IN_ERROR);
  }

  /** {@return when it was issued or last changed, in milliseconds since 1970; 0 if nothing says} */
  long received() {
    return issued != 0 ? issued : lastUpdated;
  }

  private long order() {
    long time = lastUpdated != 0 ? lastUpdated : issued;
    return time != 0 ? ReadingVersion.orderOfTime(time) : ReadingVersion.orderOfNumber(number);
  }

  /** {@return a version's number; 0 if it is none, as with servers that name versions otherwise} */
  private static long number(@Nullable String text) {
    if (text == null || text.isEmpty() || text.length() > LONGEST_NUMBER) {
      return 0;
    }
    long number = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return 0;
      }
      number = 10 * number + (c - '0');
    }
    return number;
  }

  /** {@return a time in milliseconds; 0 if it is absent or none, which only makes it unordered} */
  private static long millis(@Nullable String text, @Nullable ZoneId zone) {
    if (text == null) {
      return 0;
    }
    try {
      return EventTime.parse(text, zone).toEpochMilli();
    } catch (RejectedException e) {
      return 0;
    }
  }
}
