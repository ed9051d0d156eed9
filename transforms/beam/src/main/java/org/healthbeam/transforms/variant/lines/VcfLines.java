package org.healthbeam.transforms.variant.lines;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.annotation.Nullable;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.VoidCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.PInput;
import org.apache.beam.sdk.values.POutput;
import org.apache.beam.sdk.values.PValue;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.healthbeam.core.variant.OnInvalid;
import org.healthbeam.core.variant.Region;
import org.healthbeam.core.variant.VcfBlock;
import org.healthbeam.transforms.outcome.Outcomes;

/**
 * The lines of VCF files, which are read in the step that scans them: what travels between steps is
 * where parts of files lie.
 *
 * <p>They can be used once, since each use reads the files, and a file that was read twice would
 * count twice.
 */
public final class VcfLines implements PInput, POutput {
  private static final TupleTag<Object> PARTS =
      new TupleTag<Object>("parts") {
        private static final long serialVersionUID = 1L;
      };

  private final Parts<?, ?> parts;
  private boolean used;

  private VcfLines(Parts<?, ?> parts) {
    this.parts = parts;
  }

  /** A step that scans lines, made for parts of any kind. */
  public interface Step<O> {
    /**
     * {@return a DoFn that gives each element to {@link LineReading#read}}
     *
     * @param <P> the type of the parts
     * @param <R> the type of what is said of a part
     * @param reading scans its lines
     */
    <P, R> DoFn<P, O> over(LineReading<P, R> reading);
  }

  private record Parts<P, R>(
      PCollection<P> parts,
      LineSource<P, R> source,
      @Nullable PCollectionView<List<Region>> wanted,
      TupleTag<R> reports,
      Coder<R> coder,
      Consumer<PCollection<R>> reportsTo) {

    <O> PCollectionTuple scan(
        String name,
        Outcomes outcomes,
        OnInvalid policy,
        Step<O> step,
        TupleTag<O> main,
        TupleTagList others,
        List<PCollectionView<?>> views) {
      Set<PCollectionView<?>> all = new LinkedHashSet<>(views);
      if (wanted != null) {
        all.add(wanted);
      }
      DoFn<P, O> scan = step.over(new LineReading<>(source, reports, wanted, outcomes, policy));
      PCollectionTuple scanned =
          parts.apply(
              name,
              ParDo.of(scan)
                  .withSideInputs(all)
                  .withOutputTags(main, others.and(LineRejects.tags().getAll()).and(reports)));
      reportsTo.accept(scanned.get(reports).setCoder(coder));
      return scanned;
    }

    Parts<P, R> with(UnaryOperator<PCollection<P>> step) {
      return new Parts<>(step.apply(parts), source, wanted, reports, coder, reportsTo);
    }

    PCollection<VcfBlock> blocks() {
      PCollectionTuple read =
          parts.apply(
              "Read blocks",
              ParDo.of(new ReadBlocks<>(source, reports, wanted))
                  .withSideInputs(wanted == null ? List.of() : List.of(wanted))
                  .withOutputTags(ReadBlocks.BLOCKS, TupleTagList.of(reports)));
      reportsTo.accept(read.get(reports).setCoder(coder));
      return read.get(ReadBlocks.BLOCKS).setCoder(VcfBlockCoder.of());
    }
  }

  /**
   * {@return the lines of blocks that are elements already}
   *
   * @param blocks of whole lines
   */
  public static VcfLines of(PCollection<VcfBlock> blocks) {
    return of(blocks, new BlocksThemselves(), VoidCoder.of(), reports -> {}, null);
  }

  /**
   * {@return the lines of parts that a source opens}
   *
   * @param <P> the type of the parts
   * @param <R> the type of what is said of a part
   * @param parts of files
   * @param source opens a part
   * @param coder of what the source says of each part
   * @param reportsTo takes what the source says, when it is known which step reads
   * @param wanted whose records alone are read; null for all
   */
  public static <P, R> VcfLines of(
      PCollection<P> parts,
      LineSource<P, R> source,
      Coder<R> coder,
      Consumer<PCollection<R>> reportsTo,
      @Nullable PCollectionView<List<Region>> wanted) {
    Objects.requireNonNull(parts, "parts");
    return new VcfLines(
        new Parts<>(parts, source, wanted, new TupleTag<>("reports"), coder, reportsTo));
  }

  /**
   * Applies a step to these lines.
   *
   * @param <O> the type of the step's output
   * @param name of the step
   * @param step takes these lines
   * @return its output
   */
  public <O extends POutput> O apply(String name, PTransform<VcfLines, O> step) {
    return Pipeline.applyTransform(name, this, step);
  }

  /**
   * Applies a DoFn that reads and scans them, with its outputs and those that {@link
   * LineRejects#collect} takes.
   *
   * @param <O> the type of the results
   * @param name of the step
   * @param outcomes of the step
   * @param policy for records that break a rule
   * @param step makes the DoFn
   * @param main the tag of the results
   * @param others tags of other outputs
   * @param views side inputs of the step
   * @return the outputs
   */
  public <O> PCollectionTuple scan(
      String name,
      Outcomes outcomes,
      OnInvalid policy,
      Step<O> step,
      TupleTag<O> main,
      TupleTagList others,
      PCollectionView<?>... views) {
    use();
    return parts.scan(name, outcomes, policy, step, main, others, Arrays.asList(views));
  }

  /**
   * Reads them into blocks that are elements, for steps of one's own. A runner that does one step
   * for all elements before the next has all text in memory then.
   *
   * @return the blocks
   */
  public PCollection<VcfBlock> blocks() {
    use();
    return parts.blocks();
  }

  /** {@return the same lines in the global window, to be used instead of these} */
  public VcfLines inGlobalWindow() {
    use();
    return new VcfLines(
        parts.with(each -> each.apply("Global window", Window.into(new GlobalWindows()))));
  }

  private void use() {
    if (used) {
      throw new IllegalStateException("these lines are used already; read the files again");
    }
    used = true;
  }

  /** {@return whether they end} */
  public PCollection.IsBounded isBounded() {
    return parts.parts().isBounded();
  }

  /** {@return whether they are in the global window} */
  public boolean isInGlobalWindow() {
    return parts.parts().getWindowingStrategy().getWindowFn() instanceof GlobalWindows;
  }

  @Override
  public Pipeline getPipeline() {
    return parts.parts().getPipeline();
  }

  @Override
  public Map<TupleTag<?>, PValue> expand() {
    return Map.of(PARTS, parts.parts());
  }

  @Override
  public void finishSpecifyingOutput(
      String transformName, PInput input, PTransform<?, ?> transform) {}
}
