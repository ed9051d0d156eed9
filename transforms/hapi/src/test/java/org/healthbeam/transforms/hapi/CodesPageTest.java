package org.healthbeam.transforms.hapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the page about code mapping, and of the Javadoc, compile as they stand there. */
class CodesPageTest {
  private static final Path ROOT = Path.of(System.getProperty("healthbeam.root", "../.."));
  private static final Pattern OF_PAGE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern OF_JAVADOC =
      Pattern.compile("<pre>\\{@code\n(.*?)\\}</pre>", Pattern.DOTALL);

  private static final String CLASS =
      """
      import java.time.LocalDate;
      import java.util.List;
      import org.apache.beam.sdk.Pipeline;
      import org.apache.beam.sdk.schemas.transforms.*;
      import org.apache.beam.sdk.values.*;
      import org.healthbeam.core.code.*;
      import org.healthbeam.core.outcome.*;
      import org.healthbeam.transforms.code.*;
      import org.healthbeam.transforms.hapi.*;
      import org.healthbeam.transforms.outcome.*;
      import org.hl7.fhir.r4.model.Condition;
      import org.joda.time.Duration;

      final class Example%d {
        record Lab(String id, String code, LocalDate day) {
          Lab withTargets(List<Answer> targets) {
            return this;
          }
        }

        CodeMaps maps;
        Pipeline pipeline;
        PCollection<InputRecord> resources;
        PCollection<Coding> codings;
        PCollection<Row> claims;
        PCollection<Lab> labs;
        PCollection<Condition> conditions;
        PCollection<PlacedTranslation> translations;
        PCollection<PlacedTranslation> placedTranslations;
        PCollection<CodeCount> codes;
        CodeMaps newerMaps;
        Rejects rejects;

        void example() throws Exception {
          %s
        }
      }
      """;

  @TempDir Path dir;

  @Test
  void everyExampleOfThePageCompiles() throws Exception {
    List<String> examples = examples(OF_PAGE, Files.readString(ROOT.resolve("docs/codes.md")));
    assertTrue(examples.size() >= 5, "the page has lost its examples");
    compile(examples);
  }

  @Test
  void everyExampleOfTheJavadocCompiles() throws Exception {
    String code = "transforms/beam/src/main/java/org/healthbeam/transforms/code/";
    String hapi = "transforms/hapi/src/main/java/org/healthbeam/transforms/hapi/";
    List<String> examples = new ArrayList<>();
    for (String file :
        List.of(
            code + "Codes",
            code + "CountCodes",
            code + "SumCoverage",
            code + "CompareCodes",
            code + "MapCodes",
            code + "MapRowCodes",
            code + "MapValueCodes",
            code + "TranslateCodings",
            hapi + "HapiCodes",
            hapi + "MapResourceCodes")) {
      List<String> found = examples(OF_JAVADOC, Files.readString(ROOT.resolve(file + ".java")));
      assertEquals(1, found.size(), file);
      examples.add(found.get(0).replaceAll("(?m)^ \\* ?", ""));
    }
    compile(examples);
  }

  private void compile(List<String> examples) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", dir.toString()));
    arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
    for (int i = 0; i < examples.size(); i++) {
      Path source = dir.resolve("Example" + i + ".java");
      Files.writeString(source, CLASS.formatted(i, examples.get(i)));
      arguments.add(source.toString());
    }
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, said, said, arguments.toArray(String[]::new));
    assertEquals(0, status, said.toString(UTF_8));
  }

  private static List<String> examples(Pattern pattern, String text) {
    List<String> examples = new ArrayList<>();
    for (Matcher match = pattern.matcher(text); match.find(); ) {
      examples.add(match.group(1));
    }
    return examples;
  }
}
