package org.healthbeam.core.code.read;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapId;
import org.healthbeam.core.code.MapSink;
import org.junit.jupiter.api.Test;

class FhirPackageTest {
  private static final String MAP =
      """
      {"resourceType": "ConceptMap", "status": "active", "group": [{
        "source": "urn:s", "target": "urn:t",
        "element": [{"code": "a", "target": [{"code": "x", "relationship": "equivalent"}]}]}]}
      """;
  private static final String VALUE_SET =
      """
      {"resourceType": "ValueSet", "url": "urn:v", "version": "2", "compose": {"include": [
        {"system": "urn:s", "concept": [{"code": "a", "display": "A"}, {"code": "b"}]}]}}
      """;

  @Test
  void aPackageIsReadWithoutItsExamples() throws Exception {
    Map<String, String> files = new TreeMap<>();
    files.put("package/package.json", "{\"name\": \"p\"}");
    files.put("package/.index.json", "{}");
    files.put("package/ConceptMap-m.json", MAP);
    files.put("package/ValueSet-v.json", VALUE_SET);
    files.put("package/StructureDefinition-s.json", "{\"resourceType\": \"StructureDefinition\"}");
    files.put("package/example/ConceptMap-n.json", MAP);
    ToldMaps told = ToldMaps.by(sink -> readPackage(files, sink));
    assertEquals(Set.of(new MapId("ConceptMap-m.json", "")), told.maps);
    assertEquals("p.tgz!package/ConceptMap-m.json", told.facts.get(0).group().file());
    assertEquals(1, told.valueSets.size());
  }

  @Test
  void anArchiveThatIsNoPackageIsRefused() {
    InvalidMapException refused =
        assertThrows(
            InvalidMapException.class,
            () -> ToldMaps.by(sink -> readPackage(Map.of("a.json", "{}"), sink)));
    assertTrue(refused.getMessage().contains("p.tgz"), refused::getMessage);
    assertThrows(
        InvalidMapException.class,
        () ->
            ToldMaps.by(
                sink ->
                    MapFormat.FHIR_PACKAGE.read(
                        new ByteArrayInputStream("no tar".repeat(200).getBytes(UTF_8)),
                        "p.tgz",
                        "",
                        sink)));
  }

  @Test
  void anArchiveThatIsCutOffIsRefusedAndAFailureToReadItIsNotItsFault() throws Exception {
    byte[] tar = packed(Map.of("package/package.json", "{\"name\": \"p\"}"), out -> out);
    for (int length : List.of(513, 530, 1000)) {
      InvalidMapException refused =
          assertThrows(
              InvalidMapException.class,
              () ->
                  FhirPackage.read(
                      new ByteArrayInputStream(tar, 0, length),
                      "p.tgz",
                      LeftOut.nothing(),
                      new ToldMaps()));
      assertTrue(refused.getMessage().contains("damaged tar file"), refused::getMessage);
    }
    InputStream failing =
        new SequenceInputStream(
            new ByteArrayInputStream(tar, 0, 513),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("the disk is gone");
              }

              @Override
              public int read(byte[] bytes, int start, int length) throws IOException {
                return read();
              }
            });
    IOException failed =
        assertThrows(
            IOException.class,
            () -> FhirPackage.read(failing, "p.tgz", LeftOut.nothing(), new ToldMaps()));
    assertEquals("the disk is gone", failed.getMessage());
  }

  @Test
  void whatASinkThrowsIsNotBlamedOnThePackage() {
    MapSink broken =
        (MapSink)
            Proxy.newProxyInstance(
                MapSink.class.getClassLoader(),
                new Class<?>[] {MapSink.class},
                (proxy, method, args) -> {
                  throw new IllegalArgumentException("a fault of ours");
                });
    Map<String, String> files =
        Map.of("package/package.json", "{\"name\": \"p\"}", "package/ConceptMap-m.json", MAP);
    assertEquals(
        "a fault of ours",
        assertThrows(IllegalArgumentException.class, () -> readPackage(files, broken))
            .getMessage());
  }

  @Test
  void aFileThatBreaksARuleIsRefusedWithItsPackageOrLeftOutIfThatIsAskedFor() throws Exception {
    Map<String, String> files = new TreeMap<>();
    files.put("package/package.json", "{\"name\": \"p\"}");
    files.put("package/ConceptMap-a.json", MAP.replace("\"relationship\": \"equivalent\"", ""));
    files.put("package/ConceptMap-b.json", MAP);
    files.put("package/ValueSet-v.json", "{\"resourceType\": ");
    byte[] tar = packed(files, out -> out);
    InvalidMapException refused =
        assertThrows(
            InvalidMapException.class,
            () ->
                FhirPackage.read(
                    new ByteArrayInputStream(tar), "p.tgz", LeftOut.nothing(), new ToldMaps()));
    assertEquals("p.tgz!package/ConceptMap-a.json", refused.file());
    LeftOut leftOut = LeftOut.theseAndMore(Map.of());
    ToldMaps told = new ToldMaps();
    FhirPackage.read(new ByteArrayInputStream(tar), "p.tgz", leftOut, told);
    assertEquals(Set.of(new MapId("ConceptMap-b.json", "")), told.maps);
    assertEquals(
        List.of("p.tgz!package/ConceptMap-a.json", "p.tgz!package/ValueSet-v.json"),
        List.copyOf(leftOut.reasons().keySet()));
    assertEquals(refused.getMessage(), leftOut.reasons().get("p.tgz!package/ConceptMap-a.json"));
    ToldMaps again = new ToldMaps();
    FhirPackage.read(
        new ByteArrayInputStream(tar), "p.tgz", LeftOut.these(leftOut.reasons()), again);
    assertEquals(told.facts, again.facts);
  }

  @Test
  void whatIsLeftOutLaterIsTheFileInThePackageAndNothingElse() throws Exception {
    List<String> files = List.of("dir/a.json", "dir/p.tgz");
    LeftOut leftOut = LeftOut.theseAndMore(Map.of());
    leftOut.take(
        files, new InvalidMapException("dir/p.tgz!package/b.json!entry[3]", "", "differs"));
    assertEquals(Set.of("dir/p.tgz!package/b.json"), leftOut.reasons().keySet());
    for (String other : List.of("dir/a.json", "dir/p.tgz", "dir/p.tgz!package/b.json", "")) {
      InvalidMapException why = new InvalidMapException(other, "", "is wrong");
      assertEquals(why, assertThrows(InvalidMapException.class, () -> leftOut.take(files, why)));
    }
  }

  private static void readPackage(Map<String, String> files, MapSink sink) throws Exception {
    MapFormat.ofName("p.tgz")
        .orElseThrow()
        .read(new ByteArrayInputStream(packed(files, GZIPOutputStream::new)), "p.tgz", "", sink);
  }

  /** How an archive is packed. */
  private interface Packing {
    OutputStream into(OutputStream out) throws IOException;
  }

  private static byte[] packed(Map<String, String> files, Packing packing) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(packing.into(bytes))) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        byte[] content = file.getValue().getBytes(UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }
}
