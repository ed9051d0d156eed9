package org.healthbeam.core.code.read;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.healthbeam.core.code.CodeSystems;

/** What FHIR calls the vocabularies of OMOP, and where its domains lead. */
final class OmopSystems {
  private static final String ATHENA = "https://athena.ohdsi.org/search-terms/terms?vocabulary=";
  private static final Map<String, String> CANONICAL = read();

  /** Source: OMOP CDM v5.4, the tables of clinical data and their domains. */
  private static final Map<String, String> TABLES =
      Map.ofEntries(
          Map.entry("Condition", "condition_occurrence"),
          Map.entry("Device", "device_exposure"),
          Map.entry("Drug", "drug_exposure"),
          Map.entry("Episode", "episode"),
          Map.entry("Measurement", "measurement"),
          Map.entry("Note", "note"),
          Map.entry("Observation", "observation"),
          Map.entry("Procedure", "procedure_occurrence"),
          Map.entry("Specimen", "specimen"),
          Map.entry("Visit", "visit_occurrence"),
          Map.entry("Gender", "person"),
          Map.entry("Race", "person"),
          Map.entry("Ethnicity", "person"),
          Map.entry("Provider", "provider"));

  private OmopSystems() {}

  /**
   * {@return the canonical URI of a vocabulary: from the table {@code omop-vocabularies.tsv}; a URI
   * or an OID as {@link CodeSystems} has it; of any other vocabulary the page that Athena has of
   * its terms}
   */
  static String canonical(String vocabulary) {
    String known = CANONICAL.get(vocabulary);
    if (known != null) {
      return known;
    }
    boolean isUri = vocabulary.indexOf(':') > 0;
    boolean isOid = !vocabulary.isEmpty() && vocabulary.chars().allMatch(OmopSystems::isOfOid);
    return isUri || isOid
        ? CodeSystems.canonical(vocabulary)
        : ATHENA + URLEncoder.encode(vocabulary, StandardCharsets.UTF_8);
  }

  private static boolean isOfOid(int c) {
    return c == '.' || (c >= '0' && c <= '9');
  }

  /** {@return the table that a domain means; empty if it has none of its own} */
  static String table(String domain) {
    return TABLES.getOrDefault(domain, "");
  }

  private static Map<String, String> read() {
    Map<String, String> result = new HashMap<>();
    try (InputStream in = CodeSystems.class.getResourceAsStream("omop-vocabularies.tsv");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#") && !line.startsWith("vocabulary_id\t")) {
          String[] cells = line.split("\t", -1);
          result.put(cells[0], cells[1]);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Map.copyOf(result);
  }
}
