package org.healthbeam.templates.catalog;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.beam.sdk.options.PipelineOptions;
import org.healthbeam.pipelines.option.OptionCatalog;
import org.healthbeam.pipelines.option.OptionDescription;
import org.healthbeam.templates.annotations.Mode;
import org.healthbeam.templates.annotations.PipelineTemplate;

/** Looks for what options do not say, or say wrongly, about themselves. */
public final class TemplateFaults {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{2,59}");

  /** What Java's regular expressions can and RE2, by which services check, cannot. */
  private static final Pattern NOT_RE2 = Pattern.compile("\\(\\?[=!<>]|\\\\[1-9]|[*+?}]\\+");

  private final String of;
  private final List<String> faults = new ArrayList<>();

  private TemplateFaults(String of) {
    this.of = of;
  }

  /**
   * {@return a sentence for each fault of the options of a pipeline}
   *
   * @param options the interface of a pipeline's options
   */
  public static List<String> ofPipeline(Class<? extends PipelineOptions> options) {
    TemplateFaults found = new TemplateFaults(options.getName());
    PipelineTemplate said = options.getAnnotation(PipelineTemplate.class);
    if (said == null) {
      found.add("lacks @PipelineTemplate");
    } else {
      found.checkWords(said);
    }
    found.checkOptions(OptionCatalog.of(options));
    return found.faults;
  }

  /**
   * {@return a sentence for each fault of a template}
   *
   * @param options the interface of a template
   */
  public static List<String> ofTemplate(Class<? extends PipelineOptions> options) {
    TemplateFaults found = new TemplateFaults(options.getName());
    found.faults.addAll(ofPipeline(options));
    PipelineTemplate said = options.getAnnotation(PipelineTemplate.class);
    if (said != null) {
      found.checkTemplate(said, OptionCatalog.of(options));
    }
    return found.faults;
  }

  private void checkWords(PipelineTemplate said) {
    addIf(!NAME.matcher(said.name()).matches(), "has the name '" + said.name() + "'");
    addIf(said.displayName().isBlank(), "has no display name");
    addIf(said.description().isBlank(), "has no description");
  }

  private void checkTemplate(PipelineTemplate said, List<OptionDescription> options) {
    addIf(said.category().isBlank(), "has no category");
    addIf(said.mode() == Mode.BY_INPUT, "is neither batch nor streaming");
    addIf(
        (said.mode() == Mode.STREAMING) != (said.delivers().length > 0),
        "says how often elements of a stream count if and only if it is streaming: not so");
    Map<String, OptionDescription> byName = byName(options);
    Template.fixedValues(said)
        .forEach(
            (name, value) -> {
              OptionDescription option = byName.get(name);
              if (option == null) {
                add("fixes '" + name + "', which is no option");
              } else {
                checkValue(option, "fixed value", value);
              }
            });
    for (String name : said.without()) {
      OptionDescription option = byName.get(name);
      addIf(option == null, "is without '" + name + "', which is no option");
      addIf(option != null && option.required(), "is without '" + name + "', which is required");
    }
  }

  private void checkOptions(List<OptionDescription> options) {
    Map<String, OptionDescription> byName = byName(options);
    for (OptionDescription option : options) {
      String name = "option '" + option.name() + "' ";
      if (!option.field().annotated()) {
        add(name + "lacks @TemplateParameter");
        continue;
      }
      addIf(option.description().isBlank(), name + "lacks @Description");
      addIf(option.group().isBlank(), name + "has no group");
      addIf(option.field().label().isBlank(), name + "has no label");
      addIf(option.isSecret(), name + "would hold a secret; let it name a file");
      checkRegexes(option);
      addIf(option.example().isBlank(), name + "has no example");
      checkValue(option, "example", option.example());
      if (!option.defaultValue().isEmpty()) {
        checkValue(option, "default", option.defaultValue());
      }
      checkParent(option, byName);
    }
  }

  private void checkRegexes(OptionDescription option) {
    for (String regex : option.regexes()) {
      try {
        Pattern.compile(regex);
      } catch (PatternSyntaxException e) {
        add("option '" + option.name() + "' has no regular expression in " + regex);
      }
      addIf(
          NOT_RE2.matcher(regex).find(),
          "option '" + option.name() + "' has what RE2 cannot read in " + regex);
    }
  }

  private void checkParent(OptionDescription option, Map<String, OptionDescription> byName) {
    String parent = option.field().parent();
    String name = "option '" + option.name() + "' ";
    if (parent.isEmpty()) {
      addIf(!option.field().parentValues().isEmpty(), name + "has parent values and no parent");
      return;
    }
    addIf(option.field().parentValues().isEmpty(), name + "has a parent and none of its values");
    OptionDescription of = byName.get(parent);
    if (of == null) {
      add(name + "has the parent '" + parent + "', which is no option");
    } else {
      option.field().parentValues().forEach(v -> checkValue(of, "value for " + option.name(), v));
    }
  }

  private void checkValue(OptionDescription option, String what, String value) {
    try {
      option.checked(value);
    } catch (IllegalArgumentException e) {
      add("option '" + option.name() + "' has a wrong " + what + ": " + e.getMessage());
    }
  }

  private static Map<String, OptionDescription> byName(List<OptionDescription> options) {
    Map<String, OptionDescription> byName = new LinkedHashMap<>();
    options.forEach(o -> byName.put(o.name(), o));
    return byName;
  }

  private void addIf(boolean wrong, String fault) {
    if (wrong) {
      add(fault);
    }
  }

  private void add(String fault) {
    faults.add(of + " " + fault);
  }
}
