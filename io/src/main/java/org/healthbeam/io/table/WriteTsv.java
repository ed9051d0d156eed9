package org.healthbeam.io.table;

import java.util.List;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PDone;

/**
 * Writes lines made with {@link TsvLine} as one file with a header line.
 *
 * <p>Input: a bounded collection in the global window, in no order. The file is there when it is
 * whole, or not at all; without a line it has its header.
 */
public final class WriteTsv extends PTransform<PCollection<String>, PDone> {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final List<String> columns;

  private WriteTsv(String file, List<String> columns) {
    this.file = file;
    this.columns = columns;
  }

  /** Writes this file; what stood there is replaced. */
  public static WriteTsv to(String file) {
    return new WriteTsv(file, List.of());
  }

  /** Names the columns, in order. */
  public WriteTsv withColumns(List<String> columns) {
    return new WriteTsv(file, List.copyOf(columns));
  }

  @Override
  public PDone expand(PCollection<String> lines) {
    if (columns.isEmpty()) {
      throw new IllegalStateException("withColumns must name the columns of " + file);
    }
    return lines.apply(
        "Write", TextIO.write().to(file).withoutSharding().withHeader(String.join("\t", columns)));
  }
}
