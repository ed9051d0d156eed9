package org.healthbeam.transforms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compiles every example in the Javadoc of this module, as it stands there, among names of the
 * types that it takes for granted.
 */
class JavadocExamplesTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("<pre>\\{@code\\s*\n(.*?)}</pre>", Pattern.DOTALL);

  private static final String BEFORE =
      """
      import java.util.*;
      import org.apache.beam.sdk.Pipeline;
      import org.apache.beam.sdk.values.*;
      import org.healthbeam.core.code.*;
      import org.healthbeam.core.outcome.*;
      import org.healthbeam.core.variant.*;
      import org.healthbeam.core.variant.join.*;
      import org.healthbeam.core.vital.*;
      import org.healthbeam.core.vital.alert.*;
      import org.healthbeam.core.vital.artefact.*;
      import org.healthbeam.core.vital.score.*;
      import org.healthbeam.core.vital.window.*;
      import org.healthbeam.transforms.code.*;
      import org.healthbeam.transforms.outcome.*;
      import org.healthbeam.transforms.runner.*;
      import org.healthbeam.transforms.variant.*;
      import org.healthbeam.transforms.variant.join.*;
      import org.healthbeam.transforms.variant.lines.*;
      import org.healthbeam.transforms.vital.*;
      import org.healthbeam.transforms.vital.alert.*;
      import org.healthbeam.transforms.vital.window.*;
      import %s;
      class Example%d {
        record Lab(String code) {
          Lab withTargets(List<Answer> targets) {
            return this;
          }
        }
        Pipeline pipeline;
        Rejects rejects;
        byte[] key;
        CodeMaps maps;
        CodeMaps newerMaps;
        PCollection<Coding> codings;
        PCollection<Translation> translations;
        PCollection<PlacedTranslation> placedTranslations;
        PCollection<CodeCount> codes;
        PCollection<InputRecord> resources;
        PCollection<InputRecord> records;
        PCollection<Row> claims;
        PCollection<Lab> labs;
        PCollection<VitalReading> readings;
        PCollection<VitalSign> signs;
        PCollection<String> names;
        VcfLines lines;
        java.time.Duration lateness;
        %s summaries;
        void example() throws Exception {
      """;

  @TempDir Path folder;

  @Test
  void everyExampleCompiles() throws Exception {
    List<String> sources = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
        Matcher example = EXAMPLE.matcher(Files.readString(file));
        while (example.find()) {
          sources.add(source(file, example.group(1), sources.size()));
        }
      }
    }
    assertTrue(sources.size() > 20, "there are examples: " + sources.size());
    StringWriter said = new StringWriter();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> options =
        List.of(
            "-proc:none", "-cp", System.getProperty("java.class.path"), "-d", folder.toString());
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiles =
          compiler
              .getTask(
                  said, files, null, options, null, files.getJavaFileObjectsFromStrings(sources))
              .call();
      assertEquals("true", compiles + said.toString().replaceAll("(?m)^Note: .*\\R", ""));
    }
  }

  private String source(Path file, String example, int number) throws IOException {
    boolean joda = file.getParent().endsWith("code");
    boolean variants = file.getParent().endsWith("variant");
    String text =
        BEFORE.formatted(
                joda ? "org.joda.time.Duration" : "java.time.Duration",
                number,
                variants ? "VariantSummaries" : "PCollection<VitalSummary>")
            + "// "
            + file.getFileName()
            + "\n"
            + example.replaceAll("(?m)^ *\\* ?", "")
            + "}}\n";
    return Files.writeString(folder.resolve("Example" + number + ".java"), text).toString();
  }
}
