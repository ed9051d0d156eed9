package org.healthbeam.transforms.vital;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The score of one's own in the Javadoc of {@link Vitals#score} is taken from there and compiled.
 */
class ScoreExampleTest {
  private static final Path SOURCE =
      Path.of("src/main/java/org/healthbeam/transforms/vital/Vitals.java");

  @TempDir Path folder;

  @Test
  void theExampleOfAScoreCompiles() throws Exception {
    Matcher example =
        Pattern.compile(
                "<pre>\\{@code\\s*\n((?:(?!}</pre>).)*ScoreDefinition.*?)}</pre>", Pattern.DOTALL)
            .matcher(Files.readString(SOURCE));
    assertTrue(example.find(), "there is an example");
    String code = example.group(1).replaceAll("(?m)^ *\\* ?", "");
    Path source =
        Files.writeString(
            folder.resolve("Example.java"),
            """
            import org.apache.beam.sdk.values.PCollection;
            import org.healthbeam.core.vital.*;
            import org.healthbeam.core.vital.score.*;
            import org.healthbeam.transforms.vital.Vitals;
            class Example {
              static PCollection<EarlyWarningScore> score(PCollection<VitalSign> signs) {
            %s
                return scores;
              }
            }
            """
                .formatted(code));
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                folder.toString(),
                source.toString());
    assertEquals(0, compiled);
  }
}
