package org.healthbeam.io.vcf;

import java.io.IOException;
import javax.annotation.Nullable;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.healthbeam.core.variant.VcfBlock;
import org.healthbeam.io.bgzf.BlockInflater;
import org.healthbeam.io.text.SniffedFile;

/** Reads the lines of each part, and reports by file how it went. */
final class ReadParts extends DoFn<FilePart, VcfBlock> {
  private static final long serialVersionUID = 1L;

  static final TupleTag<VcfBlock> BLOCKS =
      new TupleTag<VcfBlock>("blocks") {
        private static final long serialVersionUID = 1L;
      };
  static final TupleTag<KV<String, PartReport>> REPORTS =
      new TupleTag<KV<String, PartReport>>("reports") {
        private static final long serialVersionUID = 1L;
      };

  private final int blockBytes;
  private final int lineLimit;
  @Nullable private final WantedRegions regions;
  @Nullable private transient BlockInflater inflater;
  @Nullable private transient Selection selection;

  ReadParts(int blockBytes, int lineLimit, @Nullable WantedRegions regions) {
    this.blockBytes = blockBytes;
    this.lineLimit = lineLimit;
    this.regions = regions;
  }

  @Setup
  public void setup() {
    inflater = BlockInflater.ofPlatform();
  }

  @ProcessElement
  public void process(ProcessContext context, MultiOutputReceiver out) throws IOException {
    FilePart part = context.element();
    if (regions != null && selection == null) {
      selection = regions.selection(context);
    }
    ResourceId file = FileSystems.matchNewResource(part.file(), false);
    PartReport report =
        new PartLines(part, blockBytes, lineLimit, inflater, selection, out.get(BLOCKS)::output)
            .read(address -> SniffedFile.storedBytes(file, address));
    out.get(REPORTS).output(KV.of(part.file(), report));
  }

  @Teardown
  public void teardown() {
    if (inflater != null) {
      inflater.close();
    }
  }
}
