package org.healthbeam.transforms.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.util.SerializableUtils;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapId;
import org.healthbeam.core.code.SeveralTargets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeMapsTest {
  private static final String HEADER = "source_system,source_code,target_system,target_code\n";

  @TempDir Path dir;

  @Test
  void allThreadsShareOneCopy() throws Exception {
    CodeMaps maps = fromFiles(table("a.csv", "urn:s,a,urn:t,x\n"));
    CodeMaps sent = SerializableUtils.clone(maps);
    CodeMap first = maps.load();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Callable<CodeMap>> loads = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        loads.add(sent::load);
      }
      for (Future<CodeMap> loaded : threads.invokeAll(loads)) {
        assertSame(first, loaded.get());
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void changedContentIsAnotherMapAndRefusedByWhoStillExpectsTheOldOne() throws Exception {
    Path file = table("a.csv", "urn:s,a,urn:t,x\n");
    CodeMaps before = fromFiles(file);
    CodeMap old = before.load();
    table("a.csv", "urn:s,a,urn:t,y\n");
    CodeMaps after = fromFiles(file);
    assertNotSame(old, after.load());
    assertEquals("y", target(after.load()));
    assertEquals("x", target(old));
    // In another JVM nobody has the old content; here somebody has, until it is forgotten.
    assertSame(old, before.load());
    assertThrows(IOException.class, () -> SharedCodeMaps.get("another JVM", before::compile));
  }

  @Test
  void foldersGlobsAndGzipAreRead() throws Exception {
    Path sub = Files.createDirectories(dir.resolve("sub"));
    Files.writeString(sub.resolve("LICENSE"), "not a map");
    table("sub/a.csv", "urn:s,a,urn:t,x\n");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(sub.resolve("b.csv.gz")))) {
      out.write((HEADER + "urn:s,b,urn:t,y\n").getBytes(StandardCharsets.UTF_8));
    }
    assertEquals(2, fromFiles(sub).load().size());
    assertEquals(2, CodeMaps.fromFiles(List.of(sub + "/")).load().size());
    assertEquals(2, CodeMaps.fromFiles(List.of(sub + "/*", sub + "/a.csv")).load().size());
    assertEquals(1, CodeMaps.fromFiles(List.of(sub + "/*.gz")).load().size());
    MapId id = CodeMaps.fromFiles(List.of(sub + "/a.csv")).load().ids().iterator().next();
    assertEquals("a.csv", id.url());
    assertTrue(id.version().matches("sha256:[0-9a-f]{12}"), id::version);
  }

  @Test
  void aFolderOfPublishedMapsIsReadEachInItsFormat() throws Exception {
    Files.writeString(dir.resolve("2018_I9gem.txt"), "0010 A000 00000\n");
    Files.writeString(
        dir.resolve("der2_sRefset_SimpleMapSnapshot_INT_20240101.txt"),
        "id\teffectiveTime\tactive\tmoduleId\trefsetId\treferencedComponentId\tmapTarget\n"
            + "a\t20230731\t1\t449080006\t446608001\t100000001\t8140/3\n");
    Files.writeString(
        dir.resolve("HL7 Concept Map_ AddressType[Use] - Sheet1.csv"),
        "HL7 v2,,,HL7 FHIR,,\nCode,Text,Code System,Code,Display,Code System\n"
            + "H,Home,HL70190,home,Home,http://hl7.org/fhir/address-use\n");
    Files.writeString(dir.resolve("README.txt"), "Read me.");
    CodeMap map = fromFiles(dir).load();
    assertEquals(
        Set.of(
            "2018_I9gem.txt",
            "http://snomed.info/sct?fhir_cm=446608001",
            "HL7 Concept Map_ AddressType[Use] - Sheet1.csv"),
        map.ids().stream().map(MapId::url).collect(Collectors.toSet()));
    assertEquals(3, map.size());
  }

  @Test
  void aCompiledMapAnswersAsItsSourcesAndIsKnownByItsContent() throws Exception {
    Path file = table("a.csv", "urn:s,a,urn:t,x\n");
    Path compiled = dir.resolve("all.hbmap");
    fromFiles(file).compileTo(compiled, rows -> {});
    CodeMaps maps = fromFiles(compiled);
    assertEquals(fromFiles(file).load().ids(), maps.load().ids());
    assertEquals("x", target(maps.load()));
    assertEquals("x", target(SerializableUtils.clone(maps).load()));
    table("a.csv", "urn:s,a,urn:t,y\n");
    fromFiles(file).compileTo(dir.resolve("new.hbmap"), rows -> {});
    Files.move(dir.resolve("new.hbmap"), compiled, StandardCopyOption.REPLACE_EXISTING);
    assertEquals("y", target(fromFiles(compiled).load()));
    assertThrows(IOException.class, () -> SharedCodeMaps.get("another JVM", maps::compile));
    InvalidMapException refused =
        assertThrows(
            InvalidMapException.class, () -> fromFiles(Files.writeString(compiled, "none")));
    assertTrue(refused.getMessage().endsWith("all.hbmap: is not a compiled map"));
  }

  @Test
  void severalVersionsOfAMapNeedAChoiceThatTravelsWithTheMaps() throws Exception {
    String header = HEADER.strip() + ",map_url,map_version\n";
    Path both =
        Files.writeString(
            dir.resolve("both.csv"),
            header + "urn:s,a,urn:t,x,urn:m,1\n" + "urn:s,a,urn:t,y,urn:m,2\n");
    InvalidMapException refused = assertThrows(InvalidMapException.class, () -> fromFiles(both));
    assertTrue(refused.getMessage().contains("urn:m|1, urn:m|2"), refused::getMessage);
    CodeMaps found = CodeMaps.find(List.of(both.toString()));
    CodeMaps second = found.using(List.of("urn:m|2")).read();
    assertEquals("y", target(second.load()));
    assertEquals("y", target(SerializableUtils.clone(second).compile()));
    assertEquals("x", target(found.using(List.of("urn:m|1")).read().load()));
    assertTrue(
        assertThrows(InvalidMapException.class, () -> found.using(List.of("urn:m|3")).read())
            .getMessage()
            .contains("There is no map urn:m|3; there is urn:m|1, urn:m|2"));
  }

  @Test
  void ofEachMapTheLatestVersionIsAskedAndOthersOnlyByTheirVersion() throws Exception {
    String header = HEADER.strip() + ",map_url,map_version\n";
    Files.writeString(dir.resolve("old.csv"), header + "urn:s,a,urn:t,x,urn:m,1.9\n");
    Files.writeString(
        dir.resolve("new.csv"),
        header + "urn:s,a,urn:t,y,urn:m,1.10\n" + "urn:s,b,urn:t,z,urn:n,1\n");
    CodeMaps latest = CodeMaps.find(List.of(dir.toString())).latestVersions();
    assertEquals(Set.of(new MapId("urn:m", "1.10"), new MapId("urn:n", "1")), latest.load().ids());
    assertEquals("y", target(SerializableUtils.clone(latest).compile()));
    assertEquals("y", target(CoderUtils.clone(CodeMapsCoder.of(), latest).compile()));
    Files.writeString(dir.resolve("third.csv"), header + "urn:s,a,urn:t,w,urn:m,latest\n");
    CodeMaps unknown = CodeMaps.find(List.of(dir.toString())).latestVersions();
    String refused = assertThrows(InvalidMapException.class, unknown::read).getMessage();
    assertTrue(refused.contains("which is the later one"), refused);
  }

  @Test
  void reversedMapsLeadBackAlsoIfTheyAreCompiled() throws Exception {
    Path file = table("a.csv", "urn:s,a,urn:t,x\nurn:s,b,urn:t,x\n");
    CodeMaps forward = fromFiles(file);
    Path compiled = dir.resolve("all.hbmap");
    forward.compileTo(compiled, rows -> {});
    // A compiled map keeps no order among its codes.
    for (Path each : List.of(file, compiled)) {
      CodeMaps reversed = CodeMaps.find(List.of(each.toString())).reversed().read();
      assertEquals(
          List.of("a", "b"),
          SerializableUtils.clone(reversed)
              .load()
              .translate(Coding.of("urn:t", "x"), SeveralTargets.ALL)
              .acceptedAnswers()
              .stream()
              .map(answer -> answer.target().code())
              .sorted()
              .toList());
    }
    assertEquals("x", target(forward.load()));
  }

  @Test
  void whichMapsAreUsedTravelsByItsCoder() throws Exception {
    CodeMaps maps =
        fromFiles(table("a.csv", "urn:s,a,urn:t,x\n")).using(List.of("a.csv")).reversed();
    CodeMaps latest = CodeMaps.find(List.of(dir.toString())).latestVersions();
    assertEquals(latest, CoderUtils.clone(CodeMapsCoder.of(), latest));
    assertNotEquals(latest, CodeMaps.find(List.of(dir.toString())));
    CodeMaps sent = CoderUtils.clone(CodeMapsCoder.of(), maps);
    assertEquals(maps, sent);
    assertTrue(sent.isReversed());
    assertEquals(maps.load().ids(), sent.load().ids());
  }

  @Test
  void theSameMapWithTwoContentsIsRefused() throws Exception {
    String header = HEADER.strip() + ",map_url,map_version\n";
    Path a = Files.writeString(dir.resolve("a.csv"), header + "urn:s,a,urn:t,x,urn:m,1\n");
    Path b = Files.writeString(dir.resolve("b.csv"), header + "urn:s,a,urn:t,y,urn:m,1\n");
    InvalidMapException refused =
        assertThrows(
            InvalidMapException.class,
            () -> CodeMaps.fromFiles(List.of(a.toString(), b.toString())));
    assertTrue(refused.getMessage().contains("they differ"), refused::getMessage);
    fromFiles(a).compileTo(dir.resolve("a.hbmap"), rows -> {});
    CodeMaps.fromFiles(List.of(a.toString(), dir.resolve("a.hbmap").toString()));
    assertThrows(
        InvalidMapException.class,
        () -> CodeMaps.fromFiles(List.of(b.toString(), dir.resolve("a.hbmap").toString())));
  }

  @Test
  void whatIsNoMapIsRefusedWithItsName() throws Exception {
    Path folder = Files.createDirectories(dir.resolve("empty"));
    assertTrue(
        assertThrows(FileNotFoundException.class, () -> fromFiles(folder))
            .getMessage()
            .contains("empty"));
    Path text = Files.writeString(dir.resolve("map.txt"), "x");
    assertTrue(
        assertThrows(InvalidMapException.class, () -> fromFiles(text))
            .getMessage()
            .contains("map.txt"));
    Path patient = Files.writeString(dir.resolve("p.json"), "{\"resourceType\":\"Patient\"}");
    assertTrue(
        assertThrows(InvalidMapException.class, () -> fromFiles(patient))
            .getMessage()
            .contains("is a Patient"));
    Path broken = Files.writeString(dir.resolve("b.json"), "{\"resourceType\":\n \"Conc");
    assertTrue(
        assertThrows(InvalidMapException.class, () -> fromFiles(broken))
            .getMessage()
            .contains("b.json, line 2"));
    Path binary = Files.write(dir.resolve("b.csv"), new byte[] {(byte) 0xFF, 0, 1, 2});
    assertThrows(InvalidMapException.class, () -> fromFiles(binary));
    Path none = table("none.csv", "");
    assertTrue(
        assertThrows(InvalidMapException.class, () -> fromFiles(none))
            .getMessage()
            .contains("none.csv"));
  }

  @Test
  void anEmptyNameIsNotTheRootFolder() {
    assertThrows(InvalidMapException.class, () -> CodeMaps.find(List.of("")));
    assertThrows(InvalidMapException.class, () -> CodeMaps.find(List.of(" ", dir.toString())));
  }

  private static String target(CodeMap map) {
    return map.translate(Coding.of("urn:s", "a"), SeveralTargets.ALL)
        .answers()
        .get(0)
        .target()
        .code();
  }

  private static CodeMaps fromFiles(Path path) throws InvalidMapException, IOException {
    return CodeMaps.fromFiles(List.of(path.toString()));
  }

  private Path table(String name, String rows) throws IOException {
    return Files.writeString(dir.resolve(name), HEADER + rows);
  }
}
