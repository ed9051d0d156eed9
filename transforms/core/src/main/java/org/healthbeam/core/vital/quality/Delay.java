package org.healthbeam.core.vital.quality;

import java.time.Duration;

/** How long after its time a reading was received. */
public enum Delay {
  /** The source does not say when it was received. */
  NOT_TOLD("not told", Duration.ZERO),
  /** It was received before its time: a clock is wrong. */
  BEFORE("before", Duration.ZERO),
  /** Up to a minute. */
  UP_TO_1M("up to 1m", Duration.ofMinutes(1)),
  /** Up to five minutes. */
  UP_TO_5M("up to 5m", Duration.ofMinutes(5)),
  /** Up to a quarter of an hour. */
  UP_TO_15M("up to 15m", Duration.ofMinutes(15)),
  /** Up to an hour. */
  UP_TO_1H("up to 1h", Duration.ofHours(1)),
  /** Up to six hours. */
  UP_TO_6H("up to 6h", Duration.ofHours(6)),
  /** Up to a day. */
  UP_TO_1D("up to 1d", Duration.ofDays(1)),
  /** Up to a week. */
  UP_TO_7D("up to 7d", Duration.ofDays(7)),
  /** More than a week. */
  MORE("more than 7d", Duration.ofMillis(Long.MAX_VALUE));

  private final String code;
  private final long upTo;

  Delay(String code, Duration upTo) {
    this.code = code;
    this.upTo = upTo.toMillis();
  }

  /** {@return the words that stand for it in tables} */
  public String code() {
    return code;
  }

  /**
   * {@return the delay of a reading; both times in milliseconds since 1970}
   *
   * @param time when it was measured
   * @param received 0 if it is not known
   */
  public static Delay of(long time, long received) {
    if (received == 0) {
      return NOT_TOLD;
    }
    long delay = received - time;
    if (delay < 0) {
      return BEFORE;
    }
    for (Delay each : values()) {
      if (each.compareTo(BEFORE) > 0 && delay <= each.upTo) {
        return each;
      }
    }
    return MORE;
  }
}
