package org.healthbeam.config;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values of all options, merged from their layers, each with where it comes from.
 *
 * <p>Built in is the weakest, then profiles in the order in which they are added, then the
 * environment, then a file with a template's parameters, then the command line, and strongest what
 * a template fixes. Layers may be added in any order of strength. A name that nobody knows is
 * refused, with the nearest known one.
 */
public final class Settings {
  /** What names of variables begin with. */
  public static final String ENVIRONMENT_PREFIX = "HEALTHBEAM_";

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{(\\w+)\\}");

  private final Set<String> known;
  private final Set<String> elsewhere;
  private final Map<String, Setting> byName = new TreeMap<>();

  /**
   * Returns settings without values.
   *
   * @param known the options that exist
   * @param elsewhere options of other commands, which the environment may name without effect here
   */
  public Settings(Collection<String> known, Collection<String> elsewhere) {
    this.known = new TreeSet<>(known);
    this.elsewhere = new TreeSet<>(elsewhere);
  }

  /**
   * Adds what the options themselves declare.
   *
   * @param values by the options' names, which are not looked at
   * @return these settings
   */
  public Settings addBuiltIn(Map<String, String> values) {
    values.forEach((name, value) -> put(new Setting(name, value, Origin.BUILT_IN, "")));
    return this;
  }

  /**
   * Adds the values of a profile; a later profile wins over an earlier one.
   *
   * @param profile with any values
   * @return these settings
   * @throws ConfigException if it has a name that nobody knows
   */
  public Settings addProfile(Profile profile) throws ConfigException {
    for (Map.Entry<String, String> e : new TreeMap<>(profile.values()).entrySet()) {
      requireKnown(e.getKey(), "Profile " + profile.name() + " sets '" + e.getKey() + "'", "");
      put(new Setting(e.getKey(), e.getValue(), Origin.PROFILE, profile.name()));
    }
    return this;
  }

  /**
   * Adds the variables that begin with {@value #ENVIRONMENT_PREFIX}; all others are ignored.
   *
   * @param environment all variables of the process
   * @return these settings
   * @throws ConfigException if a variable with the prefix is no option
   */
  public Settings addEnvironment(Map<String, String> environment) throws ConfigException {
    Map<String, String> byVariable = new TreeMap<>();
    known.forEach(name -> byVariable.put(variable(name), name));
    Set<String> ignored = new TreeSet<>();
    elsewhere.forEach(name -> ignored.add(variable(name)));
    for (Map.Entry<String, String> e : new TreeMap<>(environment).entrySet()) {
      String variable = e.getKey();
      if (!variable.startsWith(ENVIRONMENT_PREFIX)) {
        continue;
      }
      String name = byVariable.get(variable);
      if (name != null) {
        put(new Setting(name, e.getValue(), Origin.ENVIRONMENT, variable));
      } else if (!ignored.contains(variable)) {
        throw new ConfigException(
            "The environment sets %s, which is no option%s"
                .formatted(variable, NearestName.hint("", variable, byVariable.keySet())));
      }
    }
    return this;
  }

  /**
   * Adds the values of a file with a template's parameters.
   *
   * @param file its name, for messages
   * @param parameters by the options' names
   * @return these settings
   * @throws ConfigException if there is a name that nobody knows
   */
  public Settings addParameters(String file, Map<String, String> parameters)
      throws ConfigException {
    for (Map.Entry<String, String> e : parameters.entrySet()) {
      requireKnown(e.getKey(), file + " sets '" + e.getKey() + "'", "");
      put(new Setting(e.getKey(), e.getValue(), Origin.PARAMETERS, file));
    }
    return this;
  }

  /**
   * Adds the values that a template fixes.
   *
   * @param template its name, for messages
   * @param values by the options' names
   * @return these settings
   * @throws ConfigException if there is a name that nobody knows
   */
  public Settings addFixed(String template, Map<String, String> values) throws ConfigException {
    for (Map.Entry<String, String> e : values.entrySet()) {
      requireKnown(e.getKey(), "Template " + template + " sets '" + e.getKey() + "'", "");
      put(new Setting(e.getKey(), e.getValue(), Origin.TEMPLATE, template));
    }
    return this;
  }

  /**
   * Adds what was typed.
   *
   * @param arguments by the options' names, without dashes
   * @return these settings
   * @throws ConfigException if there is a name that nobody knows
   */
  public Settings addCommandLine(Map<String, String> arguments) throws ConfigException {
    for (Map.Entry<String, String> e : arguments.entrySet()) {
      requireKnown(e.getKey(), "Unknown option '--" + e.getKey() + "'", "--");
      put(new Setting(e.getKey(), e.getValue(), Origin.COMMAND_LINE, ""));
    }
    return this;
  }

  /**
   * {@return the value that counts, with {@code ${option}} replaced by that option's value}
   *
   * @param name of the option, without dashes
   */
  public Optional<Setting> get(String name) {
    Setting setting = byName.get(name);
    return setting == null ? Optional.empty() : Optional.of(resolved(setting));
  }

  /** {@return all values that count, by name} */
  public Collection<Setting> all() {
    return byName.values().stream().map(this::resolved).toList();
  }

  /**
   * {@return the variable that sets an option: {@code maxRejects} is HEALTHBEAM_MAX_REJECTS}
   *
   * @param option its name, without dashes
   */
  public static String variable(String option) {
    StringBuilder name = new StringBuilder(ENVIRONMENT_PREFIX);
    for (int i = 0; i < option.length(); i++) {
      char c = option.charAt(i);
      boolean startsWord =
          i > 0 && Character.isUpperCase(c) && !Character.isUpperCase(option.charAt(i - 1));
      if (startsWord) {
        name.append('_');
      }
      name.append(Character.toUpperCase(c));
    }
    return name.toString();
  }

  private void put(Setting setting) {
    Setting present = byName.get(setting.name());
    if (present == null || present.origin().compareTo(setting.origin()) <= 0) {
      byName.put(setting.name(), setting);
    }
  }

  private Setting resolved(Setting setting) {
    if (setting.origin() != Origin.PROFILE || !setting.value().contains("${")) {
      return setting;
    }
    String value =
        REFERENCE
            .matcher(setting.value())
            .replaceAll(
                m -> {
                  Setting other = byName.get(m.group(1));
                  return Matcher.quoteReplacement(other == null ? "" : other.value());
                });
    return new Setting(setting.name(), value, setting.origin(), setting.place());
  }

  private void requireKnown(String name, String sentence, String prefix) throws ConfigException {
    if (!known.contains(name)) {
      throw new ConfigException(
          sentence
              + (prefix.isEmpty() ? ", which is no option" : "")
              + NearestName.hint(prefix, name, known));
    }
  }
}
