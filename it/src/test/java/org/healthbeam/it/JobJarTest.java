package org.healthbeam.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in the jars that clusters get, and what is not. */
class JobJarTest {
  private static final long MEGABYTE = 1_000_000;

  /** Measured: 89 MB for Flink, with Parquet and Hadoop's client of HDFS. */
  private static final long LARGEST = 95 * MEGABYTE;

  /** Where Flink's cluster has some of it, that goes before ours. */
  private static final String HADOOP = "org/apache/hadoop/";

  /** Measured: 166 MB, with the clients of Google's services that Beam's own classes name. */
  private static final long LARGEST_OF_DATAFLOW = 180 * MEGABYTE;

  private static final String SHADED = "org/healthbeam/shaded/";

  /** What an engine, its logging, or a user's plugins bring in versions of their own. */
  private static final List<String> NOT_OURS =
      List.of(
          "org/apache/flink/",
          "org/apache/spark/",
          HADOOP,
          "org/slf4j/",
          "org/apache/log4j/",
          "org/apache/logging/",
          "ch/qos/logback/",
          "com/esotericsoftware/",
          "com/twitter/chill/",
          "scala/",
          "com/fasterxml/jackson/",
          "com/google/",
          "org/apache/avro/",
          "org/apache/commons/",
          "org/rocksdb/",
          "org/junit/",
          "org/hamcrest/");

  /** Native code cannot be renamed; some of it engines have too, and theirs goes before ours. */
  private static final List<String> SHARED =
      List.of(
          "com/github/luben/zstd/",
          "com/intel/gkl/",
          "net/jpountz/",
          "org/broadinstitute/gatk/nativebindings/",
          "org/joda/time/",
          "org/xerial/snappy/");

  /**
   * Jars of the direct runner's class path that a job does without. Files with the parameters of a
   * template are read, and graphs drawn, where it is launched.
   */
  private static final Pattern WITHOUT =
      Pattern.compile(
          "(beam-runners-direct-java|healthbeam-direct|slf4j-|checker-|animal-sniffer|annotations-"
              + "|auto-value|error_prone|failureaccess|gson|guava|hamcrest|j2objc|javapoet|jsr305"
              + "|kotlin|listenablefuture|okio|wire-|proto-google|gax|google-|grpc-|opencensus"
              + "|perfmark|re2j|threetenbp|api-common|conscrypt|httpc|javax\\.annotation"
              + "|commons-logging|gapic|jspecify|protobuf-java|args4j|beam-vendor-grpc"
              + "|beam-runners-java-fn-execution|beam-sdks-java-transform|zstd-jni|echarts"
              + "|snakeyaml-engine|org\\.eclipse\\.).*\\.jar");

  /** What Parquet and HDFS need; Spark has it. */
  private static final Pattern SPARKS_OWN =
      Pattern.compile(
          "(parquet|hadoop|woodstox|stax2|commons-collections4|commons-configuration2)-.*\\.jar");

  /** The client of HDFS, which Dataflow's jar does without: files lie in gs:// there. */
  private static final Pattern OF_HDFS =
      Pattern.compile(
          "(beam-sdks-java-io-hadoop-file-system|hadoop-hdfs-client|hadoop-auth"
              + "|hadoop-shaded-protobuf|commons-configuration2).*\\.jar");

  @ParameterizedTest
  @ValueSource(strings = {"flink", "spark"})
  void aJobJarHasNothingThatTheClusterHas(String engine) throws IOException {
    Set<String> foreign = new TreeSet<>();
    for (String entry : entries(jar(engine)).keySet()) {
      boolean allowed = engine.equals("flink") && entry.startsWith(HADOOP);
      if (!allowed && NOT_OURS.stream().anyMatch(entry::startsWith)) {
        foreign.add(entry);
      }
    }
    assertEquals(Set.of(), foreign);
  }

  /** Of a class that is on both sides, a cluster takes the one that it finds first. */
  @ParameterizedTest
  @ValueSource(strings = {"flink", "spark"})
  void noClassOfAJobJarIsTheEnginesToo(String engine) throws IOException {
    Set<String> ours = entries(jar(engine)).keySet();
    Set<String> twice = new TreeSet<>();
    for (Path jar : classPath(engine)) {
      String name = jar.getFileName().toString();
      if (name.startsWith("healthbeam-") || name.startsWith("beam-") || isInside(jar, ours)) {
        continue;
      }
      entries(jar).keySet().stream()
          .filter(e -> e.endsWith(".class") && !e.endsWith("-info.class"))
          .filter(e -> SHARED.stream().noneMatch(e::startsWith))
          .filter(ours::contains)
          .forEach(e -> twice.add(name + ": " + e));
    }
    assertEquals(Set.of(), twice);
  }

  @ParameterizedTest
  @ValueSource(strings = {"flink", "spark", "dataflow"})
  void everyClassThatPipelinesMayNeedIsThere(String engine) throws IOException {
    Map<String, Long> ours = entries(jar(engine));
    List<Path> needed = classPath("direct");
    Set<String> absent = new TreeSet<>();
    int checked = 0;
    for (Path jar : needed) {
      String name = jar.getFileName().toString();
      if (WITHOUT.matcher(name).matches()
          || (engine.equals("spark") && SPARKS_OWN.matcher(name).matches())
          || (engine.equals("dataflow") && OF_HDFS.matcher(name).matches())) {
        continue;
      }
      checked++;
      for (String entry : entries(jar).keySet()) {
        boolean isClass =
            entry.endsWith(".class")
                && !entry.startsWith("META-INF/")
                && !entry.endsWith("module-info.class");
        if (isClass && !ours.containsKey(entry) && !ours.containsKey(relocated(entry))) {
          absent.add(jar.getFileName().toString());
        }
      }
    }
    assertEquals(Set.of(), absent);
    assertTrue(checked > 15, checked + " jars");
  }

  @ParameterizedTest
  @ValueSource(strings = {"flink", "spark", "dataflow"})
  void servicesOfAllJarsAreMerged(String engine) throws IOException {
    String own = Map.of("flink", "Flink", "spark", "Spark", "dataflow", "Dataflow").get(engine);
    try (JarFile jar = new JarFile(jar(engine).toFile())) {
      assertEquals(
          Set.of("org.healthbeam.runners." + engine + "." + own + "Adapter"),
          services(jar, "org.healthbeam.pipelines.run.RunnerAdapter"));
      assertEquals(
          Set.of(
              "org.healthbeam.pipelines.mapcodes.MapCodesPipeline",
              "org.healthbeam.pipelines.monitorvitals.MonitorVitals",
              "org.healthbeam.pipelines.summarizevariants.SummarizeVariantsPipeline"),
          services(jar, "org.healthbeam.pipelines.run.HealthPipeline"));
      Set<String> runners = services(jar, "org.apache.beam.sdk.runners.PipelineRunnerRegistrar");
      assertTrue(
          runners.toString().matches(".*\\b" + own + "\\w+Registrar\\b.*"), runners::toString);
      Map<String, Set<String>> merged = new TreeMap<>();
      Set<String> inJars = new TreeSet<>();
      for (Path part : classPath(engine)) {
        if (part.getFileName().toString().matches("(beam|healthbeam)-.*")) {
          try (JarFile open = new JarFile(part.toFile())) {
            for (String service : serviceNames(open)) {
              if (service.startsWith("org.apache.beam.sdk.")) {
                merged
                    .computeIfAbsent(service, s -> new TreeSet<>())
                    .addAll(services(open, service));
                inJars.add(service);
              }
            }
          }
        }
      }
      assertTrue(inJars.contains("org.apache.beam.sdk.io.FileSystemRegistrar"));
      assertTrue(inJars.contains("org.apache.beam.sdk.options.PipelineOptionsRegistrar"));
      for (String service : inJars) {
        assertEquals(merged.get(service), services(jar, service), service);
      }
    }
  }

  /** A service whose class is not there would end every start. */
  @ParameterizedTest
  @ValueSource(strings = {"flink", "spark", "dataflow"})
  void everyServiceHasItsClass(String engine) throws IOException {
    try (JarFile jar = new JarFile(jar(engine).toFile())) {
      for (String service : serviceNames(jar)) {
        for (String type : services(jar, service)) {
          assertTrue(
              jar.getEntry(type.replace('.', '/') + ".class") != null, service + ": " + type);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"flink", "spark", "dataflow"})
  void aJobJarSaysWhatItIs(String engine) throws IOException {
    Path file = jar(engine);
    long largest = engine.equals("dataflow") ? LARGEST_OF_DATAFLOW : LARGEST;
    assertTrue(Files.size(file) < largest, Files.size(file) / MEGABYTE + " MB");
    try (JarFile jar = new JarFile(file.toFile())) {
      var manifest = jar.getManifest().getMainAttributes();
      assertEquals("org.healthbeam.pipelines.cli.JobMain", manifest.getValue("Main-Class"));
      assertFalse(manifest.getValue("Implementation-Version").isBlank());
      for (String resource :
          List.of(
              "META-INF/LICENSE",
              "META-INF/NOTICE",
              "org/healthbeam/profiles/" + engine + "-batch.properties",
              "org/healthbeam/profiles/" + engine + "-streaming.properties")) {
        assertTrue(jar.getEntry(resource) != null, resource);
      }
    }
  }

  /** Workers of Dataflow have Beam and Jackson of their own, to which ours must be the same. */
  @Test
  void nothingIsRenamedForDataflow() throws IOException {
    Set<String> entries = entries(jar("dataflow")).keySet();
    assertEquals(List.of(), entries.stream().filter(e -> e.startsWith(SHADED)).toList());
    assertTrue(entries.contains("com/fasterxml/jackson/databind/ObjectMapper.class"));
    try (JarFile jar = new JarFile(jar("dataflow").toFile())) {
      Set<String> systems = services(jar, "org.apache.beam.sdk.io.FileSystemRegistrar");
      assertTrue(systems.toString().contains("GcsFileSystemRegistrar"), systems::toString);
    }
  }

  private static String relocated(String entry) {
    return entry
        .replaceFirst("^com/fasterxml/jackson/", SHADED + "jackson/")
        .replaceFirst("^com/google/protobuf/", SHADED + "protobuf/")
        .replaceFirst("^org/apache/avro/", SHADED + "avro/")
        .replaceFirst("^com/ctc/wstx/", SHADED + "wstx/")
        .replaceFirst("^org/codehaus/stax2/", SHADED + "stax2/")
        .replaceFirst("^org/apache/commons/", SHADED);
  }

  /** Says whether all that a jar has is in the job jar, as what it was made of. */
  private static boolean isInside(Path jar, Set<String> ours) throws IOException {
    String name = jar.getFileName().toString();
    return name.matches(
            "(kafka-clients|hadoop|parquet|opentelemetry|picocli|classgraph|byte-buddy|hapi-base|sketches-java|ucum)-.*")
        && entries(jar).keySet().stream()
            .filter(e -> e.endsWith(".class") && !e.contains("-info") && !e.startsWith("META-INF/"))
            .allMatch(ours::contains);
  }

  private static Path jar(String engine) {
    Path jar = HealthBeamProcess.jobJar(engine);
    assumeTrue(
        Files.exists(jar) || System.getenv("CI") != null,
        "No job jar: ./healthbeam test makes it, -DjobJar.skip=false with Maven");
    return jar;
  }

  private static List<Path> classPath(String runner) throws IOException {
    Path file =
        HealthBeamProcess.root().resolve("runners-config/" + runner + "/target/classpath.txt");
    List<Path> jars = new ArrayList<>();
    for (String jar : Files.readString(file).trim().split(File.pathSeparator)) {
      jars.add(Path.of(jar));
    }
    return jars;
  }

  private static Map<String, Long> entries(Path file) throws IOException {
    try (JarFile jar = new JarFile(file.toFile())) {
      Map<String, Long> sizes = new TreeMap<>();
      jar.stream().forEach(e -> sizes.put(e.getName(), e.getSize()));
      return sizes;
    }
  }

  private static Set<String> serviceNames(JarFile jar) {
    String folder = "META-INF/services/";
    try (Stream<JarEntry> entries = jar.stream()) {
      return entries
          .map(JarEntry::getName)
          .filter(n -> n.startsWith(folder) && n.length() > folder.length())
          .map(n -> n.substring(folder.length()))
          .collect(java.util.stream.Collectors.toCollection(TreeSet::new));
    }
  }

  private static Set<String> services(JarFile jar, String service) throws IOException {
    JarEntry entry = jar.getJarEntry("META-INF/services/" + service);
    if (entry == null) {
      return Set.of();
    }
    String text =
        new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8)
            .replaceAll("#.*", "");
    Set<String> names = new TreeSet<>();
    text.lines().map(String::trim).filter(l -> !l.isEmpty()).forEach(names::add);
    return names;
  }
}
