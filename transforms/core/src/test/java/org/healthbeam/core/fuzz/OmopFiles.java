package org.healthbeam.core.fuzz;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapSink;
import org.healthbeam.core.code.read.MapFiles;
import org.healthbeam.core.code.read.MapSource;

/** The files of an OMOP vocabulary out of one input, in which lines {@code ---} part them. */
final class OmopFiles {
  private static final String LINE = "---\n";
  private static final List<String> NAMES =
      List.of("CONCEPT.csv", "CONCEPT_RELATIONSHIP.csv", "SOURCE_TO_CONCEPT_MAP.csv");

  private OmopFiles() {}

  @SuppressWarnings("ArrayRecordComponent")
  private record Part(String path, byte[] bytes) implements MapSource {
    @Override
    public String version() {
      return "v";
    }

    @Override
    public InputStream open() {
      return new ByteArrayInputStream(bytes);
    }
  }

  /** Reads CONCEPT, then CONCEPT_RELATIONSHIP, then SOURCE_TO_CONCEPT_MAP. */
  static void readVocabulary(InputStream in, String file, MapSink sink)
      throws InvalidMapException, IOException {
    List<Part> parts = new ArrayList<>();
    // Latin-1 brings all bytes back as they were.
    String all = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    for (String part : all.split(LINE, NAMES.size())) {
      parts.add(
          new Part(
              file + "/" + NAMES.get(parts.size()), part.getBytes(StandardCharsets.ISO_8859_1)));
    }
    MapFiles.tell(parts, sink);
  }

  /** Reads SOURCE_TO_CONCEPT_MAP alone. */
  static void readOwnMap(InputStream in, String file, MapSink sink)
      throws InvalidMapException, IOException {
    MapFiles.tell(List.of(new Part(file + ".csv", in.readAllBytes())), sink);
  }
}
