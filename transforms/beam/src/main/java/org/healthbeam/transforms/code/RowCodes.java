package org.healthbeam.transforms.code;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import javax.annotation.Nullable;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.values.Row;
import org.healthbeam.core.code.Answer;
import org.healthbeam.core.code.Circumstances;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.code.Translation;

/** The groups of columns of {@link MapRowCodes}, found in one schema. */
record RowCodes(
    Schema schema, List<Group> groups, @Nullable RowColumn id, RowCircumstances circumstances)
    implements CodingsMapper<Row, Row> {
  private static final Schema TARGET =
      Schema.builder()
          .addStringField("system")
          .addStringField("version")
          .addStringField("code")
          .addStringField("display")
          .addStringField("relationship")
          .build();
  private static final Schema TARGET_OF_ARRAY =
      Schema.builder().addInt32Field("position").addFields(TARGET.getFields()).build();
  private static final List<String> ONE_TARGET =
      List.of("target_system", "target_version", "target_code", "target_display", "relationship");

  /** One group of columns; those that it does not have are null. */
  record Group(
      CodeColumns columns,
      RowColumn code,
      @Nullable RowColumn system,
      @Nullable RowColumn version,
      @Nullable RowColumn display)
      implements Serializable {

    boolean toOneTarget() {
      return columns.oneTarget;
    }
  }

  /**
   * Finds the columns.
   *
   * @throws IllegalArgumentException with a sentence that names the column
   */
  static RowCodes in(
      Schema input,
      List<CodeColumns> columns,
      String idColumn,
      RowCircumstances circumstances,
      SeveralTargets policy) {
    Schema.Builder output = Schema.builder().addFields(input.getFields());
    List<String> names = new ArrayList<>(input.getFieldNames());
    List<Group> groups = new ArrayList<>();
    for (CodeColumns each : columns) {
      Group group = group(input, each, policy);
      groups.add(group);
      for (Schema.Field field : added(group)) {
        if (names.contains(field.getName())) {
          throw new IllegalArgumentException(
              "The rows have a column '%s' already; give the group of '%s' another prefix"
                  .formatted(field.getName(), each.code));
        }
        names.add(field.getName());
        output.addField(field);
      }
    }
    return new RowCodes(
        output.setOptions(input.getOptions()).build(),
        List.copyOf(groups),
        idColumn.isEmpty() ? null : RowColumn.ofIdentifiers(input, idColumn),
        circumstances);
  }

  private static Group group(Schema input, CodeColumns columns, SeveralTargets policy) {
    if (columns.system.isEmpty() && columns.systemColumn.isEmpty()) {
      throw new IllegalArgumentException(
          "Column '%s' has no system; call inSystem or systemFrom".formatted(columns.code));
    }
    if (columns.oneTarget && policy == SeveralTargets.ALL) {
      throw new IllegalArgumentException(
          "The group of '%s' takes one target and the policy all; leave out one of the two"
              .formatted(columns.code));
    }
    RowColumn code = RowColumn.ofText(input, columns.code);
    return new Group(
        columns,
        code,
        beside(input, code, columns.systemColumn),
        beside(input, code, columns.versionColumn),
        beside(input, code, columns.displayColumn));
  }

  @Nullable
  private static RowColumn beside(Schema input, RowColumn code, String name) {
    if (name.isEmpty()) {
      return null;
    }
    RowColumn column = RowColumn.ofText(input, name);
    if (column.isArray() && !code.isArray()) {
      throw new IllegalArgumentException(
          "Column '%s' is an array and the column of its codes, '%s', is not"
              .formatted(name, code.name()));
    }
    return column;
  }

  private static List<Schema.Field> added(Group group) {
    List<Schema.Field> fields = new ArrayList<>();
    String prefix = group.columns().prefix;
    FieldType text = FieldType.STRING.withNullable(true);
    FieldType each = group.code().isArray() ? FieldType.array(text) : text;
    fields.add(Schema.Field.of(prefix + "outcome", each));
    if (group.toOneTarget()) {
      ONE_TARGET.forEach(name -> fields.add(Schema.Field.of(prefix + name, each)));
    } else {
      Schema target = group.code().isArray() ? TARGET_OF_ARRAY : TARGET;
      fields.add(Schema.Field.of(prefix + "targets", FieldType.array(FieldType.row(target))));
    }
    return fields;
  }

  @Override
  public Row map(Row row, Lookup lookup) {
    return map(row, "", "", lookup);
  }

  /** As {@link #map(Row, Lookup)}, of a row whose place is known. */
  Row map(Row row, String source, String position, Lookup lookup) {
    List<Object> values = new ArrayList<>(schema.getFieldCount());
    for (int i = 0; i < row.getFieldCount(); i++) {
      // A row over an object of the author's: getValues() would give its fields as they are there.
      values.add(row.getValue(i));
    }
    Place place = new Place(source, position, "", id == null ? "" : id.text(row), "");
    Circumstances known = circumstances.of(row);
    for (Group group : groups) {
      List<Translation> translations = translations(group, row, place, known, lookup);
      add(values, group, translations, t -> t == null ? null : t.outcome().code());
      if (group.toOneTarget()) {
        addOneTarget(values, group, translations);
      } else {
        values.add(targets(group, translations));
      }
    }
    return Row.withSchema(schema).attachValues(values);
  }

  /** {@return a translation for each code of the column; null where there is none} */
  private static List<Translation> translations(
      Group group, Row row, Place place, Circumstances known, Lookup lookup) {
    boolean isArray = group.code().isArray();
    List<String> codes = isArray ? group.code().texts(row) : List.of(group.code().text(row));
    List<String> systems = besides(group.system(), row, codes.size(), group.columns().system);
    List<String> versions = besides(group.version(), row, codes.size(), "");
    List<String> displays = besides(group.display(), row, codes.size(), "");
    List<Translation> translations = new ArrayList<>(codes.size());
    for (int i = 0; i < codes.size(); i++) {
      String name = group.code().name();
      translations.add(
          codes.get(i).isEmpty()
              ? null
              : lookup.translate(
                  new Coding(systems.get(i), versions.get(i), codes.get(i), displays.get(i)),
                  place.at(isArray ? name + "[" + i + "]" : name),
                  known));
    }
    return translations;
  }

  /**
   * {@return what stands beside n codes; an array that is too short has nothing beside the rest}
   */
  private static List<String> besides(
      @Nullable RowColumn column, Row row, int n, String otherwise) {
    if (column == null || !column.isArray()) {
      return Collections.nCopies(n, column == null ? otherwise : column.text(row));
    }
    List<String> texts = column.texts(row);
    while (texts.size() < n) {
      texts.add("");
    }
    return texts;
  }

  private static void addOneTarget(
      List<Object> values, Group group, List<Translation> translations) {
    List<Answer> targets = new ArrayList<>(translations.size());
    for (Translation translation : translations) {
      targets.add(translation == null ? null : target(translation, group.columns().targetSystem));
    }
    add(values, group, targets, a -> a == null ? null : a.target().system());
    add(values, group, targets, a -> a == null ? null : a.target().version());
    add(values, group, targets, a -> a == null ? null : a.target().code());
    add(values, group, targets, a -> a == null ? null : a.target().display());
    add(values, group, targets, a -> a == null ? null : a.relationship().code());
  }

  /** Adds one column: a text, or an array of texts. */
  private static <E> void add(
      List<Object> values, Group group, List<E> each, Function<E, String> column) {
    if (!group.code().isArray()) {
      values.add(column.apply(each.get(0)));
      return;
    }
    List<String> texts = new ArrayList<>(each.size());
    each.forEach(e -> texts.add(column.apply(e)));
    values.add(texts);
  }

  /**
   * {@return the one target, as it is said first; null for several, each of which would be half of
   * the answer}
   *
   * @param system in which it is; empty if in any
   */
  @Nullable
  private static Answer target(Translation translation, String system) {
    Answer only = null;
    for (Answer answer : translation.acceptedAnswers()) {
      if (system.isEmpty() || answer.target().system().equals(system)) {
        if (only != null && !isSameTarget(only, answer)) {
          return null;
        }
        only = only == null ? answer : only;
      }
    }
    return only;
  }

  private static boolean isSameTarget(Answer one, Answer other) {
    return one.target().code().equals(other.target().code())
        && one.target().system().equals(other.target().system());
  }

  private static List<Row> targets(Group group, List<Translation> translations) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < translations.size(); i++) {
      if (translations.get(i) == null) {
        continue;
      }
      for (Answer answer : translations.get(i).acceptedTargets()) {
        Row.Builder row = Row.withSchema(group.code().isArray() ? TARGET_OF_ARRAY : TARGET);
        if (group.code().isArray()) {
          row.addValue(i);
        }
        rows.add(
            row.addValues(
                    answer.target().system(),
                    answer.target().version(),
                    answer.target().code(),
                    answer.target().display(),
                    answer.relationship().code())
                .build());
      }
    }
    return rows;
  }
}
