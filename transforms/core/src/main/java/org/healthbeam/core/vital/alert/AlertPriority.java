package org.healthbeam.core.vital.alert;

/** How urgent an alert is. No conformity to an alarm standard is claimed. */
public enum AlertPriority {
  HIGH("high"),
  MEDIUM("medium"),
  LOW_MEDIUM("low-medium"),
  LOW("low");

  private final String text;

  AlertPriority(String text) {
    this.text = text;
  }

  /** {@return the name in files} */
  public String text() {
    return text;
  }

  /** {@return the priority with this name in files} */
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
