package org.healthbeam.io.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteTsvTest {
  @TempDir Path folder;

  @Test
  void linesOfManyBundlesBecomeOneFileWithOneHeaderAndNothingIsLeftBeside() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      lines.add("ä" + i + "\t" + 2 * i);
    }
    write(lines);
    List<String> written = new ArrayList<>(Files.readAllLines(folder.resolve("table.tsv")));
    assertEquals("a\tb", written.remove(0));
    assertEquals(lines.stream().sorted().toList(), written.stream().sorted().toList());
    assertEquals(List.of("table.tsv"), names());
  }

  @Test
  void withoutALineThereIsTheHeader() throws IOException {
    write(List.of());
    assertEquals("a\tb\n", Files.readString(folder.resolve("table.tsv")));
    assertEquals(List.of("table.tsv"), names());
  }

  @Test
  void whatStoodThereIsReplaced() throws IOException {
    Files.writeString(folder.resolve("table.tsv"), "something\nelse, and longer\n");
    write(List.of("1\t2"));
    assertEquals("a\tb\n1\t2\n", Files.readString(folder.resolve("table.tsv")));
  }

  private void write(List<String> lines) {
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.create());
    pipeline
        .apply(Create.of(lines).withCoder(StringUtf8Coder.of()))
        .apply(Reshuffle.viaRandomKey())
        .apply(WriteTsv.to(folder.resolve("table.tsv").toString()).withColumns(List.of("a", "b")));
    pipeline.run().waitUntilFinish();
  }

  private List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }
}
