package org.healthbeam.transforms.variant;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.beam.sdk.values.TupleTag;
import org.healthbeam.core.variant.PopulationSummary;
import org.healthbeam.core.variant.VariantSummary;

/** What the sinks of one bundle have open. */
final class ScannedRows implements Closeable {
  private final List<RowSink.Rows<VariantSummary>> variants = new ArrayList<>();
  private final List<RowSink.Rows<PopulationSummary>> populations = new ArrayList<>();

  ScannedRows(RowSinks sinks) {
    sinks.variants().forEach(sink -> variants.add(sink.begin()));
    sinks.populations().forEach(sink -> populations.add(sink.begin()));
  }

  void variant(VariantSummary row) {
    add(variants, row);
  }

  void population(PopulationSummary row) {
    add(populations, row);
  }

  private static <T> void add(List<RowSink.Rows<T>> all, T row) {
    try {
      for (RowSink.Rows<T> each : all) {
        each.add(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the bundle and tells of each sink what it says. */
  void finish(BiConsumer<TupleTag<String>, String> told) throws IOException {
    finish("variants", variants, told);
    finish("populations", populations, told);
  }

  private static <T> void finish(
      String of, List<RowSink.Rows<T>> all, BiConsumer<TupleTag<String>, String> told)
      throws IOException {
    for (int i = 0; i < all.size(); i++) {
      for (String name : all.get(i).finish()) {
        told.accept(tag(of, i), name);
      }
    }
  }

  /** Returns where it is told what the sinks of variants say. */
  static List<TupleTag<String>> variantTags(RowSinks sinks) {
    return tags("variants", sinks.variants().size());
  }

  /** Returns where it is told what the sinks of populations say. */
  static List<TupleTag<String>> populationTags(RowSinks sinks) {
    return tags("populations", sinks.populations().size());
  }

  private static List<TupleTag<String>> tags(String of, int n) {
    List<TupleTag<String>> tags = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      tags.add(tag(of, i));
    }
    return tags;
  }

  private static TupleTag<String> tag(String of, int i) {
    return new TupleTag<>("rows of " + of + " " + i);
  }

  @Override
  public void close() throws IOException {
    for (RowSink.Rows<VariantSummary> each : variants) {
      each.close();
    }
    for (RowSink.Rows<PopulationSummary> each : populations) {
      each.close();
    }
  }
}
