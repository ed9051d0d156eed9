package org.healthbeam.core.vital.read;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the columns of a table of vital signs are called.
 *
 * <p>The five are {@code subject}, {@code time}, {@code kind_or_code}, {@code value} and {@code
 * unit}; a table may lack {@code unit}. Four more are read only where they are named: {@code
 * status} (as of a FHIR Observation: {@code corrected}, {@code entered-in-error} …), {@code id} of
 * the observation, {@code issued}, a time or a number by which its versions follow one another, and
 * {@code received}, a time that no result depends on and by which delays are told. Names are
 * compared without regard to case.
 */
public final class CsvColumns implements Serializable {
  private static final long serialVersionUID = 1L;

  static final String SUBJECT = "subject";
  static final String TIME = "time";
  static final String KIND = "kind_or_code";
  static final String VALUE = "value";
  static final String UNIT = "unit";

  static final String STATUS = "status";
  static final String ID = "id";
  static final String ISSUED = "issued";
  static final String RECEIVED = "received";

  private static final List<String> OPTIONAL = List.of(STATUS, ID, ISSUED, RECEIVED);

  /** The published names of the columns. */
  public static final List<String> NAMES = List.of(SUBJECT, TIME, KIND, VALUE, UNIT);

  private final Map<String, String> inFile;

  private CsvColumns(Map<String, String> inFile) {
    this.inFile = inFile;
  }

  /** {@return the columns under their published names} */
  public static CsvColumns standard() {
    Map<String, String> names = new LinkedHashMap<>();
    NAMES.forEach(name -> names.put(name, name));
    return new CsvColumns(names);
  }

  /**
   * {@return the columns of which some are called otherwise, from texts like {@code
   * subject=hospitalization_id}}
   *
   * @param renamings each {@code NAME=COLUMN}; those that are not renamed keep their names
   * @throws IllegalArgumentException if a text has another form or names none of the columns
   */
  public static CsvColumns renamed(List<String> renamings) {
    CsvColumns result = standard();
    for (String renaming : renamings) {
      int at = renaming.indexOf('=');
      String name = at < 0 ? renaming : renaming.substring(0, at).strip();
      if (at < 0
          || at == renaming.length() - 1
          || !(NAMES.contains(name) || OPTIONAL.contains(name))) {
        throw new IllegalArgumentException(
            "'%s' is not NAME=COLUMN with a NAME of %s"
                .formatted(
                    renaming, String.join(", ", NAMES) + ", " + String.join(", ", OPTIONAL)));
      }
      result.inFile.put(name, renaming.substring(at + 1).strip());
    }
    return result;
  }

  /** {@return the header line of a row that has all columns, in the order of {@link #NAMES}} */
  public String standardRow() {
    return NAMES.stream().map(this::inFile).collect(java.util.stream.Collectors.joining(","));
  }

  /** {@return the name in the file of a column with this published name; empty if not read} */
  String inFile(String name) {
    return inFile.getOrDefault(name, "");
  }
}
