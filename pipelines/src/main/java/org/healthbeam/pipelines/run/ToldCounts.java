package org.healthbeam.pipelines.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;
import org.healthbeam.io.table.TsvLine;
import org.healthbeam.io.table.WriteTsv;
import org.healthbeam.transforms.outcome.StageCount;

/**
 * What the stages of a run have told that they counted: a small file in the output folder while the
 * run goes on, of which its account is made.
 */
final class ToldCounts {
  private final String file;

  ToldCounts(String output) {
    this.file = Location.in(output, OutputFolder.COUNTS);
  }

  /** Writes the file. */
  PTransform<PCollection<StageCount>, PDone> write() {
    return new Write(file);
  }

  /** Returns what the run has written. */
  List<StageCount> read() throws IOException {
    List<StageCount> counts = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Channels.newInputStream(
                    FileSystems.open(FileSystems.matchNewResource(file, false))),
                StandardCharsets.UTF_8))) {
      lines.readLine();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] cells = line.split("\t", -1);
        counts.add(new StageCount(cells[0], cells[1], Long.parseLong(cells[2])));
      }
    }
    return counts;
  }

  private static final class Write extends PTransform<PCollection<StageCount>, PDone> {
    private static final long serialVersionUID = 1L;

    private final String file;

    Write(String file) {
      this.file = file;
    }

    @Override
    public PDone expand(PCollection<StageCount> counts) {
      return counts
          .apply("Rows", ParDo.of(new Rows()))
          .setCoder(StringUtf8Coder.of())
          .apply("Write", WriteTsv.to(file).withColumns(List.of("stage", "outcome", "n")));
    }
  }

  private static final class Rows extends DoFn<StageCount, String> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element StageCount count, OutputReceiver<String> receiver) {
      receiver.output(
          new TsvLine().add(count.stage()).add(count.outcome()).add(count.n()).toString());
    }
  }
}
