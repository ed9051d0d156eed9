package org.healthbeam.pipelines.mapcodes;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.List;
import org.healthbeam.core.code.Answer;
import org.healthbeam.core.code.Condition;
import org.healthbeam.core.code.OmopConcept;
import org.healthbeam.core.code.Property;
import org.healthbeam.core.code.Translation;
import org.healthbeam.core.fhir.CodingInResource;
import org.healthbeam.io.table.Columns;
import org.healthbeam.io.table.TsvLine;

/**
 * The rows of {@code translations.tsv}: one for each answer to a coding, and one with empty target
 * columns for a coding that got none. A target that depends on a property has no relationship: it
 * is not known to have one.
 */
final class TranslationRows {
  static final Columns TABLE =
      Columns.none()
          .text("resource_type,resource_id,path")
          .text("source_system,source_version,source_code,source_display,outcome")
          .text("target_system,target_version,target_code,target_display,relationship")
          .text("map_url,map_version,source,position,reason")
          .flag("taken,fallback")
          .text("condition,asked_url,asked_version,depends_on,products,comment")
          .text("concept_id,domain_id,cdm_table,source_concept_id,value_as_concept_id")
          .text("maps");

  static final List<String> COLUMNS = TABLE.names();

  /** What OMOP says of a target, in the order of its columns. */
  private static final List<String> OMOP =
      List.of(
          OmopConcept.CONCEPT_ID,
          OmopConcept.DOMAIN_ID,
          OmopConcept.CDM_TABLE,
          OmopConcept.SOURCE_CONCEPT_ID,
          OmopConcept.VALUE_AS_CONCEPT_ID);

  private static final int TARGET_COLUMNS = 7;
  private static final int ANSWER_COLUMNS = 13;

  private TranslationRows() {}

  /** Returns what a person reads of a target: of a value set its canonical URL. */
  static String display(Answer answer) {
    return answer.detail().valueSet().isEmpty()
        ? answer.target().display()
        : answer.detail().valueSet();
  }

  /** Adds the rows of one coding, each with its end. */
  static void add(TsvLine lines, String source, String position, CodingInResource coding) {
    Translation translation = coding.translation();
    List<Answer> answers = translation.answers();
    if (answers.isEmpty()) {
      begin(lines, coding);
      addMissing(lines, TARGET_COLUMNS);
      place(lines, source, position, translation);
      addMissing(lines, ANSWER_COLUMNS);
      lines.add(translation.maps()).next();
    }
    for (int i = 0; i < answers.size(); i++) {
      Answer answer = answers.get(i);
      begin(lines, coding);
      lines
          .add(answer.target().system())
          .add(answer.target().version())
          .add(answer.target().code())
          .add(display(answer))
          .add(answer.condition() == Condition.UNKNOWN ? "" : answer.relationship().code())
          .add(answer.map().url())
          .add(answer.map().version());
      place(lines, source, position, translation);
      lines.add(i < translation.accepted()).add(answer.fallback());
      addDetail(lines, answer);
      // The answer names its map.
      lines.addMissing().next();
    }
  }

  private static void begin(TsvLine lines, CodingInResource coding) {
    Translation translation = coding.translation();
    lines
        .add(coding.resourceType())
        .add(coding.resourceId())
        .add(coding.path())
        .add(translation.source().system())
        .add(translation.source().version())
        .add(translation.source().code())
        .add(translation.source().display())
        .add(translation.outcome().code());
  }

  private static void place(
      TsvLine lines, String source, String position, Translation translation) {
    lines.add(source).add(position).add(translation.reason().code());
  }

  private static void addDetail(TsvLine lines, Answer answer) {
    lines.add(answer.condition() == Condition.NONE ? "" : answer.condition().code());
    boolean direct = answer.asked().equals(answer.map());
    lines.add(direct ? "" : answer.asked().url()).add(direct ? "" : answer.asked().version());
    Answer.Detail detail = answer.detail();
    lines.add(json(detail.dependsOn())).add(json(detail.products())).add(detail.comment());
    boolean isConcept = answer.target().system().equals(OmopConcept.SYSTEM);
    for (String name : OMOP) {
      lines.add(
          isConcept && name.equals(OmopConcept.CONCEPT_ID)
              ? answer.target().code()
              : values(detail.products(), name));
    }
  }

  private static void addMissing(TsvLine lines, int n) {
    for (int i = 0; i < n; i++) {
      lines.addMissing();
    }
  }

  /** Returns the values of the properties of one name, most often none or one. */
  private static String values(List<Property> properties, String name) {
    String values = "";
    for (Property each : properties) {
      if (each.name().equals(name)) {
        values = values.isEmpty() ? each.value() : values + "," + each.value();
      }
    }
    return values;
  }

  /** Returns properties as a JSON array of objects; none as nothing. */
  private static String json(List<Property> properties) {
    if (properties.isEmpty()) {
      return "";
    }
    StringBuilder json = new StringBuilder();
    for (Property each : properties) {
      json.append(json.isEmpty() ? "[{" : ",{");
      add("name", each.name(), json);
      add("system", each.system(), json);
      add("value", each.value(), json);
      add("display", each.display(), json);
      add("valueSet", each.valueSet(), json);
      json.append('}');
    }
    return json.append(']').toString();
  }

  /** Adds a member to an object of which the brace is there; none for empty text. */
  static void add(String name, String text, StringBuilder json) {
    if (!text.isEmpty()) {
      json.append(json.charAt(json.length() - 1) == '{' ? "\"" : ",\"")
          .append(name)
          .append("\":\"");
      JsonStringEncoder.getInstance().quoteAsString(text, json);
      json.append('"');
    }
  }
}
