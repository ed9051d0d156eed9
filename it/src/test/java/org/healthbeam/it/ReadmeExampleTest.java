package org.healthbeam.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program in the README is taken from there, compiled, and run as a stranger would. */
class ReadmeExampleTest {
  private static final Path ROOT = Path.of(System.getProperty("healthbeam.root"));

  @TempDir Path folder;

  @Test
  void theProgramInTheReadmeCompilesRunsAndFindsThePatientsAtRisk() throws Exception {
    Path source = Files.writeString(folder.resolve("HighRisk.java"), javaBlock());
    String classPath = classPath();
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                classPath,
                "-d",
                folder.toString(),
                source.toString());
    assertEquals(0, compiled);

    Path output = folder.resolve("out");
    Path log = folder.resolve("log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", folder + File.pathSeparator + classPath, "HighRisk"));
    command.add(ROOT.resolve("samples/data/vitals/ward.ndjson.gz").toString());
    command.add(output.toString());
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    assertTrue(process.waitFor(10, TimeUnit.MINUTES), "the program does not end");
    assertEquals(0, process.exitValue(), Files.readString(log));

    List<String> risky = Files.readAllLines(output.resolve("high-risk"));
    assertTrue(risky.stream().anyMatch(line -> line.startsWith("ward-")), "nobody at risk");
    assertTrue(
        risky.stream().allMatch(line -> line.matches("ward-\\d+ \\S+Z (?:[7-9]|1\\d|20)")),
        "a line is not as the program writes it");
    assertTrue(Files.readString(log).contains("Parse vital signs: "), Files.readString(log));
  }

  /** Only what the README's pom names: neither the pipelines nor the command line. */
  private static String classPath() throws IOException {
    String all = Files.readString(ROOT.resolve("runners-config/direct/target/classpath.txt"));
    List<String> kept = new ArrayList<>();
    for (String jar : all.strip().split(File.pathSeparator)) {
      if (!jar.matches(".*healthbeam-(pipelines|config|profiles)-[^/]*|.*(picocli|echarts)-.*")) {
        kept.add(jar);
      }
    }
    return String.join(File.pathSeparator, kept);
  }

  private static String javaBlock() throws IOException {
    Matcher block =
        Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(ROOT.resolve("README.md")));
    assertTrue(block.find(), "the README has no program");
    return block.group(1);
  }
}
