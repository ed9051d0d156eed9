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

  public RowSinks {
    variants = List.copyOf(variants);
    populations = List.copyOf(populations);
  }

  /** Returns no sink: all summaries are elements. */
  public static RowSinks none() {
    return new RowSinks(List.of(), true, List.of());
  }

  /** Returns one more of variants. */
  public RowSinks withVariants(RowSink<VariantSummary> sink) {
    return new RowSinks(added(variants, sink), variantElements, populations);
  }

  /** Returns one more of populations. */
  public RowSinks withPopulations(RowSink<PopulationSummary> sink) {
    return new RowSinks(variants, variantElements, added(populations, sink));
  }

  /** Says whether the summaries of variants are elements too. */
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
