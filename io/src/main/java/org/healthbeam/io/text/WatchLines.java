package org.healthbeam.io.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;

/**
 * Reads the lines of small files as they appear: lists that somebody puts there. Plain, gzip or
 * BGZF, in UTF-8; each is read by one worker, as a whole.
 *
 * <p>Output: the lines without their ends, unbounded, in the global window, with the time of their
 * file as {@link WatchFiles} gives it.
 */
public final class WatchLines extends PTransform<PBegin, PCollection<String>> {
  private static final long serialVersionUID = 1L;

  private final WatchFiles files;

  private WatchLines(WatchFiles files) {
    this.files = files;
  }

  /**
   * {@return a transform that reads these files}
   *
   * @param files are looked for
   */
  public static WatchLines of(WatchFiles files) {
    return new WatchLines(files);
  }

  @Override
  public PCollection<String> expand(PBegin begin) {
    return begin
        .apply("Find files", files)
        .apply("Read lines", ParDo.of(new Read()))
        .setCoder(StringUtf8Coder.of());
  }

  static final class Read extends DoFn<MatchResult.Metadata, String> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element MatchResult.Metadata file, OutputReceiver<String> out)
        throws IOException {
      try (SniffedFile sniffed = SniffedFile.open(file.resourceId());
          BufferedReader lines = sniffed.text(StandardCharsets.UTF_8)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          out.output(line);
        }
      }
    }
  }
}
