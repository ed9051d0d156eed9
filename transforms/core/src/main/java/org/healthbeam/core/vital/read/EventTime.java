package org.healthbeam.core.vital.read;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.annotation.Nullable;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.RejectedException;

/**
 * Reads the time of an event: date, {@code T} or a blank, time to the minute or finer, and a zone.
 *
 * <p>The zone is {@code Z}, {@code +01:00}, {@code +0100} or {@code +01}. Fractions are cut to the
 * millisecond, the resolution of Beam's event time. A date without a time is no event time, and
 * neither is a time before 1970, which Beam's fixed windows would assign to a window after it.
 */
public final class EventTime {
  private EventTime() {}

  /**
   * Reads a time.
   *
   * @param text with white space around it or without
   * @param zone the zone of times that name none; null if they are to be refused
   * @return the time, in whole milliseconds
   * @throws RejectedException if it is no time, has no zone, or falls into the gap of a clock
   *     change
   */
  public static Instant parse(String text, @Nullable ZoneId zone) throws RejectedException {
    String s = text.strip();
    if (s.isEmpty()) {
      throw invalid("the time is absent");
    }
    if (s.length() < 16 || (s.charAt(10) != 'T' && s.charAt(10) != ' ')) {
      throw invalid("the time is not a date with a time of day");
    }
    int at = 16;
    int second = 0;
    int nano = 0;
    if (at < s.length() && s.charAt(at) == ':') {
      second = digits(s, at + 1, 2);
      at += 3;
      if (at < s.length() && s.charAt(at) == '.') {
        int start = at + 1;
        at = start;
        while (at < s.length() && isDigit(s.charAt(at))) {
          at++;
        }
        int n = at - start;
        if (n == 0 || n > 9) {
          throw invalid("the fraction of a second has not 1 to 9 digits");
        }
        nano = digits(s, start, n);
        for (int i = n; i < 9; i++) {
          nano *= 10;
        }
      }
    }
    if (s.charAt(4) != '-' || s.charAt(7) != '-' || s.charAt(13) != ':') {
      throw invalid("the time is not a date with a time of day");
    }
    try {
      LocalDateTime local =
          LocalDateTime.of(
              digits(s, 0, 4),
              digits(s, 5, 2),
              digits(s, 8, 2),
              digits(s, 11, 2),
              digits(s, 14, 2),
              second,
              nano);
      ZoneOffset offset = at == s.length() ? offsetAt(local, zone) : offset(s, at);
      Instant time = local.toInstant(offset).truncatedTo(ChronoUnit.MILLIS);
      if (time.isBefore(Instant.EPOCH)) {
        throw invalid("the time is before 1970");
      }
      return time;
    } catch (DateTimeException e) {
      throw invalid("the time does not exist in the calendar");
    }
  }

  private static ZoneOffset offsetAt(LocalDateTime local, @Nullable ZoneId zone)
      throws RejectedException {
    if (zone == null) {
      throw invalid("the time has no zone");
    }
    List<ZoneOffset> valid = zone.getRules().getValidOffsets(local);
    if (valid.isEmpty()) {
      throw invalid("the time falls into the gap of a clock change");
    }
    return valid.get(0);
  }

  private static ZoneOffset offset(String s, int at) throws RejectedException {
    char sign = s.charAt(at);
    int left = s.length() - at;
    if ((sign == 'Z' || sign == 'z') && left == 1) {
      return ZoneOffset.UTC;
    }
    boolean colon = left == 6 && s.charAt(at + 3) == ':';
    if ((sign != '+' && sign != '-') || !(left == 3 || left == 5 || colon)) {
      throw invalid("the zone is not Z or an offset");
    }
    int hours = digits(s, at + 1, 2);
    int minutes = left == 3 ? 0 : digits(s, colon ? at + 4 : at + 3, 2);
    if (minutes > 59) {
      throw invalid("the zone is not Z or an offset");
    }
    int seconds = hours * 3600 + minutes * 60;
    return ZoneOffset.ofTotalSeconds(sign == '-' ? -seconds : seconds);
  }

  private static int digits(String s, int from, int n) throws RejectedException {
    int value = 0;
    for (int i = from; i < from + n; i++) {
      if (i >= s.length() || !isDigit(s.charAt(i))) {
        throw invalid("the time is not a date with a time of day");
      }
      value = value * 10 + (s.charAt(i) - '0');
    }
    return value;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static RejectedException invalid(String detail) {
    return new RejectedException(RejectReason.INVALID_TIME, detail);
  }
}
