package org.healthbeam.core.code;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compiled maps with content that no compiler writes, behind checksums that are right. */
class CraftedMapsTest {
  private static final MapId MAP = new MapId("urn:m", "1");
  private static final MapGroup GROUP = new MapGroup(MAP, "m", "urn:s", "", "urn:t", "");
  private static final String DAMAGED =
      "The compiled map " + MAP + " is damaged: one of its entries makes no sense";

  @Test
  void mendedAsItWasItIsTheSame() throws Exception {
    byte[] small = CraftedMaps.small();
    assertArrayEquals(small, CraftedMaps.mended(small));
    byte[] otherwise = small.clone();
    otherwise[CompiledMaps.HEADER - 1]++;
    assertArrayEquals(small, CraftedMaps.mended(otherwise));
  }

  @Test
  void everyChangedByteIsRefusedOrSaidToBeDamagedOrAnswers() throws Exception {
    byte[] small = CraftedMaps.small();
    int opened = 0;
    for (int i = 0; i < small.length; i++) {
      for (int change : new int[] {1, 0x40, 0x80, 0xFF}) {
        byte[] changed = small.clone();
        changed[i] = (byte) (changed[i] ^ change);
        opened += CraftedMaps.check(changed) ? 1 : 0;
      }
    }
    assertTrue(opened > small.length, "opened: " + opened);
  }

  /** An entry of the code a with what follows, and a table of places that leads to it. */
  private static CompiledSection section(ByteBuffer places, int... entry) {
    byte[] bytes = new byte[entry.length];
    for (int i = 0; i < entry.length; i++) {
      bytes[i] = (byte) entry[i];
    }
    ByteBuffer words = ByteBuffer.allocate(8);
    ByteBuffer offsets = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    offsets.putInt(0, 0).putInt(4, Integer.MAX_VALUE);
    return new CompiledSection(
        MAP,
        "urn:s",
        1,
        List.of(GROUP),
        List.of(),
        Map.of(),
        ByteBuffer.wrap(bytes),
        places,
        StatementCodec.Texts.of(WordTable.stored(offsets, words)));
  }

  private static ByteBuffer places(String code) {
    ByteBuffer places = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
    CompiledSection.place(places, code.getBytes(java.nio.charset.StandardCharsets.UTF_8), 0);
    return places;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Statements: two thousand million.
        "1 97 -1 -1 -1 -1 7",
        // Less than none.
        "1 97 -1 -1 -1 -1 -1 -1 -1 -1 -1 1",
        // A text of two thousand million bytes.
        "1 97 1 0 0 -1 -1 -1 -1 7 120",
        // A display of two thousand million words.
        "1 97 1 32 0 1 120 -1 -1 -1 -1 7",
        // Of a word that would be two thousand million bytes long.
        "1 97 1 32 0 1 120 1 1",
        // Of a word that is not in the table.
        "1 97 1 32 0 1 120 1 9",
        // Two thousand million properties.
        "1 97 1 64 0 1 120 2 -1 -1 -1 -1 7",
        // A day that no calendar has.
        "1 97 1 64 0 1 120 8 -1 -1 -1 -1 -1 -1 -1 -1 127 0",
        // The second group of one, and a relationship that there is not.
        "1 97 1 0 1 1 120",
        "1 97 1 7 0 1 120",
        // A code that does not end.
        "1 97 1 0 0 9 120"
      })
  void anEntryThatMakesNoSenseIsDamagedAndAsksForNoMemory(String entry) {
    int[] bytes = Arrays.stream(entry.split(" ")).mapToInt(Integer::parseInt).toArray();
    CompiledSection section = section(places("a"), bytes);
    assertEquals(
        DAMAGED, assertThrows(IllegalStateException.class, () -> section.about("a")).getMessage());
    CompiledSection.Cursor cursor = section.cursor();
    assertEquals(DAMAGED, assertThrows(IllegalStateException.class, cursor::next).getMessage());
  }

  @Test
  void aTextOfWordsIsNotLongerThanItsBytesCanStandFor() throws Exception {
    for (int length : List.of(WordTable.MAX_WORD, WordTable.MAX_WORD + 1, 1 << 20)) {
      ByteBuffer words = ByteBuffer.allocate(length);
      Arrays.fill(words.array(), (byte) 'x');
      ByteBuffer offsets = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      WordTable table = WordTable.stored(offsets.putInt(0, 0).putInt(4, length), words);
      Packer text = new Packer();
      text.number(1000);
      for (int i = 0; i < 1000; i++) {
        text.number(1);
      }
      Unpacker in = new Unpacker(ByteBuffer.wrap(text.toBytes()), 0);
      if (length <= WordTable.MAX_WORD) {
        assertEquals(1000 * (length + 1) - 1, table.read(in).length());
      } else {
        assertThrows(IllegalArgumentException.class, () -> table.read(in));
      }
    }
  }

  @Test
  void longWordsComeBackAsTheyWere() throws Exception {
    String longest = "\u00e4".repeat(WordTable.MAX_WORD / 2);
    String display = longest + " " + longest + "\u00e4 " + "x".repeat(500);
    try (MapCompiler compiler = new MapCompiler()) {
      for (String code : List.of("a", "b")) {
        compiler.say(
            GROUP,
            ConceptMap.Source.code(code),
            ConceptMap.Target.of("x", display, Relationship.EQUIVALENT));
      }
      CodeMap map = CodeMap.over(List.of(compiler.compile()));
      for (String code : List.of("a", "b")) {
        assertEquals(
            display,
            map.translate(Coding.of("urn:s", code), SeveralTargets.ALL)
                .answers()
                .get(0)
                .target()
                .display());
      }
    }
  }

  @Test
  void aPlaceOutsideOfTheEntriesIsDamaged() {
    ByteBuffer places = places("a");
    for (int at = 0; at < 10; at += CompiledSection.PLACE) {
      if (places.getInt(at) != 0) {
        places.putInt(at, -5);
      }
    }
    CompiledSection section = section(places, 1, 97, 1, 0, 0, 1, 120);
    assertThrows(IllegalStateException.class, () -> section.about("a"));
  }

  @Test
  void theLookUpInATableWithoutAnEmptyPlaceEnds() {
    ByteBuffer places = places("a");
    CompiledSection.place(places, new byte[] {'b'}, 0);
    CompiledSection section = section(places, 1, 97, 1, 0, 0, 1, 120);
    assertFalse(section.about("a").isEmpty());
    assertTrue(section.about("c").isEmpty());
  }
}
