package org.healthbeam.core.code;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
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

  /** A section of one bucket. */
  private static CompiledSection section(byte... bucket) {
    ByteBuffer places = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    return section(places.putInt(4, bucket.length), bucket);
  }

  private static CompiledSection section(ByteBuffer places, byte... bucket) {
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
        ByteBuffer.wrap(bucket),
        places,
        StatementCodec.Texts.of(WordTable.stored(offsets, words)));
  }

  private static int tag(String code) {
    return CompiledSection.tag(CodeBytes.hash(code.getBytes(StandardCharsets.UTF_8)));
  }

  /** A bucket of one entry. */
  private static byte[] bucketOf(int... entry) {
    byte[] bucket = new byte[3 + entry.length];
    bucket[0] = 2;
    bucket[1] = (byte) tag("a");
    bucket[2] = (byte) entry.length;
    for (int i = 0; i < entry.length; i++) {
      bucket[3 + i] = (byte) entry[i];
    }
    return bucket;
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
    assertDamaged(section(bucketOf(bytes)));
  }

  private static void assertDamaged(CompiledSection section) {
    assertEquals(
        DAMAGED, assertThrows(IllegalStateException.class, () -> section.about("a")).getMessage());
    assertDamagedInOrder(section);
  }

  private static void assertDamagedInOrder(CompiledSection section) {
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
      Unpacker in = new Unpacker(text.toBytes());
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
  void headsThatMakeNoSenseAreDamaged() {
    byte tag = (byte) tag("a");
    // Heads of two thousand million bytes, less than none, a length that does not end.
    assertDamaged(section((byte) -1, (byte) -1, (byte) -1, (byte) -1, (byte) 7, tag));
    assertDamaged(section((byte) -1, (byte) -1, (byte) -1, (byte) -1, (byte) 31, tag));
    assertDamaged(section((byte) 2, tag, (byte) -1));
    // An entry beyond the end; none at all; one that is longer than its head says.
    assertDamagedInOrder(section((byte) 2, (byte) (tag + 1), (byte) 99, (byte) 1));
    assertDamagedInOrder(section((byte) 0, (byte) 1, (byte) 97));
    byte[] longer = bucketOf(1, 97, 1, 0, 0, 1, 120);
    longer[2]--;
    assertDamagedInOrder(section(longer));
  }

  @Test
  void aPlaceOutsideOfTheEntriesIsDamaged() {
    ByteBuffer places = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    byte[] bucket = bucketOf(1, 97, 1, 0, 0, 1, 120);
    for (int place : new int[] {-5, Integer.MIN_VALUE, bucket.length, Integer.MAX_VALUE}) {
      places.putInt(0, place);
      CompiledSection section = section(places, bucket);
      assertEquals(
          DAMAGED,
          assertThrows(IllegalStateException.class, () -> section.about("a")).getMessage());
    }
  }

  @Test
  void ofCodesWithTheSameTagTheCodeDecides() {
    byte tag = (byte) tag("a");
    byte[] two = {
      4, tag, 7, tag, 7, 1, 98, 1, 0, 0, 1, 121, 1, 97, 1, 0, 0, 1, 120,
    };
    assertEquals("x", section(two).about("a").get(0).target().code());
    two[13] = 99;
    assertTrue(section(two).about("a").isEmpty());
  }
}
