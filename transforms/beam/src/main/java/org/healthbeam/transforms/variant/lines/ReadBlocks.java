package org.healthbeam.transforms.variant.lines;

import java.io.IOException;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.healthbeam.core.variant.Region;
import org.healthbeam.core.variant.VcfBlock;

/** Reads parts into blocks that are elements. */
final class ReadBlocks<P, R> extends DoFn<P, VcfBlock> {
  private static final long serialVersionUID = 1L;

  static final TupleTag<VcfBlock> BLOCKS =
      new TupleTag<VcfBlock>("blocks") {
        private static final long serialVersionUID = 1L;
      };

  private final OpenLines<P, R> lines;
  private final TupleTag<R> reports;

  ReadBlocks(
      LineSource<P, R> source,
      TupleTag<R> reports,
      @Nullable PCollectionView<List<Region>> wanted) {
    this.lines = new OpenLines<>(source, wanted);
    this.reports = reports;
  }

  @ProcessElement
  public void process(ProcessContext context, MultiOutputReceiver out) throws IOException {
    OutputReceiver<VcfBlock> blocks = out.get(BLOCKS);
    R report = lines.of(context).read(context.element(), block -> output(blocks, block));
    if (report != null) {
      out.get(reports).output(report);
    }
  }

  private static long output(OutputReceiver<VcfBlock> blocks, VcfBlock block) {
    blocks.output(block.copy());
    return block.lineCount();
  }

  @Teardown
  public void teardown() {
    lines.close();
  }
}
