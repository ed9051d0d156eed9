package org.healthbeam.core.code;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Objects;
import javax.annotation.Nullable;

/**
 * When something happened, as exactly as it is known: one day, or the days of a month or a year.
 *
 * @param first day on which it may have been
 * @param last day on which it may have been
 */
public record EventDate(LocalDate first, LocalDate last) {
  private static final int YEAR = 4;
  private static final int MONTH = 7;
  private static final int DAY = 10;

  /**
   * Refuses null, and a last day before the first.
   *
   * @param first day on which it may have been
   * @param last day on which it may have been
   */
  public EventDate {
    Objects.requireNonNull(first, "first");
    Objects.requireNonNull(last, "last");
    if (last.isBefore(first)) {
      throw new IllegalArgumentException("the last day is before the first");
    }
  }

  /**
   * {@return one day}
   *
   * @param day on which it was
   */
  public static EventDate of(LocalDate day) {
    return new EventDate(day, day);
  }

  /**
   * Reads FHIR's {@code date}, {@code dateTime} or {@code instant}: {@code 2019}, {@code 2019-05},
   * {@code 2019-05-31} and whatever time may follow. The day is that of the place where it was
   * written down; it is not moved to another time zone.
   *
   * @param text as FHIR has it, without white space around it
   * @return null if the text is none
   */
  @Nullable
  public static EventDate parse(String text) {
    int length = text.indexOf('T') == DAY ? DAY : text.length();
    try {
      switch (length) {
        case YEAR -> {
          int year = digits(text, 0, YEAR);
          return new EventDate(LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31));
        }
        case MONTH -> {
          YearMonth month = YearMonth.of(digits(text, 0, YEAR), digits(text, YEAR + 1, MONTH));
          return text.charAt(YEAR) == '-'
              ? new EventDate(month.atDay(1), month.atEndOfMonth())
              : null;
        }
        case DAY -> {
          LocalDate day =
              LocalDate.of(
                  digits(text, 0, YEAR), digits(text, YEAR + 1, MONTH), digits(text, 8, DAY));
          return text.charAt(YEAR) == '-' && text.charAt(MONTH) == '-' ? of(day) : null;
        }
        default -> {
          return null;
        }
      }
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static int digits(String text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        throw new DateTimeException("not a digit");
      }
      value = value * 10 + (c - '0');
    }
    return value;
  }

  /** Says nothing about the patient. */
  @Override
  public String toString() {
    return "EventDate";
  }
}
