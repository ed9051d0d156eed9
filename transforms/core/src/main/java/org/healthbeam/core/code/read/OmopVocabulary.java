package org.healthbeam.core.code.read;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapId;
import org.healthbeam.core.code.MapSink;

/**
 * Reads the vocabulary of OMOP as Athena gives it out: one map, of every source code to the
 * standard concepts that {@code Maps to} leads to. The files may have tens of millions of rows;
 * memory is bounded by about twenty bytes for each concept, the rest waits in temporary files.
 *
 * <ul>
 *   <li>Several {@code Maps to} of one source are taken together: n targets are n records. Of two
 *       concepts that have had the same code, one after the other, only one holds on a day; without
 *       a day they are two ways to read the code, and ambiguous.
 *   <li>A mapping holds on the days on which the relationship and both its concepts are valid;
 *       1970-01-01 and 2099-12-31 are no limits. Where no day is known it holds if neither the
 *       relationship nor the target has an {@code invalid_reason}.
 *   <li>{@code Maps to value} is a product of the one {@code Maps to} that holds at the same time.
 *       OMOP allows it beside a single one only; beside several it is not given to any.
 *   <li>{@code Maps to} says <i>equivalent or broader</i> and not which, so it is {@code
 *       related-to}; from a concept to itself it is {@code equivalent}.
 *   <li>Other relationships, as {@code Concept replaced by}, are no mappings.
 * </ul>
 *
 * <p>Source: OMOP CDM v5.4, tables CONCEPT, CONCEPT_RELATIONSHIP and VOCABULARY, and the page
 * <i>How the Vocabulary is Built</i>; HL7 FHIR to OMOP implementation guide.
 */
public final class OmopVocabulary {
  /** The map's canonical URL; its version is that of the release. */
  public static final String URL = "https://athena.ohdsi.org/maps-to";

  private static final byte[] RELEASE = "None".getBytes(StandardCharsets.ISO_8859_1);
  private static final int SHOWN_DIGITS = 12;

  private OmopVocabulary() {}

  /**
   * Tells a sink the mappings of a vocabulary, and those of one's own beside it.
   *
   * @param name of the folder
   * @param files CONCEPT, and CONCEPT_RELATIONSHIP or SOURCE_TO_CONCEPT_MAP or both; VOCABULARY
   *     names the version, else it is a digest
   * @param sink takes one map, and one for each vocabulary of one's own
   * @throws InvalidMapException with file and line, if a column is missing, a row is ragged, a
   *     number or a date is none, or a concept_id comes twice
   * @throws IOException if a file cannot be read, or a temporary one not written
   */
  public static void read(String name, Map<OmopTable, MapSource> files, MapSink sink)
      throws InvalidMapException, IOException {
    MapSource concept = files.get(OmopTable.CONCEPT);
    try (OmopConcepts concepts =
        Gunzip.reading(concept, plain -> OmopConcepts.read(plain, concept.path()))) {
      MapSource relationships = files.get(OmopTable.CONCEPT_RELATIONSHIP);
      if (relationships != null) {
        OmopRemarks remarks = new OmopRemarks();
        MapId map = new MapId(URL, version(files));
        OmopTeller teller = new OmopTeller(map, name, sink);
        try (MapsTo mapsTo =
            Gunzip.reading(
                relationships,
                plain -> MapsTo.read(plain, relationships.path(), concepts, remarks))) {
          mapsTo.tell(teller);
        }
        remarks.tell(map, name, sink);
      }
      MapSource own = files.get(OmopTable.SOURCE_TO_CONCEPT_MAP);
      if (own != null) {
        Gunzip.reading(
            own,
            plain -> {
              SourceToConceptMap.read(plain, own.path(), own.version(), concepts, sink);
              return null;
            });
      }
    }
  }

  /** {@return the version of the vocabulary {@code None}, which is that of the release} */
  private static String version(Map<OmopTable, MapSource> files)
      throws InvalidMapException, IOException {
    MapSource vocabulary = files.get(OmopTable.VOCABULARY);
    String stated =
        vocabulary == null
            ? ""
            : Gunzip.reading(
                vocabulary,
                plain -> {
                  try (TabbedRows rows = new TabbedRows(plain, vocabulary.path())) {
                    int id = rows.column("vocabulary_id");
                    int version = rows.column("vocabulary_version");
                    String found = "";
                    while (rows.next()) {
                      if (rows.is(id, RELEASE)) {
                        found = rows.text(version).strip();
                      }
                    }
                    return found;
                  }
                });
    return stated.isEmpty() ? digest(files) : stated;
  }

  private static String digest(Map<OmopTable, MapSource> files) {
    String all =
        files.get(OmopTable.CONCEPT).version()
            + '\n'
            + files.get(OmopTable.CONCEPT_RELATIONSHIP).version();
    try {
      byte[] sha256 =
          MessageDigest.getInstance("SHA-256").digest(all.getBytes(StandardCharsets.UTF_8));
      return "sha256:" + HexFormat.of().formatHex(sha256).substring(0, SHOWN_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("The Java platform lacks SHA-256", e);
    }
  }
}
