package org.healthbeam.pipelines.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
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
import org.healthbeam.transforms.files.StrictFiles;
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
  void mapsInObjectStorageAreCompiledThereWhateverTheirNamesAre() throws Exception {
    StrictFiles.register();
    String folder = "strict://compile/";
    StrictFiles.put(folder + "maps/AddressType[Use].csv", HEADER + "urn:s,a,urn:t,x,,urn:m,1\n");
    String compiled = folder + "all[1].hbmap";
    assertEquals(
        0, execute("codes", "compile", "--maps=" + folder + "maps/", "--output=" + compiled));
    assertEquals(
        List.of(compiled, folder + "maps/AddressType[Use].csv"), StrictFiles.names(folder));
    assertEquals(0, execute("codes", "inspect", folder));
    assertTrue(out().contains("1 codes of urn:s") || out().contains("1 code of urn:s"), this::out);
    assertEquals(0, execute("codes", "diff", folder, folder + "maps/"));
    assertTrue(out().contains("urn:s: 0 added, 0 removed, 0 changed"), this::out);
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
    // A compiled map keeps the name of the file, not where it was.
    assertEquals(inspected, out().replace(dir + "/", ""));

    assertEquals(0, execute("codes", "diff", compiled, now));
    assertEquals(
        "  changed  a  mapped x -> mapped z\n"
            + "  removed  b  mapped y -> unmapped\n"
            + "  added    c  unmapped -> mapped w,y\n"
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
            "added\turn:s\tc\tunmapped\t\tmapped\tw,y"),
        Files.readAllLines(all));
  }

  @Test
  void mapsInSeveralVersionsAreCompiledInspectedAndComparedByTheOneThatIsNamed() throws Exception {
    Path both = dir.resolve("both.csv");
    Files.writeString(
        both,
        HEADER
            + "urn:s,a,urn:t,x,equivalent,urn:m,1\n"
            + "urn:s,a,urn:t,y,equivalent,urn:m,2\n"
            + "urn:s,b,urn:t,y,equivalent,urn:m,2\n");
    Files.writeString(
        dir.resolve("asks.json"),
        """
        {"resourceType": "ConceptMap", "url": "urn:asks", "status": "active", "group": [
          {"source": "urn:s", "target": "urn:t", "unmapped": {"mode": "other-map", "url": "urn:m"},
           "element": [{"code": "c", "target": [{"code": "z", "equivalence": "equal"}]}]}]}
        """);
    String compiled = dir.resolve("both.hbmap").toString();
    String all = both + "," + dir.resolve("asks.json");
    assertEquals(
        0, execute("codes", "compile", "--maps=" + all, "--output=" + compiled), this::err);
    assertEquals(0, execute("codes", "inspect", compiled), this::err);
    assertTrue(out().contains("urn:m\n  version   1\n"), this::out);
    assertTrue(out().contains("urn:m\n  version   2\n"), this::out);
    assertEquals(0, execute("codes", "inspect", all), this::err);

    assertEquals(2, execute("codes", "diff", compiled, compiled));
    assertTrue(err().contains("several versions"), this::err);
    String[] chosen = {"--useMaps=urn:m|1", "--useNewMaps=urn:m|2,urn:asks"};
    assertEquals(
        0, execute("codes", "diff", compiled, compiled, chosen[0], "--useNewMaps=urn:m|2"));
    assertEquals(
        "  changed  a  mapped x -> mapped y\n"
            + "  added    b  unmapped -> mapped y\n"
            + "urn:s: 1 added, 0 removed, 1 changed\n",
        out());
    assertEquals(0, execute("codes", "diff", compiled, compiled, chosen[0], chosen[1]), this::err);
    assertTrue(out().contains("added    c  unmapped -> mapped z"), this::out);
    assertEquals(
        0, execute("codes", "diff", compiled, all, "--reverse", chosen[0], "--useNewMaps=urn:m|2"));
    assertTrue(out().contains("  removed  x  mapped a -> unmapped\n"), this::out);
    // The maps of NEW are known by their urls.
    String later = table("later.csv", "3", "a,urn:t,w");
    assertEquals(0, execute("codes", "diff", compiled, later, chosen[0]), this::err);
    assertTrue(out().contains("  changed  a  mapped x -> mapped w\n"), this::out);

    Files.writeString(
        dir.resolve("asks.json"),
        Files.readString(dir.resolve("asks.json")).replace("\"urn:m\"", "\"urn:none\""));
    assertEquals(2, execute("codes", "inspect", all));
    assertTrue(err().contains("urn:none is not among the maps given"), this::err);
  }

  @Test
  void whatCannotBeReachedIsRefusedBeforeAnyWork() throws Exception {
    String map = table("m.csv", "1", "a,urn:t,x");
    String far = "s3://b/x.hbmap";
    String sentence = far + ": there is no file system for the scheme 's3'\n";
    for (String[] command :
        List.of(
            new String[] {"codes", "inspect", far},
            new String[] {"codes", "compile", "--maps=" + map + "," + far, "--output=x.hbmap"},
            new String[] {"codes", "compile", "--maps=" + map, "--output=" + far},
            new String[] {"codes", "diff", map, far},
            new String[] {"codes", "diff", far, map},
            new String[] {"codes", "diff", map, map, "--output=" + far})) {
      assertEquals(2, execute(command));
      assertTrue(err().endsWith(sentence), this::err);
      assertEquals(1, err().lines().count(), this::err);
    }
    String nowhere = dir.resolve("none") + "/diff.tsv";
    assertEquals(2, execute("codes", "diff", map, map, "--output=" + nowhere));
    assertTrue(err().contains("there is no folder " + dir.resolve("none")), this::err);
    assertEquals(2, execute("codes", "diff", map, map, "--output=" + dir));
    assertTrue(err().contains("is a folder"), this::err);
  }

  @Test
  void anEmptyNameIsNotTheRootFolder() throws Exception {
    String map = table("m.csv", "1", "a,urn:t,x");
    for (String[] command :
        List.of(
            new String[] {"codes", "inspect", ""},
            new String[] {"codes", "inspect", map + ",," + map},
            new String[] {
              "codes", "compile", "--maps=" + map + ",", "--output=" + dir + "/x.hbmap"
            },
            new String[] {"codes", "diff", map, ","})) {
      assertEquals(2, execute(command));
      assertTrue(err().endsWith("the name of a file or folder of code maps is empty\n"), this::err);
    }
  }

  @Test
  void whatAnotherRunHasNotFinishedIsNotTouched() throws Exception {
    String map = table("m.csv", "1", "a,urn:t,x");
    Path compiled = dir.resolve("m.hbmap");
    Path other = Files.writeString(dir.resolve("m.hbmap.unfinished"), "half of");
    assertEquals(0, execute("codes", "compile", "--maps=" + map, "--output=" + compiled));
    assertEquals("half of", Files.readString(other));
    assertEquals(0, execute("codes", "inspect", compiled.toString()));
  }

  @Test
  void aResultThatFailsLeavesWhatStoodThereAndNothingElse() throws Exception {
    Path file = Files.writeString(dir.resolve("diff.tsv"), "before");
    ResultFile result = ResultFile.of(file.toString());
    assertThrows(
        IOException.class,
        () ->
            result.write(
                "text/plain",
                out -> {
                  out.write('x');
                  throw new IOException("The disk is full");
                }));
    assertEquals("before", Files.readString(file));
    try (Stream<Path> files = Files.list(dir)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void whatNobodyForesawIsASentenceToo() {
    Terminal terminal =
        new Terminal(System.out, new PrintStream(stderr, true, StandardCharsets.UTF_8), false, 100);
    assertEquals(
        1,
        CodesCommand.guarded(
            terminal,
            "codes x",
            () -> {
              throw new IllegalStateException("It is raining");
            }));
    assertEquals("codes x: FAILED: IllegalStateException: It is raining\n", err());
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
