package org.healthbeam.io.part;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamePartsTest {
  @TempDir Path folder;

  @Test
  void partsGetTheirNamesWhateverAttemptsThatDiedHaveLeft() throws IOException {
    NameParts naming = naming();
    List<String> names = new ArrayList<>();
    for (String text : List.of("a\n", "b\n", "died\n")) {
      PartFile part = PartFile.plain(naming.partsFolder());
      part.out().write(text.getBytes(UTF_8));
      names.add(part.finish());
    }
    name(naming, names.subList(0, 2));
    Map<String, String> files = files();
    assertEquals(List.of("part-00000-of-00002.txt", "part-00001-of-00002.txt"), keys(files));
    assertEquals(List.of("a\n", "b\n"), files.values().stream().sorted().toList());
  }

  @Test
  void anAttemptThatIsRepeatedGoesOn() throws IOException {
    NameParts naming = naming();
    List<String> names = new ArrayList<>();
    for (String text : List.of("a\n", "b\n")) {
      PartFile part = PartFile.plain(naming.partsFolder());
      part.out().write(text.getBytes(UTF_8));
      names.add(part.finish());
    }
    // The first attempt came as far as the first name.
    names.sort(null);
    NameParts.plan(naming.partsFolder(), names);
    Files.createDirectories(folder.resolve("out"));
    Files.move(Path.of(names.get(0)), folder.resolve("out/part-00000-of-00002.txt"));
    name(naming, names);
    assertEquals(List.of("a\n", "b\n"), files().values().stream().sorted().toList());
  }

  @Test
  void partsThatWereWrittenAnewAfterTheNamingBeganAreNotNamedToo() throws IOException {
    NameParts naming = naming();
    List<String> names = new ArrayList<>();
    for (String text : List.of("a\n", "b\n", "c\n")) {
      PartFile part = PartFile.plain(naming.partsFolder());
      part.out().write(text.getBytes(UTF_8));
      names.add(part.finish());
    }
    names.sort(null);
    String last = Files.readString(Path.of(names.get(2)));
    NameParts.plan(naming.partsFolder(), names);
    Files.createDirectories(folder.resolve("out"));
    for (int i = 0; i < 3; i++) {
      Files.move(Path.of(names.get(i)), folder.resolve("out/part-0000" + i + "-of-00003.txt"));
    }
    // The worker of the last one is lost, and what it wrote is written again in two parts.
    List<String> again = new ArrayList<>(names.subList(0, 2));
    for (String text : List.of(last.substring(0, 1), last.substring(1))) {
      PartFile part = PartFile.plain(naming.partsFolder());
      part.out().write(text.getBytes(UTF_8));
      again.add(part.finish());
    }
    name(naming, again);
    assertEquals(List.of("a\n", "b\n", "c\n"), files().values().stream().sorted().toList());
    // Also when the plan was removed with the folder, and then all parts are written anew.
    name(naming, names);
    assertEquals(List.of("a\n", "b\n", "c\n"), files().values().stream().sorted().toList());
    PartFile all = PartFile.plain(naming.partsFolder());
    all.out().write("a\nb\nc\n".getBytes(UTF_8));
    name(naming, List.of(all.finish()));
    assertEquals(List.of("a\n", "b\n", "c\n"), files().values().stream().sorted().toList());
  }

  @Test
  void aPartThatIsGoneFailsTheNaming() throws IOException {
    NameParts naming = naming();
    PartFile part = PartFile.plain(naming.partsFolder());
    part.out().write("a\n".getBytes(UTF_8));
    String name = part.finish();
    NameParts.plan(naming.partsFolder(), List.of(name));
    Files.delete(Path.of(name));
    assertThrows(RuntimeException.class, () -> name(naming, List.of(name)));
  }

  @Test
  void thePartsOfAFolderAreNotInTheFolderWhereAUserReads() {
    assertEquals(
        folder, Path.of(NameParts.in(folder.resolve("out") + "/", "").partsFolder()).getParent());
  }

  @Test
  void partsOfTheNextRunReplaceThePartsWhateverMarkTheLastRunHasLeft() throws IOException {
    for (String text : List.of("a\n", "b\n")) {
      NameParts naming = naming();
      PartFile part = PartFile.plain(naming.partsFolder());
      part.out().write(text.getBytes(UTF_8));
      Files.deleteIfExists(folder.resolve("out/part-00000-of-00001.txt"));
      name(naming, List.of(part.finish()));
      assertEquals(Map.of("part-00000-of-00001.txt", text), files());
    }
  }

  @Test
  void twoPartsAreClosedAlsoWhereOneCannotBe() throws IOException {
    class Full extends OutputStream {
      @Override
      public void write(int b) {}

      @Override
      public void close() throws IOException {
        throw new IOException("No space left");
      }
    }
    AtomicBoolean closed = new AtomicBoolean();
    OutputStream other =
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            closed.set(true);
          }
        };
    PartFile full = new PartFile(new Full());
    assertThrows(IOException.class, () -> PartFile.closeAll(full, new PartFile(other)));
    assertTrue(closed.get());
    closed.set(false);
    PartFile fullToo = new PartFile(new Full());
    assertThrows(IOException.class, () -> PartFile.closeAll(new PartFile(other), fullToo));
    assertTrue(closed.get());
    PartFile.closeAll(null, null);
  }

  @Test
  void withoutAPartThereIsOneEmptyFile() throws IOException {
    name(naming(), List.of());
    assertEquals(Map.of("part-00000-of-00001.txt", ""), files());
  }

  @Test
  void aPartInWhichNothingWasWrittenIsNone() throws IOException {
    try (PartFile part = PartFile.plain(folder + "/")) {
      assertEquals(null, part.finish());
    }
    try (Stream<Path> all = Files.list(folder)) {
      assertEquals(0, all.count());
    }
  }

  private NameParts naming() {
    return NameParts.in(folder.resolve("out").toString(), ".txt");
  }

  private static void name(NameParts naming, List<String> names) {
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    pipeline.apply(Create.of(names).withCoder(StringUtf8Coder.of())).apply("Name", naming);
    pipeline.run().waitUntilFinish();
  }

  private Map<String, String> files() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(folder.resolve("out"))) {
      for (Path file : all.toList()) {
        files.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return files;
  }

  private static List<String> keys(Map<String, String> files) {
    return List.copyOf(files.keySet());
  }
}
