package org.healthbeam.transforms.variant;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.healthbeam.core.variant.PopulationSummary;
import org.healthbeam.core.variant.VariantSummary;

/**
 * Where the summaries of alternates go from the step that makes them.
 *
 * @param variants sinks that each take every summary
 * @param variantElements whether the summaries are elements too
 * @param populations sinks of the summaries by population; these are elements only where there is
 *     no sink
 */
public record RowSinks(
    List<RowSink<VariantSummary>> variants,
    boolean variantElements,
    List<RowSink<PopulationSummary>> populations)
    implements Serializable {

  /**
   * Takes copies of the lists.
   *
   * @param variants sinks that each take every summary
   * @param variantElements whether the summaries are elements too
   * @param populations sinks of the summaries by population; these are elements only where there is
   *     no sink
   */
  public RowSinks {
    variants = List.copyOf(variants);
    populations = List.copyOf(populations);
  }

  /** {@return no sink: all summaries are elements} */
  public static RowSinks none() {
    return new RowSinks(List.of(), true, List.of());
  }

  /**
   * {@return one more of variants}
   *
   * @param sink where the summaries are made
   */
  public RowSinks withVariants(RowSink<VariantSummary> sink) {
    return new RowSinks(added(variants, sink), variantElements, populations);
  }

  /**
   * {@return one more of populations}
   *
   * @param sink where the summaries are made
   */
  public RowSinks withPopulations(RowSink<PopulationSummary> sink) {
    return new RowSinks(variants, variantElements, added(populations, sink));
  }

  /**
   * {@return these, with or without the summaries of variants as elements too}
   *
   * @param elements false saves what handing them on costs
   */
  public RowSinks withVariantElements(boolean elements) {
    return new RowSinks(variants, elements, populations);
  }

  boolean isNone() {
    return variants.isEmpty() && populations.isEmpty();
  }

  private static <T> List<RowSink<T>> added(List<RowSink<T>> sinks, RowSink<T> sink) {
    return Stream.concat(sinks.stream(), Stream.of(sink)).toList();
  }
}
