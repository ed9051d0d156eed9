package org.healthbeam.core.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.healthbeam.core.code.ConceptMap.Combination;
import org.healthbeam.core.code.ConceptMap.Source;
import org.healthbeam.core.code.ConceptMap.Target;
import org.healthbeam.core.code.ConceptMap.Validity;

/**
 * Compiled maps whose checksums are right, whatever their content. Each is refused with {@link
 * InvalidMapException}, or answers, or says at the look-up that an entry makes no sense.
 */
public final class CraftedMaps {
  private static final String FILE = "crafted.hbmap";
  private static final int DIGEST = 32;

  private CraftedMaps() {}

  /** Mends the checksums and looks all codes up; returns whether the file was opened. */
  public static boolean check(byte[] bytes) throws IOException {
    CompiledMaps maps;
    CodeMap all;
    try {
      maps = CompiledMaps.of(ByteBuffer.wrap(mended(bytes)), FILE);
      all = CodeMap.over(List.of(maps));
    } catch (InvalidMapException e) {
      assertFalse(e.getMessage().chars().anyMatch(Character::isISOControl), e.getMessage());
      return false;
    }
    for (CompiledMaps.Content map : maps.maps()) {
      maps.systems(map);
      maps.sections(map).forEach(section -> lookUp(section, all));
    }
    return true;
  }

  private static void lookUp(CompiledSection section, CodeMap all) {
    for (String code : List.of("a", "b", "absent")) {
      translate(Coding.of(section.source(), code), all);
    }
    CompiledSection.Cursor cursor = section.cursor();
    try {
      while (cursor.next()) {
        translate(Coding.of(section.source(), cursor.code()), all);
      }
    } catch (IllegalStateException e) {
      checkMessage(section, e);
    }
    try {
      section.about("a");
    } catch (IllegalStateException e) {
      checkMessage(section, e);
    }
  }

  private static void translate(Coding coding, CodeMap all) {
    for (SeveralTargets policy : SeveralTargets.values()) {
      try {
        all.translate(coding, policy);
      } catch (IllegalStateException e) {
        assertFalse(e.getMessage() == null, "no message");
      }
    }
  }

  private static void checkMessage(CompiledSection section, IllegalStateException e) {
    assertEquals(
        "The compiled map " + section.map() + " is damaged: one of its entries makes no sense",
        e.getMessage());
  }

  /** Returns small compiled maps that have something of everything. */
  public static byte[] small() throws IOException {
    MapId id = new MapId("urn:m", "1");
    MapGroup group = new MapGroup(id, "m", "urn:s", "", "urn:t", "2");
    Path file = Files.createTempFile("healthbeam-seed-", CompiledMaps.SUFFIX);
    try (MapCompiler compiler = new MapCompiler()) {
      compiler.say(
          group,
          Source.code("a"),
          new Target(
              "x",
              "one two one",
              Relationship.EQUIVALENT,
              "urn:v",
              List.of(Property.of("p", "1")),
              List.of(Property.of("q", "2")),
              new Validity(LocalDate.of(2000, 1, 1), LocalDate.of(2030, 1, 1), true),
              new Combination(1, 2, 3),
              "two"));
      compiler.say(group, Source.code("b"), Target.of("y", "", Relationship.SOURCE_IS_BROADER));
      compiler.withoutTarget(group, Source.code("c"), true);
      compiler.otherwise(
          group,
          new ConceptMap.Unmapped(
              ConceptMap.Mode.FIXED, "f", "fixed", "", Relationship.RELATED_TO, ""));
      compiler.remark(id, "m", "said");
      compiler.writeTo(file);
      return Files.readAllBytes(file);
    } catch (InvalidMapException e) {
      throw new IllegalStateException(e);
    } finally {
      Files.delete(file);
    }
  }

  /** Returns the same, with the lengths and checksums in the header and the directory right. */
  static byte[] mended(byte[] bytes) {
    if (bytes.length < CompiledMaps.HEADER) {
      return bytes;
    }
    ByteBuffer header = ByteBuffer.wrap(bytes.clone()).order(ByteOrder.LITTLE_ENDIAN);
    long start = header.getLong(16);
    if (start < CompiledMaps.HEADER || start > bytes.length) {
      return withHeaderSummed(header.array());
    }
    byte[] directory = directory(bytes, (int) start);
    byte[] all = Arrays.copyOf(bytes, (int) start + directory.length);
    System.arraycopy(directory, 0, all, (int) start, directory.length);
    ByteBuffer.wrap(all)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(12, directory.length)
        .putLong(24, all.length)
        .putInt(32, sum(all, (int) start, directory.length));
    return withHeaderSummed(all);
  }

  private static byte[] withHeaderSummed(byte[] all) {
    ByteBuffer.wrap(all)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(CompiledMaps.HEADER - 4, sum(all, 0, CompiledMaps.HEADER - 4));
    return all;
  }

  private static int sum(byte[] bytes, int start, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, start, length);
    return (int) crc.getValue();
  }

  private static byte[] directory(byte[] bytes, int start) {
    Mending mending = new Mending(bytes, start);
    try {
      mending.walk();
    } catch (RuntimeException e) {
      // The rest of it makes no sense, and is left as it is.
    }
    return mending.rest();
  }

  /** Goes through a directory as it is opened, and writes the checksum of each area anew. */
  private static final class Mending {
    private final byte[] bytes;
    private final Unpacker in;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int copied;

    Mending(byte[] bytes, int start) {
      this.bytes = bytes;
      this.in = new Unpacker(bytes, start, bytes.length);
      this.copied = start;
    }

    void walk() {
      for (int maps = in.count(); maps > 0; maps--) {
        texts(3);
        for (int i = 0; i < DIGEST; i++) {
          in.u8();
        }
        texts(in.count());
        for (int valueSets = in.count(); valueSets > 0; valueSets--) {
          texts(1);
          texts(Math.multiplyExact(2, in.count()));
        }
      }
      area();
      area();
      for (int sections = in.count(); sections > 0; sections--) {
        in.count();
        texts(1);
        in.number();
        for (int groups = in.count(); groups > 0; groups--) {
          texts(3);
        }
        for (int defaults = in.count(); defaults > 0; defaults--) {
          in.count();
          in.count();
          texts(3);
          in.count();
          texts(1);
        }
        area();
        area();
      }
    }

    private void texts(int n) {
      for (int i = 0; i < n; i++) {
        in.bytes();
      }
    }

    private void area() {
      long start = in.number();
      long length = in.number();
      copyTo(in.position());
      in.number();
      copied = in.position();
      Packer sum = new Packer();
      sum.number(
          start >= 0 && length >= 0 && length <= bytes.length && start <= bytes.length - length
              ? sum(bytes, (int) start, (int) length) & 0xFFFFFFFFL
              : 0);
      out.writeBytes(sum.toBytes());
    }

    private void copyTo(int end) {
      out.write(bytes, copied, end - copied);
      copied = end;
    }

    byte[] rest() {
      copyTo(bytes.length);
      return out.toByteArray();
    }
  }
}
