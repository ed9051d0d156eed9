package org.healthbeam.runners.flink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.healthbeam.pipelines.run.PipelineRun;
import org.healthbeam.pipelines.summarizevariants.SummarizeVariantsPipeline;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cluster of Flink for one application, with the settings and the arguments of a manifest for
 * Kubernetes, on processes instead of pods.
 */
@Tag("slow")
class ApplicationClusterTest {
  private static final Path ROOT = Path.of(System.getProperty("healthbeam.root"));
  private static final Path MANIFEST =
      ROOT.resolve("runners-config/deploy/kubernetes/flink/summarize-cohort.yaml");
  private static final long MINUTES = 10;
  private static final int LINES = 400;

  @TempDir Path folder;

  private final Map<String, String> settings = new LinkedHashMap<>();
  private final List<String> arguments = new ArrayList<>();

  @Test
  void theMainClassWaitsForItsJobAndWritesTheAccount() throws Exception {
    readManifest();
    Path cohort = cohort();
    Path out = folder.resolve("out");
    assertEquals(0, application(cohort, out), () -> log("job") + log("tasks"));
    JsonNode run = new ObjectMapper().readTree(out.resolve("run.json").toFile());
    assertEquals("ended", run.path("status").asText());
    assertTrue(Files.exists(out.resolve("report.html")));
    Path embedded = folder.resolve("embedded");
    assertEquals(
        0,
        PipelineRun.run(
            new SummarizeVariantsPipeline(),
            "--runner=flink",
            "--input=" + cohort,
            "--output=" + embedded));
    assertEquals(results(embedded), results(out));
    assertFalse(results(out).isEmpty());
  }

  /** What the main class throws is what the cluster, and so the pod, ends with. */
  @Test
  void anApplicationThatCannotRunFails() throws Exception {
    readManifest();
    Path out = folder.resolve("out");
    assertNotEquals(0, application(folder.resolve("absent.vcf"), out));
    assertTrue(log("job").contains("absent.vcf: no such file"), () -> log("job"));
    assertFalse(Files.exists(out.resolve("run.json")));
  }

  private void readManifest() throws IOException {
    String block = "";
    for (String line : Files.readAllLines(MANIFEST)) {
      String text = line.strip();
      if (line.matches(" {2}[A-Za-z]+:.*") || text.equals("args:")) {
        block = text;
      } else if (block.equals("flinkConfiguration:")) {
        String[] setting = text.split(": ", 2);
        settings.put(setting[0], setting[1].replaceAll("^'|'$", ""));
      } else if (block.equals("args:") && text.startsWith("- ")) {
        arguments.add(text.substring(2).replaceAll("^'|'$", ""));
      }
    }
    assertEquals("true", settings.get("execution.attached"));
    assertTrue(arguments.contains("--flinkMaster=[auto]"), arguments::toString);
  }

  /** Runs it to its end and returns the exit status. */
  private int application(Path input, Path output) throws Exception {
    Path configuration = configuration();
    List<String> main = new ArrayList<>();
    main.add(ApplicationCluster.class.getName());
    main.add(configuration.toString());
    for (String argument : arguments) {
      main.add(
          argument.startsWith("--input=")
              ? "--input=" + input
              : argument.startsWith("--output=") ? "--output=" + output : argument);
    }
    Process tasks =
        start(
            "tasks",
            List.of(
                "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
                "--configDir",
                configuration.toString()));
    Process job = null;
    try {
      job = start("job", main);
      assertTrue(job.waitFor(MINUTES, TimeUnit.MINUTES), "the application does not end");
      return job.exitValue();
    } finally {
      if (job != null) {
        job.destroyForcibly();
      }
      tasks.destroyForcibly().waitFor();
    }
  }

  /** Writes the manifest's settings, with the addresses and the memory of this machine. */
  private Path configuration() throws IOException {
    Map<String, String> all = new LinkedHashMap<>();
    settings.forEach((name, value) -> all.put(name, value.replace("/healthbeam/", folder + "/")));
    // These say what the images' own scripts make of them.
    all.remove("env.java.opts.all");
    all.remove("taskmanager.memory.managed.fraction");
    int[] ports = ports(2);
    all.put("jobmanager.rpc.address", "localhost");
    all.put("jobmanager.rpc.port", "" + ports[0]);
    all.put("rest.address", "localhost");
    all.put("rest.bind-address", "localhost");
    all.put("rest.port", "" + ports[1]);
    all.put("taskmanager.host", "localhost");
    all.put("taskmanager.numberOfTaskSlots", "1");
    all.put("taskmanager.cpu.cores", "1");
    all.put("taskmanager.memory.task.heap.size", "256m");
    all.put("taskmanager.memory.framework.heap.size", "128m");
    all.put("taskmanager.memory.task.off-heap.size", "64m");
    all.put("taskmanager.memory.framework.off-heap.size", "128m");
    all.put("taskmanager.memory.managed.size", "128m");
    all.put("taskmanager.memory.jvm-metaspace.size", "256m");
    for (String bound : List.of("min", "max")) {
      all.put("taskmanager.memory.network." + bound, "64m");
      all.put("taskmanager.memory.jvm-overhead." + bound, "128m");
    }
    all.put("io.tmp.dirs", Files.createDirectories(folder.resolve("tmp")).toString());
    Path written = Files.createDirectories(folder.resolve("conf"));
    Files.write(
        written.resolve("flink-conf.yaml"),
        all.entrySet().stream().map(s -> s.getKey() + ": " + s.getValue()).toList());
    return written;
  }

  /** Returns ports that are free; all are held until all are known. */
  private static int[] ports(int count) throws IOException {
    int[] ports = new int[count];
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        ports[i] = held.get(i).getLocalPort();
      }
    } finally {
      for (ServerSocket socket : held) {
        socket.close();
      }
    }
    return ports;
  }

  private Process start(String name, List<String> what) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1"));
    command.add(
        "@"
            + ROOT.resolve(
                "runners-config/profiles/target/classes/org/healthbeam/profiles/java.options"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(what);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile());
    builder.environment().keySet().removeIf(n -> n.startsWith("HEALTHBEAM_"));
    return builder.start();
  }

  private String log(String name) {
    try {
      return name + ":\n" + Files.readString(folder.resolve(name + ".log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private Path cohort() throws IOException {
    Path cohort = folder.resolve("cohort.vcf");
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(
                    Files.newInputStream(ROOT.resolve("samples/data/variants/cohort.vcf.gz"))),
                StandardCharsets.UTF_8))) {
      Files.write(cohort, lines.lines().limit(LINES).toList());
    }
    return cohort;
  }

  /** Returns the results by name; of what a run says about itself nothing. */
  private static Map<String, String> results(Path output) throws IOException {
    try (Stream<Path> files = Files.walk(output)) {
      return files
          .filter(Files::isRegularFile)
          .filter(f -> f.getFileName().toString().matches("[a-z].*\\.(tsv|json)"))
          .filter(f -> !f.endsWith("run.json"))
          .collect(
              Collectors.toMap(
                  f -> output.relativize(f).toString(),
                  ApplicationClusterTest::text,
                  (a, b) -> a,
                  TreeMap::new));
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
