package org.healthbeam.it.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/**
 * Compiles the Java of a page: whole classes as they stand, statements within a class that has what
 * they use.
 */
final class JavaBlocks {
  private static final Pattern TYPE =
      Pattern.compile("(?m)^(?:public )?(?:final )?(?:class|record|interface|enum) (\\w+)");
  private static final String MAIN = "void main(String[] args)";
  private static final String CLASS =
      """
      %s
      final class Example%d {
        %s
        void example() throws Exception {
      %s
        }
      }
      """;

  /** What statements of a page use: imports, then fields and methods. */
  private record Context(String imports, String members) {}

  private static final Map<String, Context> CONTEXTS =
      Map.of(
          "docs/units.md",
          new Context("import org.healthbeam.core.unit.*;", ""),
          "docs/variants.md",
          new Context(
              """
              import java.util.List;
              import org.apache.beam.sdk.Pipeline;
              import org.apache.beam.sdk.schemas.transforms.*;
              import org.apache.beam.sdk.values.*;
              import org.healthbeam.core.outcome.*;
              import org.healthbeam.core.variant.*;
              import org.healthbeam.core.variant.join.*;
              import org.healthbeam.io.stream.*;
              import org.healthbeam.io.text.*;
              import org.healthbeam.io.vcf.*;
              import org.healthbeam.transforms.outcome.*;
              import org.healthbeam.transforms.variant.*;
              import org.healthbeam.transforms.variant.join.*;
              import org.healthbeam.transforms.variant.lines.*;
              import org.joda.time.Duration;
              """,
              "Pipeline pipeline; PCollection<String> names; VariantSummaries summaries;"),
          "docs/vitals.md",
          new Context(
              """
              import java.time.Duration;
              import org.apache.beam.sdk.schemas.transforms.*;
              import org.apache.beam.sdk.values.*;
              import org.healthbeam.core.vital.*;
              import org.healthbeam.core.vital.score.*;
              import org.healthbeam.core.vital.window.*;
              import org.healthbeam.transforms.outcome.*;
              import org.healthbeam.transforms.vital.*;
              """,
              "PCollection<VitalSign> signs; PCollection<EarlyWarningScore> scores;"
                  + " Duration lateness; Rejects rejects;"),
          "docs/report.md",
          new Context(
              """
              import java.nio.file.Path;
              import java.util.List;
              import org.healthbeam.pipelines.report.Report;
              """,
              ""),
          "docs/clusters.md",
          new Context(
              """
              import java.nio.file.Path;
              import org.healthbeam.io.cluster.ClusterProcess;
              """,
              "Path folder; void submitTo(String address) {}"));

  private JavaBlocks() {}

  /**
   * Compiles all blocks of a page together, and returns the names of its whole classes in order.
   */
  static List<String> compile(List<DocBlock> blocks, Path folder) throws IOException {
    Files.createDirectories(folder);
    List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", folder.toString()));
    arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
    List<String> programs = new ArrayList<>();
    for (DocBlock block : blocks) {
      Matcher type = TYPE.matcher(block.text());
      String name = "Example" + block.line();
      String source = block.text();
      if (type.find()) {
        name = type.group(1);
        if (source.contains(MAIN) && !source.contains("args[")) {
          programs.add(name);
        }
      } else {
        Context context = CONTEXTS.get(block.page());
        if (context == null) {
          throw new AssertionError(
              block.place()
                  + ": no imports are named in JavaBlocks for the statements of this page");
        }
        source = CLASS.formatted(context.imports(), block.line(), context.members(), source);
      }
      Path file = folder.resolve(name + ".java");
      Files.writeString(file, source);
      arguments.add(file.toString());
    }
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, said, said, arguments.toArray(String[]::new));
    assertEquals(0, status, () -> blocks.get(0).page() + ":\n" + said.toString(UTF_8));
    return programs;
  }
}
