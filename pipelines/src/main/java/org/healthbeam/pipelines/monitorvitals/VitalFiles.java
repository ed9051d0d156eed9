package org.healthbeam.pipelines.monitorvitals;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.healthbeam.io.text.InputFiles;
import org.healthbeam.io.text.SniffedFile;
import org.healthbeam.pipelines.run.UsageException;

/**
 * The input files by format: by the end of their name, else FHIR if the first byte that is not
 * white space is a brace. What is no FHIR is a table or a file of HL7 v2 messages, which reading
 * tells apart.
 *
 * @param json files of FHIR JSON
 * @param tables files of values separated by commas, semicolons or tabs, and of messages
 */
record VitalFiles(List<String> json, List<String> tables) {

  static VitalFiles of(List<String> inputs) throws UsageException {
    List<String> json = new ArrayList<>();
    List<String> tables = new ArrayList<>();
    try {
      for (String pattern : InputFiles.patterns(inputs)) {
        for (MatchResult.Metadata file : InputFiles.match(pattern)) {
          String name = file.resourceId().toString();
          (isJson(name) ? json : tables).add(name);
        }
      }
    } catch (IOException e) {
      throw new UsageException("--input: " + e.getMessage(), e);
    }
    return new VitalFiles(json, tables);
  }

  private static boolean isJson(String name) throws IOException {
    String bare = name.toLowerCase(Locale.ROOT).replaceFirst("\\.b?gz$", "");
    if (bare.endsWith(".csv") || bare.endsWith(".tsv") || bare.endsWith(".hl7")) {
      return false;
    }
    if (bare.endsWith(".json") || bare.endsWith(".ndjson") || bare.endsWith(".jsonl")) {
      return true;
    }
    try (SniffedFile file = SniffedFile.open(FileSystems.matchNewResource(name, false))) {
      InputStream in = file.stream();
      int b = in.read();
      while (b >= 0 && b <= ' ') {
        b = in.read();
      }
      return b == '{' || b == '[';
    }
  }
}
