package org.healthbeam.core.variant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The valid and invalid VCF 4.2 files that the specification comes with. */
class SpecificationFilesTest {
  /** Kinds of files of which every one is found. */
  private static final List<String> CHECKED =
      List.of(
          "body_alt",
          "body_chrom",
          "body_filter",
          "body_id",
          "body_pos",
          "body_qual",
          "body_ref",
          "body_sample_000",
          "body_sample_001",
          "body_sample_002",
          "body_sample_003",
          "body_sample_011",
          "fileformat",
          "header");

  @Test
  void everyValidFileIsAccepted() throws IOException {
    Map<String, Map<Integer, String>> refused = new TreeMap<>();
    for (Path file : files("passed")) {
      VcfText text = VcfText.scan(Files.readAllBytes(file));
      if (!text.rejects.isEmpty()) {
        refused.put(file.getFileName().toString(), text.rejects);
      }
    }
    assertEquals(Map.of(), refused);
  }

  @Test
  void invalidFilesAreFound() throws IOException {
    List<String> missed = new ArrayList<>();
    List<Path> files = files("failed");
    for (Path file : files) {
      if (VcfText.scan(Files.readAllBytes(file)).rejects.isEmpty()) {
        missed.add(file.getFileName().toString());
      }
    }
    // What the header declares, and what takes two records to see, is not looked at yet.
    assertTrue(missed.size() <= 134, () -> missed.size() + " of " + files.size() + ": " + missed);
    for (String found : CHECKED) {
      assertTrue(missed.stream().noneMatch(f -> f.startsWith("failed_" + found)), missed::toString);
    }
  }

  private static List<Path> files(String folder) throws IOException {
    try (Stream<Path> files = Files.list(SharedVcf.path("hts-specs-4.2/" + folder))) {
      return files.sorted().toList();
    }
  }
}
