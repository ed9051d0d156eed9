package org.healthbeam.pipelines.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script, in a tree in which everything is built and Java prints how it is called. */
class LauncherScriptTest {
  private static final Path SCRIPT = Path.of("..", "healthbeam");
  private static final List<String> MODULES =
      List.of(
          "transforms/core",
          "transforms/beam",
          "io",
          "templates/annotations",
          "runners-config/profiles",
          "runners-config/config",
          "runners-config/direct",
          "pipelines",
          "templates/generator",
          "templates/launcher");

  private static final String C1 = "-XX:TieredStopAtLevel=1 ";

  @TempDir Path root;

  /** What the user sets as HEALTHBEAM_JAVA_OPTS; null: nothing. */
  private String own;

  @Test
  void jarOfTheVersionBuiltLastIsRun() throws Exception {
    assumeTrue(Files.exists(SCRIPT), "the launcher script is not beside this module");
    tree();
    Path target = root.resolve("runners-config/direct/target");
    jar(target.resolve("healthbeam-direct-0.1.0.jar"), 1000);
    jar(target.resolve("healthbeam-direct-0.2.0.jar"), 2000);
    jar(target.resolve("other.jar"), 1000);
    Files.writeString(target.resolve("classpath.txt"), target.resolve("other.jar").toString());
    Files.createFile(target.resolve(".built"));
    String called = call("run", "map-codes", "--input=x");
    assertTrue(called.contains("-cp " + target + "/healthbeam-direct-0.2.0.jar:"), called);
    assertTrue(called.contains("HealthBeam run map-codes --input=x"), called);
  }

  @Test
  void littleInputIsReadWithTheFirstCompilerOnly() throws Exception {
    built("direct");
    built("flink");
    sized("little.ndjson", 1_023_000_000);
    sized("much.ndjson", 1_024_000_001);
    sized("in/little.vcf.gz", 511_000_000);
    sized("much.vcf.gz", 512_000_001);
    assertCompilers(1, "map-codes", "--input=little.ndjson");
    assertCompilers(1, "map-codes", "--runner=flink", "--input=little.ndjson");
    assertCompilers(2, "map-codes", "--input=much.ndjson");
    assertCompilers(1, "summarize-variants", "--input=in");
    assertCompilers(1, "summarize-variants", "--runner=flink", "--input=in/*.gz");
    assertCompilers(2, "summarize-variants", "--input=much.vcf.gz");
    assertCompilers(2, "monitor-vitals", "--input=little.ndjson");
  }

  @Test
  void allThatIsReadCountsForCodes() throws Exception {
    built("direct");
    sized("half.ndjson", 600_000_000);
    sized("maps/half.tsv", 600_000_000);
    sized("packed/a b.ndjson.gz", 60_000_000);
    sized("packed/total", 80_000_000);
    assertCompilers(1, "map-codes", "--input=half.ndjson", "--maps=absent");
    assertCompilers(2, "map-codes", "--input=half.ndjson", "--maps=maps");
    assertCompilers(2, "map-codes", "--input=half.ndjson,half.ndjson,half.n*");
    // 960 MB, and with the other file 1,040.
    assertCompilers(1, "map-codes", "--input=packed/*.gz");
    assertCompilers(2, "map-codes", "--input=packed");
  }

  @Test
  void whatCannotBeSeenIsReadWithBothCompilers() throws Exception {
    built("direct");
    built("spark");
    sized("little.ndjson", 1000);
    sized("empty.ndjson", 0);
    assertCompilers(2, "map-codes", "--input=absent.ndjson");
    assertCompilers(2, "map-codes", "--input=empty.ndjson");
    assertCompilers(2, "map-codes", "--input=gs://bucket/little.ndjson");
    assertCompilers(2, "map-codes", "--input=little.ndjson", "--maps=gs://bucket/maps");
    assertCompilers(2, "map-codes", "--maps=little.ndjson");
    assertCompilers(2, "map-codes", "--runner=spark", "--input=little.ndjson");
  }

  @Test
  void optionsOfOnesOwnHold() throws Exception {
    built("direct");
    sized("little.ndjson", 1000);
    own = "-XX:TieredStopAtLevel=4 -XX:+UseParallelGC";
    String codes = call("run", "map-codes", "--input=little.ndjson");
    // The JVM takes the last one.
    assertTrue(codes.indexOf(" " + own) > codes.indexOf(C1), codes);
    String variants = call("run", "summarize-variants", "--input=little.ndjson");
    assertTrue(variants.indexOf(" " + own) > variants.indexOf(C1), variants);
    assertFalse(variants.contains("-XX:+UseSerialGC"), variants);
    own = "-Xmx1g";
    assertTrue(
        call("run", "summarize-variants", "--input=little.ndjson").contains("-XX:+UseSerialGC"));
  }

  /** Servers are started from jars of their own, of which only those asked for are fetched. */
  @Test
  void clusterIsStartedFromItsOwnModules() throws Exception {
    assumeTrue(Files.exists(SCRIPT), "the launcher script is not beside this module");
    tree();
    Path clusters = root.resolve("it/clusters");
    Path target = Files.createDirectories(clusters.resolve("target"));
    Path flink = Files.createDirectories(clusters.resolve("flink/target"));
    Files.createFile(clusters.resolve("pom.xml"));
    Files.createFile(clusters.resolve("flink/pom.xml"));
    jar(target.resolve("healthbeam-clusters-0.1.0.jar"), 1000);
    jar(target.resolve("other.jar"), 1000);
    jar(flink.resolve("flink.jar"), 1000);
    Files.writeString(target.resolve("classpath.txt"), target.resolve("other.jar").toString());
    Files.writeString(flink.resolve("classpath.txt"), flink.resolve("flink.jar").toString());
    Files.createFile(target.resolve(".built"));
    Files.createFile(flink.resolve(".built"));
    String called = call("cluster", "up", "flink", "--workers=3");
    String classPath = target + "/healthbeam-clusters-0.1.0.jar:" + target + "/other.jar";
    assertTrue(
        called.endsWith(
            " -cp "
                + classPath
                + " org.healthbeam.clusters.cli.ClusterCommand up flink --workers=3\n"),
        called);
    assertFalse(called.contains("Building"), called);
    assertTrue(call("cluster", "down").endsWith("ClusterCommand down\n"));
    // HDFS and YARN come from the same jars.
    Path hadoop = Files.createDirectories(clusters.resolve("hadoop/target"));
    Files.createFile(clusters.resolve("hadoop/pom.xml"));
    jar(hadoop.resolve("hadoop.jar"), 1000);
    Files.writeString(hadoop.resolve("classpath.txt"), hadoop.resolve("hadoop.jar").toString());
    Files.createFile(hadoop.resolve(".built"));
    for (String engine : List.of("hdfs", "yarn")) {
      assertTrue(call("cluster", "up", engine).endsWith("ClusterCommand up " + engine + "\n"));
    }
    // What is up can be stopped though its sources are newer; a build would fail here.
    Files.setLastModifiedTime(
        clusters.resolve("pom.xml"), FileTime.from(Instant.now().plusSeconds(3600)));
    assertTrue(call("cluster", "down").endsWith("ClusterCommand down\n"));
  }

  /** The client of each cluster, and what it gets, are of the cluster's own runner. */
  @Test
  void whatGoesToAClusterStartsWithTheJobJarOfItsRunner() throws Exception {
    for (String runner : List.of("flink", "spark")) {
      built(runner);
      Path job = root.resolve("runners-config/" + runner + "/target/job");
      Files.createDirectories(job);
      jar(job.resolve("healthbeam-" + runner + "-job.jar"), 2000);
    }
    for (String start : List.of("submit map-codes", "template launch map-fhir-codes")) {
      assertJobJar("flink", start + " --to=flink://h:8081");
      assertJobJar("flink", start + " --to flink://h:8081");
      assertJobJar("spark", start + " --to=spark://h:7077");
      assertJobJar("spark", start + " --to spark://h:7077 --input=a");
      assertJobJar("spark", start + " --to=yarn");
      assertJobJar("spark", start + " --to yarn --input=a");
    }
    assertJobJar("flink", "finish out");
  }

  @Test
  void submitWithoutAClusterIsRefusedBeforeAnythingIsBuilt() throws Exception {
    assumeTrue(Files.exists(SCRIPT), "the launcher script is not beside this module");
    tree();
    String refused = call(2, "submit", "map-codes", "--input=a");
    assertTrue(refused.startsWith("healthbeam: submit: --to is missing"), refused);
    built("direct");
    String help = call("submit", "map-codes", "--help");
    assertFalse(help.contains("-Dhealthbeam.jobJar"), help);
  }

  private void assertJobJar(String runner, String command) throws Exception {
    String called = call(command.split(" "));
    String jar =
        root + "/runners-config/" + runner + "/target/job/healthbeam-" + runner + "-job.jar";
    assertTrue(called.contains(" -Dhealthbeam.jobJar=" + jar + " -cp " + jar + ":"), called);
    assertTrue(called.endsWith("HealthBeam " + command + "\n"), called);
  }

  private void assertCompilers(int compilers, String pipeline, String... args) throws Exception {
    List<String> all = new ArrayList<>(List.of("run", pipeline));
    all.addAll(List.of(args));
    String called = call(all.toArray(String[]::new));
    assertEquals(compilers == 1, called.contains(C1), called);
  }

  /** Makes the tree of a runner that is built, if there is none yet. */
  private void built(String runner) throws IOException {
    assumeTrue(Files.exists(SCRIPT), "the launcher script is not beside this module");
    if (!Files.exists(root.resolve("healthbeam"))) {
      tree();
    }
    Path module = Files.createDirectories(root.resolve("runners-config").resolve(runner));
    Path target = Files.createDirectories(module.resolve("target"));
    if (!Files.exists(module.resolve("pom.xml"))) {
      Files.createFile(module.resolve("pom.xml"));
    }
    jar(target.resolve("healthbeam-" + runner + "-0.1.0.jar"), 1000);
    jar(target.resolve("other.jar"), 1000);
    Files.writeString(target.resolve("classpath.txt"), target.resolve("other.jar").toString());
    Files.createFile(target.resolve(".built"));
    // Newer than all jars: nothing is to be archived.
    Files.createFile(target.resolve("classes.jsa"));
  }

  /** Makes a file that only says to be so long. */
  private void sized(String name, long bytes) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    try (RandomAccessFile made = new RandomAccessFile(file.toFile(), "rw")) {
      made.setLength(bytes);
    }
  }

  private void tree() throws IOException {
    Files.copy(SCRIPT, root.resolve("healthbeam"));
    Files.createFile(root.resolve("pom.xml"));
    for (String module : MODULES) {
      Files.createDirectories(root.resolve(module).resolve("target"));
      Files.createFile(root.resolve(module).resolve("pom.xml"));
    }
    Path bin = Files.createDirectories(root.resolve("jdk/bin"));
    Files.writeString(root.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
    Path java = Files.writeString(bin.resolve("java"), "#!/bin/sh\necho \"$*\"\n");
    assertTrue(java.toFile().setExecutable(true));
  }

  private static void jar(Path jar, long second) throws IOException {
    Files.createFile(jar);
    Files.setLastModifiedTime(jar, FileTime.from(Instant.ofEpochSecond(second)));
  }

  private String call(String... args) throws Exception {
    return call(0, args);
  }

  private String call(int status, String... args) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("bash", root.resolve("healthbeam").toString());
    builder.command().addAll(List.of(args));
    builder.environment().keySet().removeIf(name -> name.startsWith("HEALTHBEAM_"));
    builder.environment().remove("JDK_JAVA_OPTIONS");
    builder.environment().put("JAVA_HOME", root.resolve("jdk").toString());
    if (own != null) {
      builder.environment().put("HEALTHBEAM_JAVA_OPTS", own);
    }
    builder.directory(root.toFile());
    Process process = builder.redirectErrorStream(true).start();
    String called = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(status, process.waitFor(), called);
    return called;
  }
}
