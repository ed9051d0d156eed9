package org.healthbeam.core.code;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.healthbeam.core.fhir.FhirTranslator;
import org.junit.jupiter.api.Test;

/** Answers hang on what maps say, and not on where and in which order it is written. */
class MapOrderLawsTest {

  @Property(tries = 2000)
  void rowsAndFilesInAnyOrderGiveTheSameAnswers(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    RandomMaps maps = RandomMaps.of(random);
    RandomMaps shuffled = maps.shuffled(random);
    assertEquals(digests(maps, random), digests(shuffled, random));
    CodeMap one = maps.joined(random);
    CodeMap other = shuffled.joined(random);
    MapDiff diff = MapDiff.between(one, other);
    for (Coding coding : codings()) {
      assertFalse(diff.isAffected(coding));
      Circumstances known = circumstances(random);
      for (SeveralTargets policy : SeveralTargets.values()) {
        assertEquals(one.translate(coding, known, policy), other.translate(coding, known, policy));
      }
    }
  }

  @Property(tries = 2000)
  void whatTheDiffDoesNotAffectIsAnsweredTheSame(@ForAll long seed) throws Exception {
    Random random = new Random(seed);
    RandomMaps maps = RandomMaps.of(random);
    RandomMaps changed = maps.changed(random);
    CodeMap before = maps.joined(random);
    CodeMap after = changed.joined(random);
    MapDiff diff = MapDiff.between(before, after);
    List<Coding> same = new ArrayList<>();
    for (Coding coding : codings()) {
      if (diff.isAffected(coding)) {
        continue;
      }
      same.add(coding);
      Circumstances known = circumstances(random);
      for (SeveralTargets policy : SeveralTargets.values()) {
        assertEquals(
            withoutVersions(before.translate(coding, known, policy)),
            withoutVersions(after.translate(coding, known, policy)));
      }
    }
    byte[] record = record(same, random);
    for (SeveralTargets policy : SeveralTargets.values()) {
      assertEquals(
          new String(new FhirTranslator(before, policy).translate(record).json(), UTF_8),
          new String(new FhirTranslator(after, policy).translate(record).json(), UTF_8));
    }
  }

  /** The laws say little if nothing ever comes together, or nothing ever changes. */
  @Test
  void theMapsHaveAllOutcomesAndTheDiffsBothResults() throws Exception {
    Map<Object, Integer> seen = new HashMap<>();
    for (long seed = 0; seed < 1000; seed++) {
      Random random = new Random(seed);
      RandomMaps maps = RandomMaps.of(random);
      CodeMap one = maps.joined(random);
      MapDiff diff = MapDiff.between(one, maps.changed(random).joined(random));
      for (Coding coding : codings()) {
        seen.merge(diff.isAffected(coding), 1, Integer::sum);
        Translation translation =
            one.translate(coding, circumstances(random), SeveralTargets.AMBIGUOUS);
        seen.merge(translation.reason(), 1, Integer::sum);
      }
    }
    for (Object each :
        List.of(
            true,
            false,
            TranslationReason.ELEMENT,
            TranslationReason.SEVERAL_TARGETS,
            TranslationReason.CONTRADICTION,
            TranslationReason.DEPENDS_ON,
            TranslationReason.EXPLICIT_NO_MAP,
            TranslationReason.UNMAPPED_PROVIDED,
            TranslationReason.UNMAPPED_FIXED,
            TranslationReason.UNMAPPED_OTHER_MAP,
            TranslationReason.OTHER_TIME,
            TranslationReason.CONDITION_FAILS,
            TranslationReason.NO_TARGETS_STATED)) {
      assertTrue(seen.getOrDefault(each, 0) >= 20, each + ": " + seen.get(each));
    }
  }

  private static Map<MapId, String> digests(RandomMaps maps, Random random) throws Exception {
    Map<MapId, String> result = new HashMap<>();
    for (CompiledMaps compiled : maps.compiled(random)) {
      compiled.maps().forEach(map -> result.put(map.id(), map.digest()));
    }
    return result;
  }

  private static List<Coding> codings() {
    List<Coding> result = new ArrayList<>();
    for (String system : RandomMaps.SYSTEMS) {
      for (String code : RandomMaps.CODES) {
        for (String version : List.of("", "v", "w")) {
          result.add(new Coding(system, version, code, ""));
        }
      }
      result.add(Coding.of(system, "none"));
    }
    return result;
  }

  private static Circumstances circumstances(Random random) {
    Map<String, List<Coding>> known = new HashMap<>();
    for (String name : RandomMaps.PROPERTIES) {
      if (random.nextBoolean()) {
        known.put(name, List.of(new Coding("", "", String.valueOf(random.nextInt(2)), "")));
      }
    }
    return new Circumstances(date(random), known);
  }

  private static EventDate date(Random random) {
    return random.nextInt(3) == 0 ? null : EventDate.parse("2020-01-0" + (1 + random.nextInt(3)));
  }

  private static byte[] record(List<Coding> codings, Random random) {
    StringBuilder json = new StringBuilder("{\"resourceType\":\"Condition\",");
    if (random.nextBoolean()) {
      json.append("\"recordedDate\":\"2020-01-0").append(1 + random.nextInt(3)).append("\",");
    }
    json.append("\"code\":{\"coding\":[");
    for (int i = 0; i < codings.size(); i++) {
      Coding each = codings.get(i);
      json.append(i == 0 ? "" : ",").append("{\"system\":\"").append(each.system());
      if (!each.version().isEmpty()) {
        json.append("\",\"version\":\"").append(each.version());
      }
      json.append("\",\"code\":\"").append(each.code()).append("\"}");
    }
    return json.append("]}}").toString().getBytes(UTF_8);
  }

  private static List<Object> withoutVersions(Translation translation) {
    List<Object> result = new ArrayList<>();
    result.add(List.of(translation.outcome(), translation.reason(), translation.accepted()));
    for (Answer each : translation.answers()) {
      result.add(
          new Answer(
              each.target(),
              each.relationship(),
              new MapId(each.map().url(), ""),
              new MapId(each.asked().url(), ""),
              each.condition(),
              each.detail(),
              each.fallback()));
    }
    return result;
  }
}
