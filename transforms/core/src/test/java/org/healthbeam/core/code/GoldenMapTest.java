package org.healthbeam.core.code;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.healthbeam.core.code.ConceptMap.Combination;
import org.healthbeam.core.code.ConceptMap.Source;
import org.healthbeam.core.code.ConceptMap.Target;
import org.healthbeam.core.code.ConceptMap.Validity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A compiled map that is kept: whoever changes the form of the file changes the number of its
 * format with it, and this file ({@code -Dhealthbeam.golden.write=true} writes it where it is not).
 */
class GoldenMapTest {
  private static final Path KEPT =
      Path.of("src/test/resources/org/healthbeam/core/code/golden.hbmap").toAbsolutePath();
  private static final MapGroup GROUP =
      new MapGroup(new MapId("urn:m", "1"), "golden", "urn:s", "", "urn:t", "2");

  @TempDir Path folder;

  private static void tell(MapSink sink) throws Exception {
    sink.say(GROUP, Source.code("a"), Target.of("x", "acute of the x", Relationship.EQUIVALENT));
    sink.say(
        GROUP,
        Source.code("a"),
        Target.of("y", "acute of the y", Relationship.SOURCE_IS_BROADER)
            .dependingOn(List.of(new Property("urn:p", "urn:ps", "1", "one", "")))
            .with(List.of(Property.of("urn:q", "2")))
            .during(new Validity(LocalDate.of(1970, 1, 1), LocalDate.of(2099, 12, 31), false))
            .in(new Combination(1, 2, 3))
            .saying("see the x"));
    sink.withoutTarget(GROUP, Source.code("n"), true);
    sink.withoutTarget(GROUP, Source.code("s"), false);
    sink.otherwise(
        GROUP,
        new ConceptMap.Unmapped(
            ConceptMap.Mode.FIXED, "u", "Unknown", "", Relationship.RELATED_TO, ""));
  }

  @Test
  void theKeptFileIsWhatIsWrittenToday() throws Exception {
    Path file = folder.resolve("golden.hbmap");
    try (MapCompiler compiler = new MapCompiler()) {
      tell(compiler);
      compiler.writeTo(file);
    }
    if (Boolean.getBoolean("healthbeam.golden.write")) {
      Files.copy(file, KEPT);
    }
    assertArrayEquals(Files.readAllBytes(KEPT), Files.readAllBytes(file));
  }

  @Test
  void theKeptFileIsReadAsItWasWritten() throws Exception {
    CodeMap map = CodeMap.over(List.of(CompiledMaps.open(KEPT, "golden.hbmap")));
    assertEquals(
        List.of(TranslationOutcome.MAPPED, TranslationOutcome.NOT_MAPPABLE),
        List.of(outcome(map, "a"), outcome(map, "n")));
    assertEquals(TranslationOutcome.FALLBACK, outcome(map, "other"));
    Answer only = map.translate(Coding.of("urn:s", "a"), SeveralTargets.AMBIGUOUS).answers().get(0);
    assertEquals(new Coding("urn:t", "2", "x", "acute of the x"), only.target());
  }

  private static TranslationOutcome outcome(CodeMap map, String code) {
    return map.translate(Coding.of("urn:s", code), SeveralTargets.AMBIGUOUS).outcome();
  }
}
