package org.healthbeam.pipelines.option;

import java.util.List;
import java.util.Locale;
import org.healthbeam.templates.annotations.ParameterType;
import org.healthbeam.templates.annotations.TemplateParameter;

/**
 * How a form asks for an option's value.
 *
 * @param annotated whether the option itself says so, with {@link TemplateParameter}
 * @param label what stands before the field
 * @param type what kind of input it asks for
 * @param parent the option on which it depends whether this one may be given; empty if on none
 * @param parentValues the values of the parent with which it may
 */
public record FormField(
    boolean annotated, String label, ParameterType type, String parent, List<String> parentValues) {

  /**
   * Takes a copy of the values.
   *
   * @param annotated whether the option itself says so, with {@link TemplateParameter}
   * @param label what stands before the field
   * @param type what kind of input it asks for
   * @param parent the option on which it depends whether this one may be given; empty if on none
   * @param parentValues the values of the parent with which it may
   */
  public FormField {
    parentValues = List.copyOf(parentValues);
  }

  /** Returns the field of an option that is not annotated. */
  static FormField plain(String name) {
    return new FormField(false, words(name), ParameterType.BY_JAVA_TYPE, "", List.of());
  }

  static FormField of(String name, TemplateParameter parameter) {
    return new FormField(
        true,
        parameter.label().isEmpty() ? words(name) : parameter.label(),
        parameter.type(),
        parameter.parent(),
        List.of(parameter.parentValues()));
  }

  /** {@code maxRejectedFraction} is "Max rejected fraction". */
  private static String words(String name) {
    String words = name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
