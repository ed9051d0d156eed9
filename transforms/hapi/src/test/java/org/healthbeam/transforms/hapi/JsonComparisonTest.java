package org.healthbeam.transforms.hapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.ConceptMap;
import org.healthbeam.core.code.ConceptMap.Element;
import org.healthbeam.core.code.ConceptMap.Group;
import org.healthbeam.core.code.ConceptMap.Source;
import org.healthbeam.core.code.ConceptMap.Target;
import org.healthbeam.core.code.ConceptMap.Validity;
import org.healthbeam.core.code.MapId;
import org.healthbeam.core.code.Relationship;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.code.Translation;
import org.healthbeam.core.code.TranslationOutcome;
import org.healthbeam.core.fhir.CodingInResource;
import org.healthbeam.core.fhir.FhirTranslator;
import org.healthbeam.core.fhir.TranslatedRecord;
import org.healthbeam.transforms.code.CodeMaps;
import org.healthbeam.transforms.code.Place;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * FHIR JSON as a stream of bytes and HAPI's typed model are two ways through the same resources:
 * they find the same codings at the same places and add the same targets.
 */
class JsonComparisonTest {
  private static final Path SAMPLES =
      Path.of(System.getProperty("healthbeam.root", "../.."), "samples", "data", "fhir");

  @TempDir Path dir;

  @Test
  void onResourcesOfR4BothWaysGiveTheSame() throws Exception {
    compare(FhirContext.forR4Cached(), resource("resources-r4.ndjson"));
  }

  @Test
  void onResourcesOfR5BothWaysGiveTheSame() throws Exception {
    compare(FhirContext.forR5Cached(), resource("resources-r5.ndjson"));
  }

  @Test
  void onThePatientsOfTheSamplesBothWaysGiveTheSame() throws Exception {
    assumeTrue(Files.isDirectory(SAMPLES), "The sample patients are not there: " + SAMPLES);
    List<String> records = new ArrayList<>();
    try (Stream<Path> files = Files.list(SAMPLES)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".ndjson.gz")).sorted().toList()) {
        // Enough of each file for every shape in it; all of a large one takes long in HAPI.
        records.addAll(head(file, 200));
      }
    }
    assertTrue(records.size() > 1000, "the samples are fewer than expected");
    compare(FhirContext.forR4Cached(), records);
  }

  @Test
  void onTheDateOfTheEventBothWaysTakeTheSameMapping() throws Exception {
    List<String> records = resource("resources-dated-r4.ndjson");
    CodeMap maps = untilAndSince(2015);
    compare(FhirContext.forR4Cached(), records, maps);
    FhirTranslator json = new FhirTranslator(maps, SeveralTargets.AMBIGUOUS);
    TreeMap<String, Integer> taken = new TreeMap<>();
    for (String record : records) {
      for (CodingInResource coding : json.translate(record.getBytes(UTF_8)).codings()) {
        coding
            .translation()
            .acceptedAnswers()
            .forEach(answer -> taken.merge(answer.target().code(), 1, Integer::sum));
      }
    }
    assertEquals(Map.of("old", 11, "new", 8), taken);
  }

  private void compare(FhirContext context, List<String> records) throws Exception {
    compare(context, records, everySecondCode(records));
    compare(context, records, untilAndSince(2015, codesOf(records)));
  }

  private static void compare(FhirContext context, List<String> records, CodeMap maps)
      throws Exception {
    for (SeveralTargets policy : SeveralTargets.values()) {
      FhirTranslator json = new FhirTranslator(maps, policy);
      IParser parser = context.newJsonParser().setOverrideResourceIdWithBundleEntryFullUrl(false);
      int added = 0;
      for (String record : records) {
        TranslatedRecord expected = json.translate(record.getBytes(UTF_8));
        IBaseResource resource = parser.parseResource(record);
        String before = parser.encodeResourceToString(resource);
        List<CodingInResource> codings = new ArrayList<>();
        IBaseResource mapped =
            new ResourceMapper<>()
                .map(
                    resource,
                    (coding, place, circumstances) -> {
                      Translation translation = maps.translate(coding, circumstances, policy);
                      codings.add(placed(place, translation));
                      return translation;
                    });
        assertEquals(sorted(expected.codings()), sorted(codings));
        assertEquals(
            parser.encodeResourceToString(parser.parseResource(new String(expected.json(), UTF_8))),
            parser.encodeResourceToString(mapped));
        assertEquals(before, parser.encodeResourceToString(resource), "the input has changed");
        added += mapped == resource ? 0 : 1;
      }
      assertTrue(added > 0, "no target was added");
    }
  }

  private static CodingInResource placed(Place place, Translation translation) {
    return new CodingInResource(
        place.resourceType(), place.resourceId(), place.path(), translation);
  }

  private static List<CodingInResource> sorted(List<CodingInResource> codings) {
    return codings.stream().sorted(Comparator.comparing(CodingInResource::path)).toList();
  }

  private static CodeMap untilAndSince(int year) throws Exception {
    return untilAndSince(year, List.of(Coding.of("urn:s", "a")));
  }

  /** Returns maps of each code to one target until the end of a year and to another one since. */
  private static CodeMap untilAndSince(int year, Iterable<Coding> codes) throws Exception {
    Target before =
        Target.of("old", "", Relationship.EQUIVALENT)
            .during(new Validity(LocalDate.MIN, LocalDate.of(year, 12, 31), false));
    Target since =
        Target.of("new", "", Relationship.EQUIVALENT)
            .during(new Validity(LocalDate.of(year + 1, 1, 1), LocalDate.MAX, true));
    TreeMap<String, List<Element>> bySystem = new TreeMap<>();
    for (Coding code : codes) {
      bySystem
          .computeIfAbsent(code.system(), system -> new ArrayList<>())
          .add(new Element(Source.code(code.code()), false, List.of(before, since)));
    }
    List<Group> groups = new ArrayList<>();
    bySystem.forEach(
        (system, elements) -> groups.add(new Group(system, "", "urn:t", "", elements, null)));
    return CodeMap.of(List.of(new ConceptMap(new MapId("urn:timed", "1"), "timed", groups)));
  }

  /** Returns maps of every second code that occurs: one target, several, none, in two systems. */
  private CodeMap everySecondCode(List<String> records) throws Exception {
    Iterable<Coding> codes = codesOf(records);
    List<String> rows = new ArrayList<>();
    int i = 0;
    for (Coding code : codes) {
      String source = code.system() + "\t" + code.code() + "\t";
      switch (i++ % 4) {
        case 0 -> rows.add(source + "urn:t\tt" + i);
        case 1 -> {
          rows.add(source + "urn:t\tt" + i);
          rows.add(source + "urn:t\tu" + i);
          rows.add(source + "urn:u\tv" + i);
        }
        case 2 -> rows.add(source + "urn:t\t");
        default -> {}
      }
    }
    return maps(rows);
  }

  private Iterable<Coding> codesOf(List<String> records) throws Exception {
    CodeMap nothing = maps(List.of("urn:none\tx\turn:t\tx"));
    FhirTranslator finder = new FhirTranslator(nothing, SeveralTargets.ALL);
    TreeMap<String, Coding> codes = new TreeMap<>();
    for (String record : records) {
      for (CodingInResource found : finder.translate(record.getBytes(UTF_8)).codings()) {
        if (found.translation().outcome() == TranslationOutcome.UNMAPPED) {
          Coding source = found.translation().source();
          codes.put(source.system() + " " + source.code(), source);
        }
      }
    }
    assertTrue(codes.size() > 5, "too few codes to compare anything");
    return codes.values();
  }

  private CodeMap maps(List<String> rows) throws Exception {
    Path file = dir.resolve("map.tsv");
    Files.writeString(
        file,
        rows.stream()
            .collect(
                Collectors.joining(
                    "\n", "source_system\tsource_code\ttarget_system\ttarget_code\n", "\n")));
    return CodeMaps.fromFiles(List.of(file.toString())).load();
  }

  static List<String> resource(String name) throws IOException {
    try (InputStream in = JsonComparisonTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), UTF_8).lines().toList();
    }
  }

  private static List<String> head(Path file, int n) throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), UTF_8))) {
      return in.lines().limit(n).toList();
    }
  }
}
