package org.healthbeam.core.fhir;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A record with target codings added.
 *
 * @param json the record on one line, in UTF-8; nobody may change it
 * @param codings every coding of the record, in the order of the file
 */
@SuppressWarnings("ArrayRecordComponent")
public record TranslatedRecord(byte[] json, List<CodingInResource> codings) {

  /**
   * Takes a copy of the codings; the bytes are not copied.
   *
   * @param json the record on one line, in UTF-8; nobody may change it
   * @param codings every coding of the record, in the order of the file
   */
  public TranslatedRecord {
    codings = List.copyOf(codings);
  }

  /**
   * {@return the same codings by the concepts that they stand in: those of one CodeableConcept
   * together, in their order, and each Coding that stands alone by itself}
   */
  public Collection<List<CodingInResource>> concepts() {
    Map<String, List<CodingInResource>> concepts = new LinkedHashMap<>();
    for (CodingInResource each : codings) {
      String path = each.path();
      int index = path.lastIndexOf('[');
      boolean inConcept = index > 0 && path.endsWith("]") && path.startsWith(".coding", index - 7);
      concepts
          .computeIfAbsent(inConcept ? path.substring(0, index) : path, c -> new ArrayList<>(2))
          .add(each);
    }
    return concepts.values();
  }
}
