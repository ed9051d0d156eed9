package org.healthbeam.core.fuzz;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One run of Jazzer in a JVM of its own, which it needs: it instruments classes as they are loaded
 * and may be started once.
 *
 * @param exit 0 if nothing was found
 * @param log all that it said
 */
record JazzerRun(int exit, String log) {
  // They look for SQL, shells, LDAP and the like, which the readers have nothing to do with, and
  // take most of the time of a start.
  private static final String SANITIZERS =
      Stream.of(
              "BigDecimal",
              "ClojureLangHooks",
              "Deserialization",
              "ExpressionLanguageInjection",
              "FilePathTraversal",
              "LdapInjection",
              "NamingContextLookup",
              "OsCommandInjection",
              "ReflectiveCall",
              "RegexInjection",
              "RegexRoadblocks",
              "ScriptEngineInjection",
              "ServerSideRequestForgery",
              "SqlInjection",
              "TemplateInjection",
              "UnsafeSanitizer",
              "XPathInjection",
              "XmlParserSsrfGuidance")
          .map("com.code_intelligence.jazzer.sanitizers."::concat)
          .collect(Collectors.joining(":"));
  private static final String INSTRUMENTED =
      "org.healthbeam.core.code.**:org.healthbeam.core.fhir.**:org.healthbeam.core.variant.**"
          + ":org.healthbeam.core.vital.**:org.healthbeam.core.unit.**"
          + ":com.fasterxml.jackson.core.json.**:org.apache.commons.csv.**:org.apache.commons.compress.archivers.tar.**";

  /** The longest input, in bytes. */
  static final int LONGEST = 4096;

  private static final Path FOLDER = Path.of("target", "fuzz").toAbsolutePath();

  /** Fuzzes all readers together, from their seeds and nothing else. */
  static JazzerRun ofAllReaders(List<String> options) throws IOException, InterruptedException {
    Path folder = emptied("all");
    Seeds.writeAll(folder.resolve("seeds"));
    return ofReaders(FuzzedReader.ALL, folder, Seeds.dictionary(FuzzTarget.values()), options);
  }

  /** Fuzzes one reader, from its seeds and from what earlier runs kept. */
  static JazzerRun ofReader(FuzzTarget target, List<String> options)
      throws IOException, InterruptedException {
    Path folder = FOLDER.resolve(target.folder());
    Seeds.write(target, folder.resolve("seeds"));
    return ofReaders(target.name(), folder, Seeds.dictionary(target), options);
  }

  private static JazzerRun ofReaders(String which, Path folder, String words, List<String> options)
      throws IOException, InterruptedException {
    Path dictionary = Files.writeString(folder.resolve("words.dict"), words);
    List<String> all = new ArrayList<>(options);
    all.add("--target_args=" + which);
    all.add("--instrumentation_includes=" + INSTRUMENTED);
    all.add("-dict=" + dictionary);
    all.add("-max_len=" + LONGEST);
    return of(FuzzedReader.class, folder, all);
  }

  /** Fuzzes the class with a fault, from nothing. */
  static JazzerRun ofPlantedFault(List<String> options) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(options);
    all.add("--instrumentation_includes=" + PlantedFault.class.getName());
    return of(PlantedFault.class, emptied("planted-fault"), all);
  }

  private static JazzerRun of(Class<?> target, Path folder, List<String> options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Small, so that an input that makes a reader ask for much is a finding.
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:-OmitStackTraceInFastThrow"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("com.code_intelligence.jazzer.Jazzer");
    command.add("--target_class=" + target.getName());
    command.add("--disabled_hooks=" + SANITIZERS);
    command.add("--reproducer_path=" + folder);
    command.add("-artifact_prefix=" + folder + File.separator);
    // The heap is limited above.
    command.add("-rss_limit_mb=0");
    command.addAll(options);
    command.add(Files.createDirectories(folder.resolve("corpus")).toString());
    command.add(Files.createDirectories(folder.resolve("seeds")).toString());
    Path log = folder.resolve("jazzer.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    process.getOutputStream().close();
    try {
      int exit = process.waitFor();
      return new JazzerRun(exit, Files.readString(log, StandardCharsets.ISO_8859_1));
    } finally {
      process.destroyForcibly();
    }
  }

  private static Path emptied(String name) throws IOException {
    Path folder = Files.createDirectories(FOLDER.resolve(name));
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
    return folder;
  }

  /** Returns how many inputs were tried. */
  long runs() {
    return number("Done ([0-9]+) runs");
  }

  /** Returns how many inputs a target was given. */
  long tried(FuzzTarget target) {
    return number(target + " tried ([0-9]+)");
  }

  /** Returns how many of them it did not refuse. */
  long read(FuzzTarget target) {
    return number(target + " tried [0-9]+ read ([0-9]+)");
  }

  private long number(String pattern) {
    Matcher number = Pattern.compile(pattern).matcher(log);
    return number.find() ? Long.parseLong(number.group(1)) : 0;
  }
}
