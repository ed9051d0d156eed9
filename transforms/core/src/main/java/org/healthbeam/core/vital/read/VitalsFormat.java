package org.healthbeam.core.vital.read;

import java.io.Serializable;
import java.time.ZoneId;
import org.healthbeam.core.outcome.InputRecord;

/** Reads the vital signs in the records of one format. */
@FunctionalInterface
public interface VitalsFormat extends Serializable {
  /**
   * Adds what a record holds.
   *
   * @param record one document, row or message
   * @param kinds which codes are vital signs
   * @param zone the zone of times that name none
   * @param into takes the readings, and why others are none
   */
  void parse(InputRecord record, KindCodes kinds, ZoneId zone, ParsedVitals into);
}
