package org.healthbeam.io.vcf;

import java.util.List;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.PDone;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.healthbeam.io.part.JoinParts;
import org.healthbeam.io.part.PartFolder;
import org.healthbeam.io.part.RemoveParts;

/**
 * Writes records without samples as one VCF 4.3 in BGZF, sorted by sequence and place, with its end
 * marker: what {@code tabix} indexes. The same records give the same bytes in whatever order.
 *
 * <p>Input: lines of eight columns, a bounded collection in the global window. The sequences are in
 * the order of references (by number, X, Y, the mitochondrion, then others by their characters);
 * records of one place in the order of their characters. The header declares the sequences and the
 * filters that the records have.
 *
 * <p>Each worker sorts stretches of 262,144 bases and holds the lines of one; one worker then joins
 * the files of all stretches. The file is there when it is whole, or not at all; a hidden mark
 * stays beside it ({@link PartFolder}).
 */
public final class WriteVcf extends PTransform<PCollection<String>, PDone> {
  private static final long serialVersionUID = 1L;

  /** The logarithm of how many bases are sorted together. */
  private static final int STRETCH = 18;

  private final String file;
  private final List<String> header;

  private WriteVcf(String file, List<String> header) {
    this.file = file;
    this.header = header;
  }

  /**
   * {@return a transform that writes this file; what stood there is replaced}
   *
   * @param file on any file system
   */
  public static WriteVcf to(String file) {
    return new WriteVcf(file, List.of());
  }

  /**
   * {@return a copy that adds lines to the header, such as the declarations of INFO}
   *
   * @param lines without their ends
   */
  public WriteVcf withHeader(List<String> lines) {
    return new WriteVcf(file, List.copyOf(lines));
  }

  @Override
  public PDone expand(PCollection<String> lines) {
    ResourceId target = FileSystems.matchNewResource(file, false);
    String folder = PartFolder.beside(file);
    PCollectionView<List<String>> parts =
        lines
            .apply(
                "By stretch", WithKeys.of(WriteVcf::stretch).withKeyType(TypeDescriptors.strings()))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of()))
            .apply("Group", GroupByKey.create())
            .apply("Sort and write", ParDo.of(new SortedBin(folder)))
            // What is told of a part must not change when a step is repeated.
            .apply("Parts", Reshuffle.viaRandomKey())
            .apply("All parts", View.asList());
    lines
        .getPipeline()
        .apply("File", Create.of(target.toString()))
        .apply(
            "Join parts",
            ParDo.of(new JoinParts(new VcfLayout(header), folder, parts)).withSideInputs(parts))
        .apply("Remove parts", new RemoveParts());
    return PDone.in(lines.getPipeline());
  }

  /** {@return the sequence and the number of the stretch} */
  private static String stretch(String line) {
    int contig = line.indexOf('\t');
    int pos = Integer.parseInt(line, contig + 1, line.indexOf('\t', contig + 1), 10);
    return line.substring(0, contig) + "\t" + (pos >> STRETCH);
  }
}
