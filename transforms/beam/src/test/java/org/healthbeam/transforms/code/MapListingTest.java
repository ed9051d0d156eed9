package org.healthbeam.transforms.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MapListingTest {
  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

  @TempDir Path dir;

  @Test
  void aFileThatHasNotChangedIsSeenNotToHave() throws Exception {
    Path map = write("a.csv", "one", LONG_AGO);
    MapListing first = look();
    assertTrue(first.isSettled());
    assertEquals(first, look());
    write("README.md", "is no map", LONG_AGO);
    assertEquals(first, look());
    Files.setLastModifiedTime(map, FileTime.from(LONG_AGO.plusSeconds(1)));
    assertNotEquals(first.text(), look().text());
  }

  @Test
  void anotherSizeOrAnotherFileIsAChange() throws Exception {
    write("a.csv", "one", LONG_AGO);
    MapListing first = look();
    write("a.csv", "three", LONG_AGO);
    MapListing second = look();
    assertNotEquals(first.text(), second.text());
    write("b.csv", "one", LONG_AGO);
    assertNotEquals(second.text(), look().text());
  }

  @Test
  void aFileThatMayStillBeWrittenIsNotTrusted() throws Exception {
    write("a.csv", "one", Instant.parse("2200-01-01T00:00:00Z"));
    assertFalse(look().isSettled());
  }

  private MapListing look() throws Exception {
    return MapListing.of(
        List.of(dir.toString()), org.joda.time.Instant.parse("2026-01-01T00:00:00Z"));
  }

  private Path write(String name, String text, Instant time) throws Exception {
    Path file = Files.writeString(dir.resolve(name), text);
    Files.setLastModifiedTime(file, FileTime.from(time));
    return file;
  }
}
