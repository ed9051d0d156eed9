package org.healthbeam.transforms.code;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.values.Row;
import org.healthbeam.core.code.Answer;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.Condition;
import org.healthbeam.core.code.MapDiff;
import org.healthbeam.core.code.MapId;
import org.healthbeam.core.code.Property;
import org.healthbeam.core.code.Relationship;
import org.healthbeam.core.code.Translation;
import org.healthbeam.core.code.TranslationOutcome;
import org.healthbeam.core.code.TranslationReason;
import org.healthbeam.core.fhir.CodingInResource;

/**
 * What code mapping answers, as rows: the columns of {@code translations.tsv} by the same names,
 * with all answers of a coding in one array. What is absent is the empty string, as in the values.
 */
final class CodeRows {
  static final Schema CODING =
      Schema.builder()
          .addStringField("system")
          .addStringField("version")
          .addStringField("code")
          .addStringField("display")
          .build();

  private static final Schema PROPERTY =
      Schema.builder()
          .addStringField("name")
          .addStringField("system")
          .addStringField("value")
          .addStringField("display")
          .addStringField("value_set")
          .build();

  static final Schema ANSWER =
      Schema.builder()
          .addStringField("target_system")
          .addStringField("target_version")
          .addStringField("target_code")
          .addStringField("target_display")
          .addStringField("relationship")
          .addStringField("map_url")
          .addStringField("map_version")
          .addStringField("asked_url")
          .addStringField("asked_version")
          .addStringField("condition")
          .addStringField("target_value_set")
          .addArrayField("depends_on", FieldType.row(PROPERTY))
          .addArrayField("products", FieldType.row(PROPERTY))
          .addStringField("comment")
          .addBooleanField("fallback")
          .build();

  private static final Schema TAKEN_OR_NOT =
      Schema.builder().addFields(ANSWER.getFields()).addBooleanField("accepted").build();

  static final Schema TRANSLATION =
      Schema.builder()
          .addStringField("source_system")
          .addStringField("source_version")
          .addStringField("source_code")
          .addStringField("source_display")
          .addStringField("system")
          .addStringField("outcome")
          .addStringField("reason")
          .addArrayField("answers", FieldType.row(TAKEN_OR_NOT))
          .addStringField("maps")
          .build();

  static final Schema PLACED =
      Schema.builder()
          .addStringField("resource_type")
          .addStringField("resource_id")
          .addStringField("path")
          .addFields(TRANSLATION.getFields())
          .addStringField("source")
          .addStringField("position")
          .build();

  static final Schema COVERAGE =
      Schema.builder()
          .addStringField("system")
          .addStringField("outcome")
          .addInt64Field("n")
          .build();

  static final Schema COUNT =
      Schema.builder()
          .addStringField("resource_type")
          .addFields(TRANSLATION.getFields())
          .addInt64Field("n")
          .build();

  static final Schema CHANGE =
      Schema.builder()
          .addStringField("resource_type")
          .addRowField("before", TRANSLATION)
          .addRowField("after", TRANSLATION)
          .addInt64Field("n")
          .addStringField("when")
          .build();

  private CodeRows() {}

  static Row row(Coding coding) {
    return Row.withSchema(CODING).attachValues(new ArrayList<>(values(coding)));
  }

  static Coding coding(Row row) {
    return coding(row, "system", "version", "code", "display");
  }

  static Row row(Answer answer) {
    return Row.withSchema(ANSWER).attachValues(values(answer));
  }

  static Answer answer(Row row) {
    return new Answer(
        coding(row, "target_system", "target_version", "target_code", "target_display"),
        Relationship.fromR5(row.getString("relationship")),
        new MapId(row.getString("map_url"), row.getString("map_version")),
        new MapId(row.getString("asked_url"), row.getString("asked_version")),
        Condition.fromCode(row.getString("condition")),
        new Answer.Detail(
            row.getString("target_value_set"),
            properties(row.getArray("depends_on")),
            properties(row.getArray("products")),
            row.getString("comment")),
        row.getBoolean("fallback"));
  }

  static Row row(Translation translation) {
    return Row.withSchema(TRANSLATION).attachValues(values(translation));
  }

  static Translation translation(Row row) {
    Collection<Row> rows = row.getArray("answers");
    List<Answer> answers = new ArrayList<>(rows.size());
    List<Answer> others = new ArrayList<>(rows.size());
    rows.forEach(each -> (each.getBoolean("accepted") ? answers : others).add(answer(each)));
    int accepted = answers.size();
    answers.addAll(others);
    return new Translation(
        coding(row, "source_system", "source_version", "source_code", "source_display"),
        row.getString("system"),
        TranslationOutcome.fromCode(row.getString("outcome")),
        TranslationReason.fromCode(row.getString("reason")),
        answers,
        accepted,
        row.getString("maps"));
  }

  static Row row(PlacedTranslation placed) {
    List<Object> values = new ArrayList<>(PLACED.getFieldCount());
    values.add(placed.coding().resourceType());
    values.add(placed.coding().resourceId());
    values.add(placed.coding().path());
    values.addAll(values(placed.translation()));
    values.add(placed.source());
    values.add(placed.position());
    return Row.withSchema(PLACED).attachValues(values);
  }

  static PlacedTranslation placed(Row row) {
    return new PlacedTranslation(
        row.getString("source"),
        row.getString("position"),
        new CodingInResource(
            row.getString("resource_type"),
            row.getString("resource_id"),
            row.getString("path"),
            translation(row)));
  }

  static Row row(Coverage coverage) {
    return Row.withSchema(COVERAGE)
        .attachValues(coverage.system(), coverage.outcome().code(), coverage.n());
  }

  static Coverage coverage(Row row) {
    return new Coverage(
        row.getString("system"),
        TranslationOutcome.fromCode(row.getString("outcome")),
        row.getInt64("n"));
  }

  static Row row(CodeCount count) {
    List<Object> values = new ArrayList<>(COUNT.getFieldCount());
    values.add(count.resourceType());
    values.addAll(values(count.translation()));
    values.add(count.n());
    return Row.withSchema(COUNT).attachValues(values);
  }

  static CodeCount count(Row row) {
    return new CodeCount(row.getString("resource_type"), translation(row), row.getInt64("n"));
  }

  static Row row(CodeChange change) {
    return Row.withSchema(CHANGE)
        .attachValues(
            change.resourceType(),
            row(change.before()),
            row(change.after()),
            change.n(),
            change.when().code());
  }

  static CodeChange change(Row row) {
    return new CodeChange(
        row.getString("resource_type"),
        translation(row.getRow("before")),
        translation(row.getRow("after")),
        row.getInt64("n"),
        MapDiff.When.fromCode(row.getString("when")));
  }

  private static List<String> values(Coding coding) {
    return List.of(coding.system(), coding.version(), coding.code(), coding.display());
  }

  private static Coding coding(
      Row row, String system, String version, String code, String display) {
    return new Coding(
        row.getString(system), row.getString(version), row.getString(code), row.getString(display));
  }

  private static List<Object> values(Answer answer) {
    List<Object> values = new ArrayList<>(TAKEN_OR_NOT.getFieldCount());
    values.addAll(values(answer.target()));
    values.add(answer.relationship().code());
    values.add(answer.map().url());
    values.add(answer.map().version());
    values.add(answer.asked().url());
    values.add(answer.asked().version());
    values.add(answer.condition().code());
    values.add(answer.detail().valueSet());
    values.add(rows(answer.detail().dependsOn()));
    values.add(rows(answer.detail().products()));
    values.add(answer.detail().comment());
    values.add(answer.fallback());
    return values;
  }

  private static List<Row> rows(List<Property> properties) {
    return properties.stream()
        .map(
            p ->
                Row.withSchema(PROPERTY)
                    .attachValues(p.name(), p.system(), p.value(), p.display(), p.valueSet()))
        .toList();
  }

  private static List<Property> properties(Collection<Row> rows) {
    return rows.stream()
        .map(
            row ->
                new Property(
                    row.getString("name"),
                    row.getString("system"),
                    row.getString("value"),
                    row.getString("display"),
                    row.getString("value_set")))
        .toList();
  }

  private static List<Object> values(Translation translation) {
    List<Object> values = new ArrayList<>(TRANSLATION.getFieldCount());
    values.addAll(values(translation.source()));
    values.add(translation.system());
    values.add(translation.outcome().code());
    values.add(translation.reason().code());
    List<Row> answers = new ArrayList<>(translation.answers().size());
    for (int i = 0; i < translation.answers().size(); i++) {
      List<Object> answer = values(translation.answers().get(i));
      answer.add(i < translation.accepted());
      answers.add(Row.withSchema(TAKEN_OR_NOT).attachValues(answer));
    }
    values.add(answers);
    values.add(translation.maps());
    return values;
  }
}
