package org.healthbeam.core.vital.read;

import java.time.Instant;
import java.time.ZoneId;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.RejectedException;

/**
 * Reads the times of HL7 v2, {@code YYYYMMDDHHMM[SS[.S[S[S[S]]]]][+/-ZZZZ]} (v2.5.1, section
 * 2.A.22, DTM); one that is less precise than the minute is no event time.
 */
final class MessageTime {
  private static final int TO_THE_MINUTE = 12;
  private static final int TO_THE_SECOND = 14;

  private MessageTime() {}

  /**
   * Reads a time.
   *
   * @param zone the zone of times that name none
   */
  static Instant parse(String text, ZoneId zone) throws RejectedException {
    String s = text.strip();
    int offset = offsetIn(s);
    String local = s.substring(0, offset);
    int point = local.indexOf('.');
    int whole = point < 0 ? local.length() : point;
    if ((whole != TO_THE_MINUTE && whole != TO_THE_SECOND)
        || (point >= 0 && whole != TO_THE_SECOND)) {
      throw new RejectedException(
          RejectReason.INVALID_TIME,
          s.isEmpty() ? "the time is absent" : "the time is not a date with a time of day");
    }
    StringBuilder iso = new StringBuilder(32);
    iso.append(s, 0, 4).append('-').append(s, 4, 6).append('-').append(s, 6, 8).append('T');
    iso.append(s, 8, 10).append(':').append(s, 10, 12);
    if (whole == TO_THE_SECOND) {
      iso.append(':').append(s, 12, offset);
    }
    return EventTime.parse(iso.append(s, offset, s.length()).toString(), zone);
  }

  /** {@return the zone that a time names, or another one if it names none that can be read} */
  static ZoneId zoneOf(String text, ZoneId otherwise) {
    String s = text.strip();
    int offset = offsetIn(s);
    if (offset == s.length()) {
      return otherwise;
    }
    try {
      parse("200001010000" + s.substring(offset), otherwise);
      return ZoneId.of(s.substring(offset));
    } catch (RejectedException | java.time.DateTimeException e) {
      return otherwise;
    }
  }

  private static int offsetIn(String s) {
    int offset = 0;
    while (offset < s.length() && s.charAt(offset) != '+' && s.charAt(offset) != '-') {
      offset++;
    }
    return offset;
  }
}
