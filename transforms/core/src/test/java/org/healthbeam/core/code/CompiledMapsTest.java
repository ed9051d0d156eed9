package org.healthbeam.core.code;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.healthbeam.core.code.ConceptMap.Combination;
import org.healthbeam.core.code.ConceptMap.Source;
import org.healthbeam.core.code.ConceptMap.Target;
import org.healthbeam.core.code.ConceptMap.Validity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompiledMapsTest {
  private static final MapId MAP = new MapId("urn:m", "1");
  private static final MapGroup GROUP = new MapGroup(MAP, "m.tsv", "urn:s", "", "urn:t", "2");
  private static final MapGroup OTHER = new MapGroup(MAP, "m.tsv", "urn:s2", "v", "urn:t", "");

  @TempDir Path folder;

  private record Row(MapGroup group, String code, Target target) {}

  private static List<Row> rows(int n) {
    Random random = new Random(1);
    String[] words = {"acute", "", "Öl", "of", "liver", "𝔸", "x y"};
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      StringBuilder display = new StringBuilder("d" + i % 7);
      for (int w = random.nextInt(5); w > 0; w--) {
        display.append(' ').append(words[random.nextInt(words.length)]);
      }
      rows.add(
          new Row(
              random.nextBoolean() ? GROUP : OTHER,
              "0" + random.nextInt(n) + (random.nextInt(9) == 0 ? "é" : ""),
              Target.of("t" + i, display.toString(), Relationship.values()[random.nextInt(5)])));
    }
    return rows;
  }

  private static void tell(MapSink sink, List<Row> rows) throws Exception {
    for (Row row : rows) {
      sink.say(row.group(), Source.code(row.code()), row.target());
    }
  }

  /** The slow answer: all rows of the code, in their order. */
  private static Map<String, List<Target>> expected(List<Row> rows, MapGroup group) {
    Map<String, List<Target>> result = new HashMap<>();
    for (Row row : rows) {
      if (row.group().equals(group)) {
        result.computeIfAbsent(row.code(), c -> new ArrayList<>()).add(row.target());
      }
    }
    return result;
  }

  private static void assertSaysAll(CompiledMaps maps, List<Row> rows) {
    assertEquals(1, maps.maps().size());
    List<CompiledSection> sections = maps.sections(maps.maps().get(0));
    for (CompiledSection section : sections) {
      Map<String, List<Target>> all =
          expected(rows, section.source().equals("urn:s") ? GROUP : OTHER);
      assertEquals(all.size(), section.codes());
      all.forEach(
          (code, targets) ->
              assertEquals(targets, section.about(code).stream().map(Statement::target).toList()));
      for (int i = 0; i < 1000; i++) {
        assertTrue(section.about("absent" + i).isEmpty());
      }
      CompiledSection.Cursor cursor = section.cursor();
      List<String> codes = new ArrayList<>();
      while (cursor.next()) {
        codes.add(cursor.code());
        assertEquals(section.about(cursor.code()), cursor.statements());
      }
      assertEquals(all.keySet(), new java.util.HashSet<>(codes));
      assertEquals(all.size(), codes.size());
    }
  }

  @Test
  void whatWasSaidComesBackFromMemoryAndFromFilesAndSpilledOrNotTheBytesAreTheSame()
      throws Exception {
    List<Row> rows = rows(20_000);
    Path inMemory = folder.resolve("a.hbmap");
    Path spilled = folder.resolve("b.hbmap");
    try (MapCompiler compiler = new MapCompiler();
        MapCompiler small = new MapCompiler(100_000)) {
      tell(compiler, rows);
      tell(small, rows);
      compiler.writeTo(inMemory);
      small.writeTo(spilled);
      assertArrayEquals(Files.readAllBytes(inMemory), Files.readAllBytes(spilled));
      assertSaysAll(CompiledMaps.open(inMemory, "a.hbmap"), rows);
      assertSaysAll(compiler.compile(), rows);
      assertSaysAll(small.compile(), rows);
    }
  }

  @Test
  void everythingThatATargetCanSayComesBack() throws Exception {
    Target target =
        new Target(
            "x",
            "a  b ",
            Relationship.SOURCE_IS_BROADER,
            "",
            List.of(new Property("urn:p", "urn:ps", "1", "one", "")),
            List.of(Property.of("urn:q", "true"), new Property("urn:r", "", "", "", "urn:vs")),
            new Validity(LocalDate.of(1970, 1, 1), LocalDate.of(2099, 12, 31), false),
            new Combination(2, 3, 4),
            "see a");
    Target set =
        new Target(
            "",
            "",
            Relationship.EQUIVALENT,
            "urn:vs",
            List.of(),
            List.of(),
            Validity.ALWAYS,
            null,
            "");
    try (MapCompiler compiler = new MapCompiler()) {
      compiler.say(GROUP, Source.code("a"), target);
      compiler.say(GROUP, Source.code("a"), set);
      compiler.withoutTarget(GROUP, Source.code("b"), true);
      compiler.withoutTarget(OTHER, Source.code("c"), false);
      CompiledMaps maps = compiler.compile();
      List<CompiledSection> sections = maps.sections(maps.maps().get(0));
      assertEquals(
          List.of(Statement.of(GROUP, target), Statement.of(GROUP, set)),
          sections.get(0).about("a"));
      assertEquals(List.of(Statement.without(GROUP, true)), sections.get(0).about("b"));
      assertEquals(List.of(Statement.without(OTHER, false)), sections.get(1).about("c"));
    }
  }

  @Test
  void theDigestTellsContentsApartAndNotTheirOrder() throws Exception {
    List<Row> rows = rows(500);
    List<Row> byCode = new ArrayList<>(rows);
    // Stable: what is said about one code keeps its order.
    byCode.sort((a, b) -> b.code().compareTo(a.code()));
    List<Row> other = new ArrayList<>(rows);
    Row last = other.remove(499);
    other.add(new Row(last.group(), last.code(), last.target().saying("new")));
    String digest = digest(rows);
    assertEquals(digest, digest(byCode));
    assertFalse(digest.equals(digest(other)));
    assertFalse(digest.equals(digest(rows.subList(0, 499))));
  }

  @Test
  void theDigestDoesNotHangOnTheOrderOfGroupsAndOfWhatIsSaidTwice() throws Exception {
    MapGroup second = new MapGroup(MAP, "m.tsv", "urn:s", "", "urn:t2", "");
    ConceptMap.Unmapped rule =
        new ConceptMap.Unmapped(ConceptMap.Mode.FIXED, "u", "", "", Relationship.RELATED_TO, "");
    Target x = Target.of("x", "", Relationship.EQUIVALENT);
    Target y = Target.of("y", "", Relationship.EQUIVALENT);
    List<String> digests = new ArrayList<>();
    for (int turn = 0; turn < 3; turn++) {
      try (MapCompiler compiler = new MapCompiler()) {
        List<MapGroup> groups = turn == 1 ? List.of(second, GROUP) : List.of(GROUP, second);
        for (MapGroup group : groups) {
          compiler.say(group, Source.code("a"), group.equals(GROUP) ? x : y);
          compiler.otherwise(group, rule);
        }
        if (turn == 2) {
          compiler.say(GROUP, Source.code("a"), x);
        }
        digests.add(compiler.compile().maps().get(0).digest());
      }
    }
    assertEquals(1, Set.copyOf(digests).size());
  }

  @Test
  void aFileNamesNoFolders() throws Exception {
    MapGroup group = new MapGroup(MAP, "/home/somebody/m.tsv", "urn:s", "", "urn:t", "");
    Path file = folder.resolve("e.hbmap");
    try (MapCompiler compiler = new MapCompiler()) {
      compiler.say(group, Source.code("a"), Target.of("x", "", Relationship.EQUIVALENT));
      compiler.writeTo(file);
    }
    assertEquals("m.tsv", CompiledMaps.open(file, "e.hbmap").maps().get(0).file());
  }

  private static String digest(List<Row> rows) throws Exception {
    try (MapCompiler compiler = new MapCompiler()) {
      tell(compiler, rows);
      return compiler.compile().maps().get(0).digest();
    }
  }

  @Test
  void everyFlippedBitAndEveryCutIsRefusedWithASentence() throws Exception {
    Path file = folder.resolve("c.hbmap");
    try (MapCompiler compiler = new MapCompiler()) {
      tell(compiler, rows(20));
      compiler.writeTo(file);
    }
    byte[] whole = Files.readAllBytes(file);
    Path broken = folder.resolve("broken.hbmap");
    for (int i = 0; i < whole.length; i++) {
      byte[] flipped = whole.clone();
      flipped[i] = (byte) (flipped[i] ^ (1 << (i % 8)));
      Files.write(broken, flipped);
      assertRefused(broken);
      Files.write(broken, java.util.Arrays.copyOf(whole, i));
      assertRefused(broken);
    }
    Files.write(broken, java.util.Arrays.copyOf(whole, whole.length + 1));
    assertRefused(broken);
  }

  private static void assertRefused(Path file) {
    InvalidMapException refused =
        assertThrows(InvalidMapException.class, () -> CompiledMaps.open(file, "broken.hbmap"));
    assertTrue(refused.getMessage().startsWith("broken.hbmap: "), refused::getMessage);
  }

  @Test
  void whoHasAFileOpenKeepsItWhenItIsCompiledAgain() throws Exception {
    Path file = folder.resolve("e.hbmap");
    List<Row> rows = rows(2_000);
    try (MapCompiler first = new MapCompiler();
        MapCompiler second = new MapCompiler();
        MapCompiler refused = new MapCompiler()) {
      tell(first, rows);
      first.writeTo(file);
      CompiledMaps open = CompiledMaps.open(file, "e.hbmap");
      tell(second, rows(3));
      second.writeTo(file);
      assertSaysAll(open, rows);
      assertSaysAll(CompiledMaps.open(file, "e.hbmap"), rows(3));
      refused.say(GROUP, new Source("", "", "urn:vs"), Target.of("x", "", Relationship.EQUIVALENT));
      assertThrows(InvalidMapException.class, () -> refused.writeTo(file));
      assertSaysAll(CompiledMaps.open(file, "e.hbmap"), rows(3));
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void aNewerFormatIsRefusedByItsNumber() throws Exception {
    Path file = folder.resolve("d.hbmap");
    try (MapCompiler compiler = new MapCompiler()) {
      tell(compiler, rows(20));
      compiler.writeTo(file);
    }
    byte[] bytes = Files.readAllBytes(file);
    bytes[8] = 7;
    Files.write(file, bytes);
    InvalidMapException refused =
        assertThrows(InvalidMapException.class, () -> CompiledMaps.open(file, "d.hbmap"));
    assertEquals("d.hbmap: has the format 7; this version reads up to 1", refused.getMessage());
  }

  @Test
  void halfASurrogatePairIsNoCodeAndIsNotFound() throws Exception {
    try (MapCompiler compiler = new MapCompiler()) {
      assertThrows(
          InvalidMapException.class,
          () ->
              compiler.say(
                  GROUP, Source.code("\ud800"), Target.of("x", "", Relationship.EQUIVALENT)));
      compiler.say(GROUP, Source.code("?"), Target.of("x", "", Relationship.EQUIVALENT));
      CodeMap map = CodeMap.over(List.of(compiler.compile()));
      assertEquals(
          TranslationOutcome.UNMAPPED,
          map.translate(Coding.of("urn:s", "\ud800"), SeveralTargets.ALL).outcome());
    }
  }
}
