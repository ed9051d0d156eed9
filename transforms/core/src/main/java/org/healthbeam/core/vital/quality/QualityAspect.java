package org.healthbeam.core.vital.quality;

/** What is counted about readings as they were received. */
public enum QualityAspect {
  /** The unit, as written where it is one; the detail says what became of it ({@link UnitUse}). */
  UNIT(0),
  /** How long after its time the reading was received ({@link Delay}). */
  DELAY(1),
  /** The interval of the policy; the detail says on which side of it the value is. */
  IMPLAUSIBLE(2),
  /** The hour of the day in UTC of the plausible readings, {@code 00} to {@code 23}. */
  HOUR(3);

  private final int index;

  QualityAspect(int index) {
    this.index = index;
  }

  /** {@return the number that stands for it in encoded elements} */
  public int index() {
    return index;
  }

  /**
   * {@return the aspect with this {@link #index}}
   *
   * @param index from 0 to 3
   * @throws IllegalArgumentException if there is none
   */
  public static QualityAspect at(int index) {
    return switch (index) {
      case 0 -> UNIT;
      case 1 -> DELAY;
      case 2 -> IMPLAUSIBLE;
      case 3 -> HOUR;
      default -> throw new IllegalArgumentException("no aspect has the index " + index);
    };
  }

  /** {@return the word that stands for it in tables} */
  public String code() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
