package org.healthbeam.pipelines.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.annotation.Nullable;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.Field;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.schemas.transforms.SchemaTransform;
import org.apache.beam.sdk.schemas.transforms.SchemaTransformProvider;
import org.apache.beam.sdk.values.PCollectionRowTuple;
import org.apache.beam.sdk.values.Row;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.pipelines.option.OptionCatalog;
import org.healthbeam.pipelines.option.OptionDescription;
import org.healthbeam.pipelines.run.HealthOptions;
import org.healthbeam.transforms.outcome.Rejects;

/**
 * A SchemaTransform that is configured by options of a command, under their names in snake case:
 * what an option says of itself there is what the field says of itself here, and what it refuses is
 * refused with the same sentence.
 */
abstract class OptionsProvider<O extends HealthOptions> implements SchemaTransformProvider {
  /** Beam's convention: where a row with the name of the output of rejects stands. */
  static final String ERROR_HANDLING = "error_handling";

  private static final Pattern OPTION = Pattern.compile("--([a-zA-Z0-9]+)");

  private static final Schema ERRORS =
      Schema.of(
          Field.of("output", FieldType.STRING)
              .withDescription("The name of the output that takes what was rejected."));

  private final String name;
  private final Class<O> options;
  private final Map<String, OptionDescription> fields;
  private final List<String> required;
  private final boolean rejects;

  /**
   * Takes a command's options.
   *
   * @param name the command, in snake case
   * @param required options without which there is nothing to do
   * @param optional the other options that it has here
   * @param rejects whether anything can be rejected
   */
  OptionsProvider(
      String name,
      Class<O> options,
      List<String> required,
      List<String> optional,
      boolean rejects) {
    this.name = name;
    this.options = options;
    this.required = required;
    this.rejects = rejects;
    Map<String, OptionDescription> all =
        OptionCatalog.of(options).stream()
            .collect(Collectors.toMap(OptionDescription::name, Function.identity()));
    this.fields =
        Stream.concat(required.stream(), optional.stream())
            .map(all::get)
            .collect(
                Collectors.toMap(
                    option -> snake(option.name()),
                    Function.identity(),
                    (one, other) -> one,
                    LinkedHashMap::new));
  }

  static String snake(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  @Override
  public final String identifier() {
    return "healthbeam:schematransform:" + name + ":v1";
  }

  @Override
  public final Schema configurationSchema() {
    Schema.Builder schema = Schema.builder();
    fields.forEach(
        (field, option) ->
            schema.addField(
                Field.of(field, type(option))
                    .withNullable(!required.contains(option.name()))
                    .withDescription(description(option))));
    if (rejects) {
      schema.addField(
          Field.nullable(ERROR_HANDLING, FieldType.row(ERRORS))
              .withDescription(
                  "Where what is rejected goes; without it the first reject fails the pipeline."));
    }
    return schema.build();
  }

  private static FieldType type(OptionDescription option) {
    FieldType one = option.isSwitch() ? FieldType.BOOLEAN : FieldType.STRING;
    return option.list() ? FieldType.array(one) : one;
  }

  /** Returns what the option says of itself, with the names of others as they are here. */
  private String description(OptionDescription option) {
    String said = told(option.name()).orElse(option.description());
    String here = OPTION.matcher(said).replaceAll(match -> snake(match.group(1)));
    return option.defaultValue().isEmpty()
        ? here
        : here + " Default: " + option.defaultValue() + ".";
  }

  /** Returns what is to be said of an option here, where it is another thing than elsewhere. */
  Optional<String> told(String option) {
    return Optional.empty();
  }

  @Override
  public final SchemaTransform from(Row configuration) {
    List<String> arguments = new ArrayList<>();
    fields.forEach(
        (field, option) -> {
          Object value = configuration.getValue(field);
          if (value != null) {
            String text =
                value instanceof Collection<?> several
                    ? several.stream().map(Object::toString).collect(Collectors.joining(","))
                    : value.toString();
            arguments.add("--" + option.name() + "=" + option.checked(text));
          }
        });
    O given = PipelineOptionsFactory.fromArgs(arguments.toArray(String[]::new)).as(options);
    check(given);
    Row errors = rejects ? configuration.getRow(ERROR_HANDLING) : null;
    return new Configured<>(
        this, given, errors == null ? Optional.empty() : Optional.of(errors.getString("output")));
  }

  /**
   * Refuses what options may not say together; each has been looked at by itself.
   *
   * @throws IllegalArgumentException with a sentence
   */
  void check(O options) {}

  /**
   * Returns the outputs by name.
   *
   * @param rejects where rejects go; null if the first is to fail the pipeline
   */
  abstract PCollectionRowTuple expand(
      PCollectionRowTuple input, O options, @Nullable Rejects rejects);

  /** Returns where rejects go, with the key that hashes their payloads: one that nobody knows. */
  Rejects rejects(O options) {
    return Rejects.with(PayloadHash.salted());
  }

  private static final class Configured<O extends HealthOptions> extends SchemaTransform {
    private static final long serialVersionUID = 1L;

    private final transient OptionsProvider<O> provider;
    private final transient O options;
    private final transient Optional<String> errors;

    Configured(OptionsProvider<O> provider, O options, Optional<String> errors) {
      this.provider = provider;
      this.options = options;
      this.errors = errors;
    }

    @Override
    public PCollectionRowTuple expand(PCollectionRowTuple input) {
      Pipeline pipeline = input.getPipeline();
      if (errors.isEmpty()) {
        return provider.expand(input, options, null);
      }
      Rejects rejects = provider.rejects(options);
      PCollectionRowTuple outputs = provider.expand(input, options, rejects);
      return outputs.and(errors.get(), AsRows.of("rejects", rejects.all(pipeline)));
    }
  }
}
