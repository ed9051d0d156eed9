package org.healthbeam.io.table;

import java.util.List;
import java.util.UUID;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.io.fs.ResolveOptions.StandardResolveOptions;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.PDone;

/**
 * Writes lines made with {@link TsvLine} as one file with a header line.
 *
 * <p>Input: a bounded collection in the global window, in no order; an element is a line, or
 * several with line feeds between them. The file is there when it is whole, or not at all; without
 * a line it has its header.
 *
 * <p>One worker writes all lines; or, with {@link #inParts}, each worker its own as parts in a
 * temporary folder beside the file, which one worker then joins: only bytes of files move, not
 * lines.
 */
public final class WriteTsv extends PTransform<PCollection<String>, PDone> {
  private static final long serialVersionUID = 1L;

  /** Begins as Beam's own temporary folders do, so that whoever clears those away clears it too. */
  private static final String TEMPORARY = ".temp-beam-parts-";

  private final String file;
  private final List<String> columns;
  private final boolean parts;

  private WriteTsv(String file, List<String> columns, boolean parts) {
    this.file = file;
    this.columns = columns;
    this.parts = parts;
  }

  /** Writes this file; what stood there is replaced. */
  public static WriteTsv to(String file) {
    return new WriteTsv(file, List.of(), false);
  }

  /** Names the columns, in order. */
  public WriteTsv withColumns(List<String> columns) {
    return new WriteTsv(file, List.copyOf(columns), parts);
  }

  /**
   * Writes the lines where they are, a part for each bundle, and joins the parts: for tables that
   * grow with the input, where bundles are large. A bundle of few lines, as after a grouping, would
   * be a file of few lines.
   */
  public WriteTsv inParts() {
    return new WriteTsv(file, columns, true);
  }

  @Override
  public PDone expand(PCollection<String> lines) {
    if (columns.isEmpty()) {
      throw new IllegalStateException("withColumns must name the columns of " + file);
    }
    if (!parts) {
      return lines.apply(
          "Write",
          TextIO.write().to(file).withoutSharding().withHeader(String.join("\t", columns)));
    }
    ResourceId target = FileSystems.matchNewResource(file, false);
    ResourceId folder =
        target
            .getCurrentDirectory()
            .resolve(TEMPORARY + UUID.randomUUID(), StandardResolveOptions.RESOLVE_DIRECTORY);
    PCollectionView<List<String>> names =
        lines
            .apply("Write", ParDo.of(new WritePart(folder.toString())))
            .setCoder(StringUtf8Coder.of())
            .apply("All parts", View.asList());
    lines
        .getPipeline()
        .apply("File", Create.of(target.toString()))
        .apply(
            "Join parts",
            ParDo.of(new JoinParts(String.join("\t", columns), folder.toString(), names))
                .withSideInputs(names))
        .apply("When joined", Reshuffle.viaRandomKey())
        .apply("Remove parts", ParDo.of(new JoinParts.Remove()));
    return PDone.in(lines.getPipeline());
  }
}
