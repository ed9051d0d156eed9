package org.healthbeam.core.vital.read;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import javax.annotation.Nullable;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.vital.ReadingVersion;

/** Which version an Observation is (FHIR R4, sections 2.27.1 and 10.1.4), as it is being read. */
final class ObservationVersion {
  private static final int LONGEST_NUMBER = 18;

  private String id = "";
  private long number;
  private long lastUpdated;
  private long issued;

  void id(@Nullable String text) {
    id = text == null ? "" : text;
  }

  void issued(@Nullable String text) {
    issued = millis(text);
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
        case "versionId" -> number = number(ObservationVitals.text(p));
        case "lastUpdated" -> lastUpdated = millis(ObservationVitals.text(p));
        default -> p.skipChildren();
      }
    }
  }

  /**
   * Returns the version.
   *
   * @param absent whether there is no value but a reason why
   */
  ReadingVersion of(String status, boolean absent) {
    if (status.equals("entered-in-error")) {
      return ReadingVersion.withdrawn(order(), id);
    }
    if (status.equals("corrected") || status.equals("amended") || number > 1) {
      return absent ? ReadingVersion.withdrawn(order(), id) : ReadingVersion.corrected(order(), id);
    }
    return ReadingVersion.ORIGINAL;
  }

  private long order() {
    if (lastUpdated != 0) {
      return lastUpdated;
    }
    return issued != 0 ? issued : number;
  }

  /** Returns a version's number; 0 if it is none, as with servers that name versions otherwise. */
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

  /** Returns a time in milliseconds; 0 if it is absent or none, which only makes it unordered. */
  private static long millis(@Nullable String text) {
    if (text == null) {
      return 0;
    }
    try {
      return EventTime.parse(text, null).toEpochMilli();
    } catch (RejectedException e) {
      return 0;
    }
  }
}
