package org.healthbeam.pipelines.option;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.healthbeam.config.Origin;
import org.healthbeam.config.Setting;
import org.healthbeam.config.Settings;

/**
 * What options say about their values: required, type, enum, regular expressions, and on which
 * value of another option they depend. The rules are those by which the Dataflow service checks the
 * parameters of a template.
 */
public final class OptionRules {
  /** Options that mean a place; an empty one is a variable of a script that was not set. */
  private static final Set<String> NEVER_EMPTY = Set.of("input", "output", "pseudonymKeyFile");

  private OptionRules() {}

  /**
   * Something wrong with an option's value.
   *
   * @param option which one
   * @param sentence what is wrong, and what would be right
   */
  public record Problem(OptionDescription option, String sentence) {

    /** {@return the sentence behind the words that a form shows for the option} */
    public String labelled() {
      return option.field().label() + ": " + sentence;
    }
  }

  /**
   * {@return all that is wrong, in the order of the options}
   *
   * @param options those that may be given
   * @param settings the values, each with where it is from
   */
  public static List<Problem> problems(List<OptionDescription> options, Settings settings) {
    List<Problem> problems = new ArrayList<>();
    for (OptionDescription option : options) {
      String sentence = problem(option, settings);
      if (!sentence.isEmpty()) {
        problems.add(new Problem(option, sentence));
      }
    }
    return problems;
  }

  private static String problem(OptionDescription option, Settings settings) {
    Optional<Setting> given = settings.get(option.name());
    if (given.isEmpty()) {
      return option.required()
          ? "--%s is missing. %s For example: --%s=%s"
              .formatted(option.name(), option.description(), option.name(), option.example())
          : "";
    }
    Setting setting = given.get();
    if (setting.value().isBlank() && (option.required() || NEVER_EMPTY.contains(option.name()))) {
      return "--%s is empty%s. %s For example: --%s=%s"
          .formatted(
              option.name(), place(setting), option.description(), option.name(), option.example());
    }
    if (setting.origin() == Origin.BUILT_IN) {
      return "";
    }
    try {
      option.checked(setting.value());
    } catch (IllegalArgumentException e) {
      return e.getMessage() + place(setting);
    }
    return misplaced(option, setting, settings);
  }

  /** A variable that is set for all runs may be of no account in one of them. */
  private static String misplaced(OptionDescription option, Setting setting, Settings settings) {
    String parent = option.field().parent();
    if (parent.isEmpty()
        // What a template or a manifest writes down for a batch, too, asks for nothing.
        || plain(setting.value()).equals(valueOfNone(option))
        || setting.origin().compareTo(Origin.PARAMETERS) < 0
        || settings
            .get(parent)
            .filter(p -> option.field().parentValues().contains(plain(p.value())))
            .isPresent()) {
      return "";
    }
    return "--%s needs --%s=%s%s"
        .formatted(
            option.name(),
            parent,
            String.join(" or ", option.field().parentValues()),
            place(setting));
  }

  private static String valueOfNone(OptionDescription option) {
    boolean off = option.isSwitch() && option.defaultValue().isEmpty();
    return off ? "false" : plain(option.defaultValue());
  }

  /** An enum may be typed as Java or as help writes it. */
  private static String plain(String value) {
    return value.trim().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * {@return where a value is from, in brackets; nothing for what was typed}
   *
   * @param setting a value, and where it is from
   */
  public static String place(Setting setting) {
    return setting.origin() == Origin.COMMAND_LINE ? "" : " (" + setting.from() + ")";
  }
}
