package org.healthbeam.core.fhir;

import java.util.List;

/**
 * A record with target codings added.
 *
 * @param json the record on one line, in UTF-8; nobody may change it
 * @param codings every coding of the record, in the order of the file
 */
@SuppressWarnings("ArrayRecordComponent")
public record TranslatedRecord(byte[] json, List<CodingInResource> codings) {

  public TranslatedRecord {
    codings = List.copyOf(codings);
  }
}
