package org.healthbeam.io.vcf;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.healthbeam.io.bgzf.BgzfOutputStream;
import org.healthbeam.transforms.files.ResultFiles;

/**
 * Writes the records of one stretch of a sequence in order of their places, as a part of a file;
 * emits what {@link VcfLayout} needs of it. Holds the lines of the stretch.
 */
final class SortedBin extends DoFn<KV<String, Iterable<String>>, String> {
  private static final long serialVersionUID = 1L;

  private static final int FILTER = 6;

  private final String folder;

  SortedBin(String folder) {
    this.folder = folder;
  }

  /** A line, with its place. */
  private record Line(int pos, String text) {
    static Line of(String text) {
      int from = text.indexOf('\t') + 1;
      return new Line(Integer.parseInt(text, from, text.indexOf('\t', from), 10), text);
    }
  }

  @ProcessElement
  public void process(@Element KV<String, Iterable<String>> bin, OutputReceiver<String> receiver)
      throws IOException {
    List<Line> lines = new ArrayList<>();
    bin.getValue().forEach(line -> lines.add(Line.of(line)));
    lines.sort(Comparator.comparingInt(Line::pos).thenComparing(Line::text));
    String file =
        FileSystems.matchNewResource(folder, true)
            .resolve("part-" + UUID.randomUUID(), StandardResolveOptions.RESOLVE_FILE)
            .toString();
    TreeSet<String> filters = new TreeSet<>();
    try (OutputStream out =
        BgzfOutputStream.ofPart(
            ResultFiles.open(FileSystems.matchNewResource(file, false), "application/gzip"))) {
      for (Line line : lines) {
        out.write((line.text + "\n").getBytes(StandardCharsets.UTF_8));
        filters.addAll(List.of(line.text.split("\t", FILTER + 2)[FILTER].split(";")));
      }
    }
    receiver.output(String.join("\t", bin.getKey(), file, String.join(";", filters)));
  }
}
