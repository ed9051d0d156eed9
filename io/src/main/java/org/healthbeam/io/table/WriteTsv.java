package org.healthbeam.io.table;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.PDone;
import org.healthbeam.io.bgzf.BgzfOutputStream;
import org.healthbeam.io.part.JoinParts;
import org.healthbeam.io.part.PartFolder;
import org.healthbeam.io.part.RemoveParts;
import org.healthbeam.io.part.WritePart;

/**
 * Writes lines made with {@link TsvLine} as one file with a header line.
 *
 * <p>Input: a bounded collection in the global window, in no order; an element is a line, or
 * several with line feeds between them. The file is there when it is whole, or not at all; without
 * a line it has its header.
 *
 * <p>A file whose name ends in {@code .gz} is BGZF, with its end marker, and is written in parts.
 *
 * <p>One worker writes all lines; or, with {@link #inParts}, each worker its own as parts in a
 * temporary folder beside the file, which one worker then joins: only bytes of files move, not
 * lines. Then a hidden mark stays beside the file ({@link PartFolder}).
 */
public final class WriteTsv extends PTransform<PCollection<String>, PDone> {
  private static final long serialVersionUID = 1L;

  private static final String GZ = ".gz";

  private final String file;
  private final List<String> columns;
  private final boolean parts;

  private WriteTsv(String file, List<String> columns, boolean parts) {
    this.file = file;
    this.columns = columns;
    this.parts = parts;
  }

  /**
   * {@return a transform that writes this file; what stood there is replaced}
   *
   * @param file compressed as BGZF if its name ends in .gz
   */
  public static WriteTsv to(String file) {
    return new WriteTsv(file, List.of(), false);
  }

  /**
   * {@return a copy that names the columns in a header line, in order}
   *
   * @param columns their names
   */
  public WriteTsv withColumns(List<String> columns) {
    return new WriteTsv(file, List.copyOf(columns), parts);
  }

  /**
   * Writes the lines where they are, a part for each bundle, and joins the parts: for tables that
   * grow with the input, where bundles are large. A bundle of few lines, as after a grouping, would
   * be a file of few lines.
   *
   * @return a copy that does so
   */
  public WriteTsv inParts() {
    return new WriteTsv(file, columns, true);
  }

  @Override
  public PDone expand(PCollection<String> lines) {
    if (columns.isEmpty()) {
      throw new IllegalStateException("withColumns must name the columns of " + file);
    }
    boolean bgzf = file.endsWith(GZ);
    String header = String.join("\t", columns);
    if (!parts && !bgzf) {
      return lines.apply("Write", new WriteWhole(file, header, partsFolder()));
    }
    String folder = partsFolder();
    return lines
        .apply("Write", ParDo.of(new WritePart(folder, bgzf)))
        .setCoder(StringUtf8Coder.of())
        .apply("Join", ofParts(folder));
  }

  /** {@return a new folder for parts of the file, which {@link #ofParts} takes} */
  public String partsFolder() {
    return PartFolder.beside(file);
  }

  /**
   * Joins parts that somebody has written: lines with their ends, in BGZF if the file is.
   *
   * @param folder in which they were written; is removed
   * @return a transform that takes the names of the parts
   */
  public PTransform<PCollection<String>, PDone> ofParts(String folder) {
    return new OfParts(file, new Table(String.join("\t", columns), file.endsWith(GZ)), folder);
  }

  private static final class OfParts extends PTransform<PCollection<String>, PDone> {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final Table table;
    private final String folder;

    OfParts(String file, Table table, String folder) {
      this.file = file;
      this.table = table;
      this.folder = folder;
    }

    @Override
    public PDone expand(PCollection<String> parts) {
      PCollectionView<List<String>> names = parts.apply("All parts", View.asList());
      parts
          .getPipeline()
          .apply("File", Create.of(file).withCoder(StringUtf8Coder.of()))
          .apply("Join parts", ParDo.of(new JoinParts(table, folder, names)).withSideInputs(names))
          .apply("Remove parts", new RemoveParts());
      return PDone.in(parts.getPipeline());
    }
  }

  /**
   * A header line, then the parts by their names.
   *
   * @param header the line, without its end
   * @param bgzf whether the parts are BGZF
   */
  record Table(String header, boolean bgzf) implements JoinParts.Concatenation {
    @Override
    public byte[] before(List<String> parts) throws IOException {
      byte[] line = (header + "\n").getBytes(StandardCharsets.UTF_8);
      if (!bgzf) {
        return line;
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (OutputStream out = BgzfOutputStream.ofPart(bytes)) {
        out.write(line);
      }
      return bytes.toByteArray();
    }

    @Override
    public List<String> files(List<String> parts) {
      return parts.stream().distinct().sorted().toList();
    }

    @Override
    public byte[] after() {
      return bgzf ? BgzfOutputStream.endMarker() : new byte[0];
    }
  }

  /** The same, with the parts in the order in which they are told. */
  record InOrder(Table table) implements JoinParts.Concatenation {
    @Override
    public byte[] before(List<String> parts) throws IOException {
      return table.before(parts);
    }

    @Override
    public List<String> files(List<String> parts) {
      return parts;
    }

    @Override
    public byte[] after() {
      return table.after();
    }
  }
}
