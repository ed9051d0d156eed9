package org.healthbeam.io.stream;

import java.io.Serializable;
import java.time.Duration;
import java.util.Objects;

/**
 * How the watermark of a partition follows the event times that are read from it.
 *
 * @param maxDelay how far the watermark stays behind the latest event time
 * @param idleTimeout how long a partition may give nothing before it holds nobody up any more
 * @param tolerance how far an event time may be ahead of {@code basis} and still be believed
 * @param basis what event times are compared with
 */
public record WatermarkPolicy(
    Duration maxDelay, Duration idleTimeout, Duration tolerance, Basis basis)
    implements Serializable {

  /** What "now" is for event times. */
  public enum Basis {
    /** The clock: what is measured now is dated now. */
    CLOCK,
    /** The data themselves, as in archives whose dates were shifted: the median of the last. */
    DATA
  }

  private static final Duration USUAL_TOLERANCE = Duration.ofHours(1);

  /**
   * {@return the policy for an archive that is read as it stands, whatever the years in it}
   *
   * @param maxDelay how far records in it are out of order
   */
  public static WatermarkPolicy ofArchive(Duration maxDelay) {
    return new WatermarkPolicy(maxDelay, Duration.ofMinutes(1), USUAL_TOLERANCE, Basis.DATA);
  }

  /**
   * Refuses negative durations.
   *
   * @param maxDelay how far the watermark stays behind the latest event time
   * @param idleTimeout after which a partition without messages holds nobody up
   * @param tolerance how far ahead of now an event time can be believed
   * @param basis of what now is
   */
  public WatermarkPolicy {
    Objects.requireNonNull(basis, "basis");
    if (maxDelay.isNegative() || tolerance.isNegative()) {
      throw new IllegalArgumentException(
          "max delay " + maxDelay + " or tolerance " + tolerance + " is negative");
    }
    if (idleTimeout.toMillis() < 1) {
      throw new IllegalArgumentException("idle time-out " + idleTimeout + " is not at least 1 ms");
    }
  }
}
