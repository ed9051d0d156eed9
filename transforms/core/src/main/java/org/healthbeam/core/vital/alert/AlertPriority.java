package org.healthbeam.core.vital.alert;

/** How urgent an alert is. No conformity to an alarm standard is claimed. */
public enum AlertPriority {
  /** The most urgent; of NEWS2's high risk in the rules that come with HealthBeam. */
  HIGH("high"),
  /** Less urgent than {@link #HIGH}; of NEWS2's medium risk. */
  MEDIUM("medium"),
  /** Less urgent than {@link #MEDIUM}; of NEWS2's low-medium risk. */
  LOW_MEDIUM("low-medium"),
  /** The least urgent. */
  LOW("low");

  private final String text;

  AlertPriority(String text) {
    this.text = text;
  }

  /** {@return the name in files} */
  public String text() {
    return text;
  }

  /**
   * {@return the priority with this name in files}
   *
   * @param text in lower case
   * @throws IllegalArgumentException if there is none; the message lists them
   */
  public static AlertPriority named(String text) {
    for (AlertPriority priority : values()) {
      if (priority.text.equals(text)) {
        return priority;
      }
    }
    throw new IllegalArgumentException(
        "priority '" + text + "' is none of high, medium, low-medium, low");
  }
}
