package org.healthbeam.pipelines.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.io.BytesWritable;
import org.apache.hadoop.io.SequenceFile;
import org.apache.hadoop.io.SequenceFile.CompressionType;
import org.apache.hadoop.io.Text;
import org.healthbeam.pipelines.mapcodes.MapCodesPipeline;
import org.healthbeam.pipelines.monitorvitals.MonitorVitals;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values of Hadoop's sequence files give what the same records give as lines. */
class SequenceInputsTest {
  @TempDir Path folder;

  private Path write(String name, CompressionType type, List<String> values) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (FSDataOutputStream out = new FSDataOutputStream(bytes, null);
        SequenceFile.Writer writer =
            SequenceFile.createWriter(
                new Configuration(false),
                SequenceFile.Writer.stream(out),
                SequenceFile.Writer.keyClass(Text.class),
                SequenceFile.Writer.valueClass(BytesWritable.class),
                SequenceFile.Writer.compression(type))) {
      for (String value : values) {
        writer.append(new Text("key"), new BytesWritable(value.getBytes(StandardCharsets.UTF_8)));
      }
    }
    return Files.write(folder.resolve(name), bytes.toByteArray());
  }

  private int run(HealthPipeline<?> pipeline, Path input, Path out, String... more) {
    List<String> args = new ArrayList<>(List.of("--input=" + input, "--output=" + out));
    args.addAll(List.of(more));
    return PipelineRun.run(pipeline, args.toArray(String[]::new));
  }

  /** Returns the sorted rows of a table without some columns. */
  private static List<String> rows(Path table, String... without) throws IOException {
    List<String> lines = Files.readAllLines(table);
    List<String> names = List.of(lines.get(0).split("\t"));
    List<String> rows = new ArrayList<>();
    for (String line : lines) {
      String[] cells = line.split("\t", -1);
      Arrays.stream(without).map(names::indexOf).filter(i -> i >= 0).forEach(i -> cells[i] = "");
      rows.add(String.join("\t", cells));
    }
    rows.sort(null);
    return rows;
  }

  @Test
  void resourcesAreMappedAsThoseOfNdjson() throws Exception {
    Path map = folder.resolve("map.csv");
    Files.writeString(
        map,
        """
        source_system,source_code,target_system,target_code,relationship,map_url,map_version
        urn:s,1,urn:t,x,equivalent,urn:m,1
        """);
    List<String> resources = new ArrayList<>(List.of("no JSON"));
    for (int i = 0; i < 60; i++) {
      resources.add(
          ("{\"resourceType\":\"Condition\",\"id\":\"%d\",\"code\":{\"coding\":["
                  + "{\"system\":\"urn:s\",\"code\":\"%d\"}]}}")
              .formatted(i, i % 3));
    }
    Path lines = Files.write(folder.resolve("lines.ndjson"), resources);
    Path expected = folder.resolve("expected");
    assertEquals(0, run(new MapCodesPipeline(), lines, expected, "--maps=" + map));
    for (CompressionType type : CompressionType.values()) {
      Path sequence = write("part-m-" + type, type, resources);
      Path out = folder.resolve("out-" + type);
      assertEquals(0, run(new MapCodesPipeline(), sequence, out, "--maps=" + map));
      for (String table : List.of("translations.tsv", "coverage.tsv", "codes.tsv")) {
        assertEquals(
            rows(expected.resolve(table), "source", "position"),
            rows(out.resolve(table), "source", "position"),
            type + " " + table);
      }
      assertEquals(all(expected.resolve("resources")), all(out.resolve("resources")));
      assertEquals(1, all(out.resolve("rejected")).size());
    }
  }

  private static List<String> all(Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> !f.getFileName().toString().startsWith(".")).toList()) {
        lines.addAll(Files.readAllLines(file));
      }
    }
    lines.sort(null);
    return lines;
  }

  /** Of rows, FHIR and HL7 v2 in one file, as messages of a topic are. */
  @Test
  void messagesAreMonitoredAsBatchAndAsStream() throws Exception {
    List<String> rows = new ArrayList<>();
    for (int i = 10; i < 60; i++) {
      rows.add("a,2110-01-01T00:%d:05Z,heart_rate,%d,/min".formatted(i, 60 + i % 7));
    }
    List<String> table = new ArrayList<>(List.of("subject,time,kind_or_code,value,unit"));
    table.addAll(rows);
    table.add("H|b,2110-01-01T00:10:05Z,heart_rate,72,/min");
    table.add("c,2110-01-01T00:10:05Z,heart_rate,73,/min");
    Path expected = folder.resolve("expected");
    Path csv = Files.write(folder.resolve("ward.csv"), table);
    assertEquals(0, run(new MonitorVitals(), csv, expected));
    List<String> messages = new ArrayList<>(rows);
    messages.add(
        "MSH|^~\\&|MON|ICU|EHR|H|21100101000500+0000||ORU^R01^ORU_R01|1|P|2.5.1\r"
            + "PID|1||b^^^H^MR\rOBR|1||F1||||21100101001005+0000\r"
            + "OBX|1|NM|8867-4^Heart rate^LN||72|/min^^UCUM|||||F\r");
    messages.add(
        ("{'resourceType':'Observation','subject':{'reference':'Patient/c'},\n"
                + "'effectiveDateTime':'2110-01-01T00:10:05Z',"
                + "'code':{'coding':[{'system':'http://loinc.org','code':'8867-4'}]},"
                + "'valueQuantity':{'value':73,'code':'/min'}}")
            .replace('\'', '"'));
    Path sequence = write("messages", CompressionType.BLOCK, messages);
    for (String mode : List.of("--streaming=false", "--streaming=true")) {
      Path out = folder.resolve("out" + mode);
      assertEquals(0, run(new MonitorVitals(), sequence, out, mode));
      for (String name : List.of("summaries.tsv", "scores.tsv", "alerts.tsv")) {
        assertEquals(
            rows(expected.resolve(name), "revision"),
            rows(out.resolve(name), "revision"),
            mode + " " + name);
      }
      assertTrue(rows(out.resolve("summaries.tsv")).size() > 50, mode);
    }
  }

  @Test
  void asATableOfCodesItIsRefused() throws Exception {
    Path sequence = write("rows", CompressionType.NONE, List.of("a,b", "1,2"));
    Path map = Files.writeString(folder.resolve("map.csv"), "source_code,target_code\n1,2\n");
    Path out = folder.resolve("out");
    assertEquals(
        2,
        run(
            new MapCodesPipeline(),
            sequence,
            out,
            "--maps=" + map,
            "--codeColumns=a",
            "--codeSystem=urn:s"));
    assertTrue(Files.notExists(out));
  }
}
