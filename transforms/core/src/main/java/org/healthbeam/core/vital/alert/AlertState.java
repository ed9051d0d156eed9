package org.healthbeam.core.vital.alert;

import java.util.List;

/** What happened to an alert; the rules are in {@link AlertEngine}. */
public enum AlertState {
  /** The condition has held for the on-delay. */
  RAISED(0, "raised"),
  /** The condition for clearing has held for the off-delay. */
  CLEARED(1, "cleared"),
  /** The signal has not been measured for so long that the alert says nothing any more. */
  EXPIRED(2, "expired"),
  /** The condition ended before the on-delay was over: no alert was raised. */
  DELAYED(3, "delayed"),
  /** It would have been raised but for an acknowledgement. */
  SUPPRESSED(4, "suppressed"),
  /** Somebody has seen it. */
  ACKNOWLEDGED(5, "acknowledged"),
  /** No reading has come for the rule's time. */
  MISSING(6, "missing"),
  /** There still is none. */
  REPEATED(7, "repeated"),
  /** There is one again. */
  RECONNECTED(8, "reconnected");

  private static final List<AlertState> ALL = List.of(values());

  private final int index;
  private final String text;

  AlertState(int index, String text) {
    this.index = index;
    this.text = text;
  }

  /** {@return the name in files} */
  public String text() {
    return text;
  }

  /** {@return the number that stands for it in encoded elements} */
  public int index() {
    return index;
  }

  /**
   * {@return the state with this {@link #index}}
   *
   * @param index from 0
   */
  public static AlertState at(int index) {
    return ALL.get(index);
  }

  /**
   * {@return the state with this name in files}
   *
   * @param text in lower case
   * @throws IllegalArgumentException if there is none; the message lists them
   */
  public static AlertState named(String text) {
    return ALL.stream()
        .filter(state -> state.text.equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "state '%s' is none of %s"
                        .formatted(text, ALL.stream().map(AlertState::text).toList())));
  }

  /** {@return whether somebody hears it} */
  public boolean isHeard() {
    return this == RAISED || this == MISSING || this == REPEATED;
  }
}
