package org.healthbeam.transforms.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.SeveralTargets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A compiled map into which somebody writes while a pipeline has it mapped into memory. */
class WrittenOverMapsTest {
  @TempDir Path dir;

  @Test
  void theWorkFailsWithASentenceAndNothingIsUnmappedInSilence() throws Exception {
    Path file = compiled("all.hbmap", "x");
    CodeMaps maps = CodeMaps.fromFiles(List.of(file.toString()));
    Path other = compiled("other.hbmap", "another target");
    Pipeline pipeline =
        Pipeline.create(PipelineOptionsFactory.fromArgs("--targetParallelism=1").create());
    pipeline
        .apply(
            TestStream.create(StringUtf8Coder.of())
                .addElements("a")
                .addElements("over")
                .addElements("a")
                .advanceWatermarkToInfinity())
        .apply(ParDo.of(new WriteOver(file.toString(), other.toString())))
        .apply(
            Codes.mapValues(
                    maps,
                    (String code) -> List.of(Coding.of("urn:s", code)),
                    (code, answered) -> answered.get(0).outcome().code())
                .into(TypeDescriptors.strings()));
    Throwable failure = assertThrows(RuntimeException.class, pipeline::run);
    while (failure.getCause() != null) {
      failure = failure.getCause();
    }
    assertEquals(
        file + " was written over while it was in use; put a new version beside it and rename it",
        failure.getMessage());
  }

  @Test
  void whoLoadsItAgainReadsItAnewAndComparesIt() throws Exception {
    Path file = compiled("all.hbmap", "x");
    CodeMaps maps = CodeMaps.fromFiles(List.of(file.toString()));
    byte[] bytes = Files.readAllBytes(file);
    // The same once more: what is mapped is not trusted, what is read is the same.
    Files.write(file, new byte[0]);
    Files.write(file, bytes);
    assertEquals(
        "x",
        maps.load()
            .translate(Coding.of("urn:s", "a"), SeveralTargets.ALL)
            .answers()
            .get(0)
            .target()
            .code());
    Files.write(file, Files.readAllBytes(compiled("other.hbmap", "y")));
    String changed = assertThrows(IOException.class, maps::load).getMessage();
    assertTrue(changed.endsWith("has changed since the pipeline was built"), changed);
  }

  private Path compiled(String name, String target) throws Exception {
    Path table = dir.resolve("a.csv");
    Files.writeString(
        table,
        "source_system,source_code,target_system,target_code\nurn:s,a,urn:t," + target + "\n");
    Path compiled = dir.resolve(name);
    CodeMaps.fromFiles(List.of(table.toString())).compileTo(compiled, rows -> {});
    return compiled;
  }

  static final class WriteOver extends DoFn<String, String> {
    private static final long serialVersionUID = 1L;
    private final String file;
    private final String other;

    WriteOver(String file, String other) {
      this.file = file;
      this.other = other;
    }

    @ProcessElement
    public void process(@Element String event, OutputReceiver<String> out) throws IOException {
      if (event.equals("over")) {
        Files.write(Path.of(file), Files.readAllBytes(Path.of(other)));
      } else {
        out.output(event);
      }
    }
  }
}
