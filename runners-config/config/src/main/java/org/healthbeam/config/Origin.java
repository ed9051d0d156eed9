package org.healthbeam.config;

/** Where a value comes from; a later one wins over an earlier one. */
public enum Origin {
  /** The default that the option itself declares. */
  BUILT_IN("built in"),
  /** The profile of the runner, and then the user's own profile file. */
  PROFILE("profile"),
  /** A variable whose name begins with {@code HEALTHBEAM_}. */
  ENVIRONMENT("environment"),
  /** A file with a template's parameters. */
  PARAMETERS("parameters"),
  /** What was typed. */
  COMMAND_LINE("command line"),
  /** What a template fixes. */
  TEMPLATE("template");

  private final String label;

  Origin(String label) {
    this.label = label;
  }

  /** {@return the words that {@code --explainOptions} prints} */
  public String label() {
    return label;
  }
}
