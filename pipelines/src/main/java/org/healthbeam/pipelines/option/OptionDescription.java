package org.healthbeam.pipelines.option;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.healthbeam.templates.annotations.ParameterType;

/**
 * What one option says about itself.
 *
 * @param name as typed after the dashes
 * @param type the type of its value; of the elements, where it is a list
 * @param list whether it takes several values with commas
 * @param description one or two sentences
 * @param defaultValue empty if there is none
 * @param required whether a run needs it
 * @param example a value as one would type it
 * @param unit the unit of the value, empty if it has none
 * @param group the heading under which it stands
 * @param order where it stands; lower comes first
 * @param regexes the value matches each of them; of a list, each of its values
 * @param field how a form asks for it
 */
public record OptionDescription(
    String name,
    Class<?> type,
    boolean list,
    String description,
    String defaultValue,
    boolean required,
    String example,
    String unit,
    String group,
    int order,
    List<String> regexes,
    FormField field) {

  /** What makes a name look as though its value were a secret rather than a reference to one. */
  private static final List<String> SECRET_WORDS =
      List.of("password", "secret", "token", "credential", "apikey", "privatekey");

  /** {@return whether the value may not be shown} */
  public boolean isSecret() {
    return isSecret(name);
  }

  /**
   * {@return whether the value of an option of this name may not be shown}
   *
   * @param name the option's name without dashes, in any case
   */
  public static boolean isSecret(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return !lower.endsWith("file") && SECRET_WORDS.stream().anyMatch(lower::contains);
  }

  /** {@return whether the value may be left out: {@code --flag} is {@code --flag=true}} */
  public boolean isSwitch() {
    return !list && (type == boolean.class || type == Boolean.class);
  }

  /** {@return the values that an enum has, as one types them; none if the type is another} */
  public List<String> choices() {
    return type.isEnum() ? constants().toList() : List.of();
  }

  /** {@return what kind of input a form asks for} */
  public ParameterType parameterType() {
    if (field.type() != ParameterType.BY_JAVA_TYPE) {
      return field.type();
    }
    // A list of numbers is no number.
    return list
        ? ParameterType.TEXT
        : type.isEnum()
            ? ParameterType.ENUM
            : isSwitch()
                ? ParameterType.BOOLEAN
                : isNumber() ? ParameterType.NUMBER : ParameterType.TEXT;
  }

  /** {@return what stands for the value in help: {@code NUMBER}, {@code tsv|ndjson}} */
  public String valueLabel() {
    if (type.isEnum()) {
      return constants().collect(Collectors.joining("|")) + (list ? ",..." : "");
    }
    String label = isSwitch() ? "true|false" : isNumber() ? "NUMBER" : "VALUE";
    return list ? label + ",..." : label;
  }

  /**
   * Checks a value.
   *
   * @param value as typed
   * @return the value in the form that Beam reads
   * @throws IllegalArgumentException with what the value may be
   */
  public String checked(String value) {
    for (String part : list ? value.split(",", -1) : new String[] {value}) {
      checkPart(part);
    }
    if (!type.isEnum()) {
      return value;
    }
    return Stream.of(list ? value.split(",", -1) : new String[] {value})
        .map(this::constant)
        .collect(Collectors.joining(","));
  }

  private void checkPart(String value) {
    if (isNumber()) {
      try {
        if (isWhole()) {
          Long.parseLong(value.trim());
        } else {
          Double.parseDouble(value.trim());
        }
      } catch (NumberFormatException e) {
        throw refused(value, isWhole() ? "a whole number" : "a number");
      }
    } else if (isSwitch() && !value.equals("true") && !value.equals("false")) {
      throw refused(value, "true or false");
    } else if (type.isEnum()) {
      constant(value);
    }
    for (String regex : regexes) {
      if (!value.matches(regex)) {
        throw refused(value, "of the form " + regex);
      }
    }
  }

  private String constant(String value) {
    String wanted = value.trim().replace('-', '_');
    for (Object constant : type.getEnumConstants()) {
      String name = ((Enum<?>) constant).name();
      if (name.equalsIgnoreCase(wanted)) {
        return name;
      }
    }
    throw refused(value, "one of " + constants().collect(Collectors.joining(", ")));
  }

  private IllegalArgumentException refused(String value, String wanted) {
    return new IllegalArgumentException(
        "--%s=%s is not %s%s"
            .formatted(
                name,
                isSecret() ? "(hidden)" : value,
                wanted,
                example.isEmpty() ? "" : "; for example --" + name + "=" + example));
  }

  private Stream<String> constants() {
    return Stream.of(type.getEnumConstants())
        .map(c -> ((Enum<?>) c).name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  private boolean isWhole() {
    return type == int.class
        || type == long.class
        || type == short.class
        || type == Integer.class
        || type == Long.class
        || type == Short.class;
  }

  private boolean isNumber() {
    return isWhole()
        || type == double.class
        || type == float.class
        || type == Double.class
        || type == Float.class;
  }
}
