package org.healthbeam.core.code.read;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapSink;

/** A small vocabulary as Athena would give it out. */
final class OmopText {
  static final String ALWAYS = "19700101\t20991231\t";

  private final List<String> concepts = new ArrayList<>();
  private final List<String> relationships = new ArrayList<>();
  private final Map<String, byte[]> others = new LinkedHashMap<>();

  /** A file in memory. */
  @SuppressWarnings("ArrayRecordComponent")
  record Bytes(String path, byte[] content) implements MapSource {
    @Override
    public String version() {
      return "v" + Arrays.hashCode(content);
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(content);
    }
  }

  /** A code with two targets, of which no mapping is said yet. */
  static OmopText albumin() {
    return new OmopText()
        .source(1, "ICD10", "R77.0", "Abnormality of albumin")
        .standard(2, "SNOMED", "26758005", "Measurement", "Albumin measurement")
        .standard(3, "SNOMED", "263654008", "Spec Disease Status", "Abnormal");
  }

  /** A code that maps to two targets together. */
  static OmopText embolism() {
    return new OmopText()
        .source(1, "ICD10", "I26.0", "Pulmonary embolism with mention of acute cor pulmonale")
        .standard(440417, "SNOMED", "59282003", "Condition", "Pulmonary embolism")
        .standard(312927, "SNOMED", "49584005", "Condition", "Acute cor pulmonale")
        .mapsTo(1, 440417)
        .mapsTo(1, 312927);
  }

  OmopText standard(int id, String vocabulary, String code, String domain, String name) {
    return concept(id, vocabulary, code, domain, name, "S", ALWAYS);
  }

  OmopText source(int id, String vocabulary, String code, String name) {
    return concept(id, vocabulary, code, "Condition", name, "", ALWAYS);
  }

  /**
   * @param validity first day, last day and invalid_reason with tabs between
   */
  OmopText concept(
      int id,
      String vocabulary,
      String code,
      String domain,
      String name,
      String standard,
      String validity) {
    concepts.add(
        String.join("\t", "" + id, name, domain, vocabulary, "Any", standard, code, validity));
    return this;
  }

  OmopText mapsTo(int source, int target) {
    return relationship(source, target, "Maps to", ALWAYS);
  }

  OmopText relationship(int source, int target, String relationship, String validity) {
    relationships.add(String.join("\t", "" + source, "" + target, relationship, validity));
    return this;
  }

  OmopText file(String name, String content) {
    return file(name, content.getBytes(StandardCharsets.UTF_8));
  }

  OmopText file(String name, byte[] content) {
    others.put(name, content);
    return this;
  }

  /** Returns the files; one that was given as it is replaces the one of rows. */
  List<Bytes> files() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(
        "CONCEPT.csv",
        text(
            "concept_id\tconcept_name\tdomain_id\tvocabulary_id\tconcept_class_id"
                + "\tstandard_concept\tconcept_code\tvalid_start_date\tvalid_end_date"
                + "\tinvalid_reason",
            concepts));
    files.put(
        "CONCEPT_RELATIONSHIP.csv",
        text(
            "concept_id_1\tconcept_id_2\trelationship_id\tvalid_start_date\tvalid_end_date"
                + "\tinvalid_reason",
            relationships));
    files.putAll(others);
    List<Bytes> result = new ArrayList<>();
    files.forEach((name, content) -> result.add(new Bytes("vocabulary/" + name, content)));
    return result;
  }

  void tell(MapSink sink) throws InvalidMapException, IOException {
    MapFiles.tell(files(), sink);
  }

  private static byte[] text(String header, List<String> rows) {
    StringBuilder text = new StringBuilder(header).append('\n');
    rows.forEach(row -> text.append(row).append('\n'));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
