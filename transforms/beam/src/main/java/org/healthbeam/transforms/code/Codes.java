package org.healthbeam.transforms.code;

/**
 * Code mapping: the front door of this package.
 *
 * <pre>{@code
 * CodeMaps maps = CodeMaps.fromFiles(List.of("maps/"));
 * PCollectionTuple mapped = resources.apply("Map codes", Codes.map(maps).rejectedTo(rejects));
 * }</pre>
 */
public final class Codes {
  private Codes() {}

  /** Adds target codings to FHIR JSON; see {@link MapCodes}. */
  public static MapCodes map(CodeMaps maps) {
    return new MapCodes(maps);
  }

  /** Translates codings of one's own; see {@link TranslateCodings}. */
  public static TranslateCodings translate(CodeMaps maps) {
    return new TranslateCodings(maps);
  }

  /** Counts translations by source system and outcome; see {@link CountCoverage}. */
  public static CountCoverage coverage() {
    return new CountCoverage();
  }
}
