package org.healthbeam.transforms.variant.lines;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.DoFn.MultiOutputReceiver;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.variant.OnInvalid;
import org.healthbeam.core.variant.Region;
import org.healthbeam.core.variant.VariantScan;
import org.healthbeam.core.variant.VcfBlock;
import org.healthbeam.transforms.outcome.Outcomes;

/**
 * Reads parts and scans their lines inside of one DoFn: counts the lines, rejects those that break
 * a rule, and says how the reading went. The DoFn has the outputs that {@link VcfLines#scan} adds.
 *
 * @param <P> says where a part lies
 * @param <R> how the reading of a part went
 */
public final class LineReading<P, R> implements Serializable {
  private static final long serialVersionUID = 1L;

  private final TupleTag<R> reports;
  private final Outcomes outcomes;
  private final LineRejects rejects;
  private final OpenLines<P, R> lines;

  /** Scans lines. */
  public interface Scanner {
    /**
     * Is told whose lines come now.
     *
     * @param block whose bytes change afterwards
     */
    void begin(VcfBlock block);

    /**
     * Scans the bytes of a block from one place to another, which are a line without its line feed.
     *
     * @param block that was told last
     * @param from the first byte of the line
     * @param to behind the last byte of the line
     * @return what became of the line
     * @throws RejectedException if a rule is broken
     */
    VariantScan.Outcome line(VcfBlock block, int from, int to) throws RejectedException;

    /** {@return the column in which the last line is broken, from 1, or 0 for the whole line} */
    int column();

    /**
     * Is told that there is no more line in the block.
     *
     * @param block that was told last
     */
    default void end(VcfBlock block) {}
  }

  LineReading(
      LineSource<P, R> source,
      TupleTag<R> reports,
      @Nullable PCollectionView<List<Region>> wanted,
      Outcomes outcomes,
      OnInvalid policy) {
    this.lines = new OpenLines<>(source, wanted);
    this.reports = reports;
    this.outcomes = outcomes;
    this.rejects = new LineRejects(outcomes, policy);
  }

  /**
   * Reads and scans the part that is the context's element.
   *
   * @param context has the part
   * @param out takes results, rejects and reports
   * @param scanner is told the lines
   * @throws IOException if the part cannot be read
   */
  public void read(DoFn<P, ?>.ProcessContext context, MultiOutputReceiver out, Scanner scanner)
      throws IOException {
    outcomes.begin();
    R report = lines.of(context).read(context.element(), block -> scan(block, scanner, out));
    if (report != null) {
      out.get(reports).output(report);
    }
    outcomes.tell(out.get(Outcomes.COUNTED));
  }

  private long scan(VcfBlock block, Scanner scanner, MultiOutputReceiver out) {
    scanner.begin(block);
    long[] counts = new long[VariantScan.Outcome.values().length];
    long lines = 0;
    int from = 0;
    while (from < block.length()) {
      int to = block.lineEnd(from);
      try {
        counts[scanner.line(block, from, to).index()]++;
      } catch (RejectedException why) {
        long line = block.firstLine() + lines;
        rejects.reject(block, line, scanner.column(), why, from, to, out);
      }
      lines++;
      from = to + 1;
    }
    outcomes.in(lines);
    for (VariantScan.Outcome outcome : VariantScan.Outcome.values()) {
      if (counts[outcome.index()] > 0) {
        outcomes.out(outcome.label(), counts[outcome.index()]);
      }
    }
    scanner.end(block);
    LineRejects.countLines(block, out);
    return lines;
  }

  /** Gives back what reading has taken; to be called when the DoFn is torn down. */
  public void close() {
    lines.close();
  }
}
