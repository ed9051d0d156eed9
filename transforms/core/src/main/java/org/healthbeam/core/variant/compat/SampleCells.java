package org.healthbeam.core.variant.compat;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.healthbeam.core.variant.IncompatibleSamplesException;
import org.healthbeam.core.variant.Varints;

/** A row of counters for each sample; they merge in any order, by the samples' names. */
final class SampleCells {
  private final int width;
  private List<String> samples = List.of();
  private String source = "";
  private long[] cells = {};
  private boolean known;

  SampleCells(int width) {
    this.width = width;
  }

  void expect(List<String> names, String file) {
    if (!known) {
      known = true;
      samples = names;
      source = file;
      cells = new long[names.size() * width];
    } else if (file.compareTo(source) < 0) {
      source = file;
    }
  }

  List<String> samples() {
    return samples;
  }

  void add(int sample, int cell, long n) {
    cells[sample * width + cell] += n;
  }

  long get(int sample, int cell) {
    return cells[sample * width + cell];
  }

  /**
   * Adds all that another has counted.
   *
   * @throws IncompatibleSamplesException if the samples are not the same ones
   */
  void add(SampleCells other) {
    if (!other.known) {
      return;
    }
    if (!known) {
      expect(other.samples, other.source);
    }
    int[] place = places(other);
    if (String.join("\t", other.samples).compareTo(String.join("\t", samples)) < 0) {
      // The order of the result must not depend on who is merged into whom.
      long[] reordered = other.cells.clone();
      for (int s = 0; s < place.length; s++) {
        addRow(reordered, s, cells, place[s]);
      }
      samples = other.samples;
      cells = reordered;
    } else {
      for (int s = 0; s < place.length; s++) {
        addRow(cells, place[s], other.cells, s);
      }
    }
    source = source.compareTo(other.source) <= 0 ? source : other.source;
  }

  private void addRow(long[] to, int row, long[] from, int at) {
    for (int i = 0; i < width; i++) {
      to[row * width + i] += from[at * width + i];
    }
  }

  /** {@return where each sample of another stands here} */
  private int[] places(SampleCells other) {
    int[] place = new int[other.samples.size()];
    if (samples.equals(other.samples)) {
      Arrays.setAll(place, s -> s);
      return place;
    }
    Map<String, Integer> here = new HashMap<>();
    for (int s = 0; s < samples.size(); s++) {
      here.put(samples.get(s), s);
    }
    if (place.length != samples.size() || !here.keySet().containsAll(other.samples)) {
      String first = source.compareTo(other.source) <= 0 ? source : other.source;
      throw new IncompatibleSamplesException(first, samples.size(), place.length);
    }
    Arrays.setAll(place, s -> here.get(other.samples.get(s)));
    return place;
  }

  void write(DataOutput out) throws IOException {
    out.writeBoolean(known);
    if (known) {
      Varints.writeText(out, source);
      Varints.write(out, samples.size());
      for (String name : samples) {
        Varints.writeText(out, name);
      }
      Varints.writeAll(out, cells);
    }
  }

  void readFrom(DataInput in) throws IOException {
    known = in.readBoolean();
    if (known) {
      source = Varints.readText(in);
      int size = (int) Varints.read(in);
      List<String> names = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        names.add(Varints.readText(in));
      }
      samples = List.copyOf(names);
      cells = Varints.readAll(in);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SampleCells that
        && known == that.known
        && source.equals(that.source)
        && samples.equals(that.samples)
        && Arrays.equals(cells, that.cells);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(cells);
  }

  /** Shows no name. */
  @Override
  public String toString() {
    return "SampleCells(" + samples.size() + " samples)";
  }
}
