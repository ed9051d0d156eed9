package org.healthbeam.io.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.healthbeam.transforms.files.NamedFiles;

/**
 * Reads the lines of one file that goes by its name, which is no pattern: a list that somebody
 * keeps. Plain, gzip or BGZF, in UTF-8, on any Beam file system; read by one worker, as a whole.
 *
 * <p>Output: the lines without their ends, bounded, in the global window. A file that is not there
 * fails the work.
 */
public final class LinesOfFile extends PTransform<PBegin, PCollection<String>> {
  private static final long serialVersionUID = 1L;

  private final String file;

  private LinesOfFile(String file) {
    this.file = Objects.requireNonNull(file, "file");
  }

  /**
   * {@return a transform that reads the file of this name}
   *
   * @param file on any file system, compressed or not
   */
  public static LinesOfFile named(String file) {
    return new LinesOfFile(file);
  }

  @Override
  public PCollection<String> expand(PBegin begin) {
    return begin
        .apply("Name of the file", Create.of(file).withCoder(StringUtf8Coder.of()))
        .apply("Read lines", ParDo.of(new Read()));
  }

  /**
   * {@return the first line of a file that is not blank, as the columns of a table are; empty if
   * there is none}
   *
   * @param name on any file system, compressed or not
   * @throws IOException if the file cannot be read
   */
  public static String first(String name) throws IOException {
    try (SniffedFile file = SniffedFile.open(NamedFiles.resource(name));
        BufferedReader lines = file.text(StandardCharsets.UTF_8)) {
      String line = lines.readLine();
      while (line != null && line.isBlank()) {
        line = lines.readLine();
      }
      return line == null ? "" : line;
    }
  }

  static final class Read extends DoFn<String, String> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element String name, OutputReceiver<String> out) throws IOException {
      try (SniffedFile file = SniffedFile.open(NamedFiles.resource(name));
          BufferedReader lines = file.text(StandardCharsets.UTF_8)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          out.output(line);
        }
      }
    }
  }
}
