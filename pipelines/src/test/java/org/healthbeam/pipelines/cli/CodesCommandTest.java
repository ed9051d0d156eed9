package org.healthbeam.pipelines.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.healthbeam.pipelines.run.Terminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodesCommandTest {
  private static final String HEADER =
      "source_system,source_code,target_system,target_code,relationship,map_url,map_version\n";

  @TempDir Path dir;
  private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
  private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();

  private int execute(String... args) {
    stdout.reset();
    stderr.reset();
    return new HealthBeam(
            new Terminal(
                new PrintStream(stdout, true, StandardCharsets.UTF_8),
                new PrintStream(stderr, true, StandardCharsets.UTF_8),
                false,
                100))
        .execute(args);
  }

  private String err() {
    return stderr.toString(StandardCharsets.UTF_8);
  }

  private String out() {
    return stdout.toString(StandardCharsets.UTF_8);
  }

  private String table(String name, String version, String... rows) throws IOException {
    StringBuilder text = new StringBuilder(HEADER);
    for (String row : rows) {
      text.append("urn:s,").append(row).append(",equivalent,urn:m,").append(version).append('\n');
    }
    return Files.writeString(dir.resolve(name), text).toString();
  }

  @Test
  void mapsAreCompiledInspectedAndCompared() throws Exception {
    String old = table("old.csv", "1", "a,urn:t,x", "b,urn:t,y");
    String now = table("new.csv", "2", "a,urn:t,z", "c,urn:t,y", "c,urn:t,w");
    String compiled = dir.resolve("old.hbmap").toString();
    assertEquals(0, execute("codes", "compile", "--maps=" + old, "--output=" + compiled));
    assertTrue(out().contains("1 map, 2 codes"), this::out);
    try (Stream<Path> files = Files.list(dir)) {
      assertEquals(
          List.of("new.csv", "old.csv", "old.hbmap"),
          files.map(f -> f.getFileName().toString()).sorted().toList());
    }

    assertEquals(0, execute("codes", "inspect", compiled));
    assertTrue(out().contains("urn:m\n  version   1\n"), this::out);
    assertTrue(out().contains("2 codes of urn:s\n"), this::out);
    String inspected = out();
    assertEquals(0, execute("codes", "inspect", old));
    assertEquals(inspected, out());

    assertEquals(0, execute("codes", "diff", compiled, now));
    assertEquals(
        "  changed  a  mapped x -> mapped z\n"
            + "  removed  b  mapped y -> unmapped\n"
            + "  added    c  unmapped -> mapped y,w\n"
            + "urn:s: 1 added, 1 removed, 1 changed\n",
        out());
    Path all = dir.resolve("diff.tsv");
    assertEquals(0, execute("codes", "diff", old, now, "--output=" + all));
    assertEquals("urn:s: 1 added, 1 removed, 1 changed\n", out());
    assertEquals(
        List.of(
            "change\tsource_system\tsource_code\toutcome_before\ttargets_before\toutcome_after"
                + "\ttargets_after",
            "changed\turn:s\ta\tmapped\tx\tmapped\tz",
            "removed\turn:s\tb\tmapped\ty\tunmapped\t",
            "added\turn:s\tc\tunmapped\t\tmapped\ty,w"),
        Files.readAllLines(all));
  }

  @Test
  void whatIsWrongIsSaidInOneSentence() throws Exception {
    String map = table("m.csv", "1", "a,urn:t,x");
    assertEquals(2, execute("codes"));
    assertEquals(0, execute("codes", "--help"));
    assertTrue(out().contains("compile --maps=FILES"), this::out);
    assertEquals(2, execute("codes", "inspct", map));
    assertTrue(err().contains("did you mean 'inspect'?"), this::err);
    assertEquals(2, execute("codes", "compile", "--maps=" + map));
    assertTrue(err().contains("--output"), this::err);
    assertEquals(2, execute("codes", "compile", "--maps=" + map, "--output=x.bin"));
    assertTrue(err().contains("must end with .hbmap"), this::err);
    assertEquals(2, execute("codes", "inspect", dir.resolve("none.csv").toString()));
    assertTrue(err().contains("no such file"), this::err);
    Path broken = Files.writeString(dir.resolve("b.hbmap"), "x");
    assertEquals(2, execute("codes", "inspect", broken.toString()));
    assertTrue(err().contains("b.hbmap: is not a compiled map"), this::err);
    assertFalse(err().contains("Exception"), this::err);
    assertEquals(0, execute("codes", "diff", "--help"));
    assertTrue(out().contains("OLD NEW"), this::out);
  }
}
