package org.healthbeam.core.code.read;

import java.io.IOException;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapId;
import org.healthbeam.core.code.MapSink;

/** What is normal in a vocabulary that was downloaded in part, or not, and left out: counted. */
final class OmopRemarks {
  /** Stands beside targets of which it is not known which one a value belongs to. */
  static final String UNASSIGNED =
      "Maps to value stands beside several Maps to; to which it belongs is not said";

  long lackConcept;
  long notStandard;
  long valueBesideSeveral;
  long valueAlone;
  long notCode;

  /** Only told: the number of the concept is known. */
  long unresolved;

  /** Tells a sink. */
  void tell(MapId map, String file, MapSink sink) throws InvalidMapException, IOException {
    remark(
        lackConcept,
        "relationships name a concept that CONCEPT lacks, and are left out",
        map,
        file,
        sink);
    remark(
        notStandard,
        "relationships map to a concept that is not standard, and are left out",
        map,
        file,
        sink);
    remark(
        valueBesideSeveral,
        "concepts have a Maps to value beside several Maps to, not told",
        map,
        file,
        sink);
    remark(
        valueAlone,
        "concepts have a Maps to value without a Maps to, and are left out",
        map,
        file,
        sink);
    remark(
        notCode,
        "mappings start from a concept_code that is not a code in FHIR, left out",
        map,
        file,
        sink);
    remark(unresolved, "mappings of one's own name a concept that CONCEPT lacks", map, file, sink);
  }

  private static void remark(long n, String what, MapId map, String file, MapSink sink)
      throws InvalidMapException, IOException {
    if (n > 0) {
      sink.remark(map, file, n + " " + what);
    }
  }
}
