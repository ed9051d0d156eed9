package org.healthbeam.core.variant;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.healthbeam.core.variant.reference.Assemblies;
import org.healthbeam.core.variant.reference.ContigNames;
import org.healthbeam.core.variant.reference.DifferentAssembliesException;

/** Which regions a stretch of a sequence lies in: windows of one width, or a list. */
public interface Regions {

  /** Takes the regions that a span lies in. */
  @FunctionalInterface
  interface Overlaps {
    /**
     * Takes one.
     *
     * @param region that has a base of the span
     * @param from the first base of the span that lies in the region, counted from 0; at 0 the
     *     region contains the place where the span begins
     * @param to one after the last
     */
    void accept(Region region, long from, long to);
  }

  /**
   * Hands over every region that has a base of a span.
   *
   * @param contig the sequence; windows are called as it is here
   * @param pos the span's first base, from 1
   * @param length in bases, from 1
   * @param overlaps takes the regions, in no order that is told
   */
  void overlapping(String contig, int pos, long length, Overlaps overlaps);

  /**
   * {@return whether any region is on a sequence}
   *
   * @param contig by any of its names
   */
  boolean isOn(String contig);

  /**
   * No regions at all.
   *
   * @return the regions that no base lies in
   */
  static Regions none() {
    return Windows.NONE;
  }

  /**
   * {@return windows side by side, from the first base of each sequence}
   *
   * @param width in bases, from 1 to 2147483647
   */
  static Regions windows(long width) {
    if (width < 1 || width > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "window width " + width + "; it can be 1 to " + Integer.MAX_VALUE + " bases");
    }
    return new Windows(width);
  }

  /**
   * {@return a list of regions, which may overlap; what they hand over is called by the key that
   * {@code names} has for its sequence}
   *
   * @param regions any number, in any order
   * @param names by which a record's sequence and a region's are the same
   */
  static Regions of(Collection<Region> regions, ContigNames names) {
    return new Listed(regions, names);
  }

  /**
   * Fails if a sequence is of another assembly than the regions.
   *
   * @param contig as it is called in the input that is counted
   * @throws DifferentAssembliesException if so
   */
  default void check(String contig) {}

  /**
   * Fails if the regions call the mitochondrion by another name than this one, under which the
   * header has the older sequence.
   *
   * @param contig the name of the older sequence in the header
   * @throws DifferentAssembliesException if so
   */
  default void checkOldMitochondrion(String contig) {}

  /**
   * {@return the width, in bases, of windows written like {@code 1mb}, {@code 50kb}, {@code 500bp};
   * -1 if it is none}
   *
   * @param text as it stands in the option; case does not matter
   */
  static long widthOf(String text) {
    Matcher matcher = Pattern.compile("(?i)([1-9][0-9]{0,9})(bp|kb|mb)").matcher(text);
    if (!matcher.matches()) {
      return -1;
    }
    long unit =
        switch (matcher.group(2).charAt(0)) {
          case 'k', 'K' -> 1_000L;
          case 'm', 'M' -> 1_000_000L;
          default -> 1L;
        };
    return Long.parseLong(matcher.group(1)) * unit;
  }

  /** Windows of one width; of none at all if the width is 0. */
  final class Windows implements Regions {
    private static final Windows NONE = new Windows(0);

    private final long width;

    private Windows(long width) {
      this.width = width;
    }

    @Override
    public void overlapping(String contig, int pos, long length, Overlaps overlaps) {
      if (width == 0) {
        return;
      }
      // POS 0 is the telomere; it is counted where the sequence begins.
      long first = Math.max(0L, pos - 1L);
      for (long start = first / width * width; start < first + length; start += width) {
        overlaps.accept(
            new Region(contig, start, start + width, ""),
            Math.max(0, start - first),
            Math.min(length, start + width - first));
      }
    }

    @Override
    public boolean isOn(String contig) {
      return true;
    }
  }

  /** Regions of a list, by sequence in the order of their starts. */
  final class Listed implements Regions {
    private final Map<String, Sequence> sequences = new HashMap<>();

    private final Assemblies assemblies = new Assemblies("The regions");
    private final ContigNames names;

    private Listed(Collection<Region> regions, ContigNames names) {
      this.names = names;
      regions.forEach(region -> assemblies.add(region.contig()));
      regions.stream()
          .map(r -> new Region(names.key(r.contig()), r.start(), r.end(), r.name()))
          .distinct()
          .collect(Collectors.groupingBy(Region::contig))
          .forEach((contig, list) -> sequences.put(contig, Sequence.of(list)));
    }

    @Override
    public void overlapping(String contig, int pos, long length, Overlaps overlaps) {
      Sequence sequence = sequences.get(names.key(contig));
      if (sequence != null) {
        sequence.overlapping(pos - 1L, length, overlaps);
      }
    }

    @Override
    public boolean isOn(String contig) {
      return sequences.containsKey(names.key(contig));
    }

    @Override
    public void check(String contig) {
      assemblies.check(contig, "the records");
    }

    @Override
    public void checkOldMitochondrion(String contig) {
      assemblies.checkOldMitochondrion(contig, "the records");
    }

    /** The regions of one sequence, and the furthest end up to each. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Sequence(List<Region> regions, long[] starts, long[] furthest) {
      static Sequence of(List<Region> unsorted) {
        List<Region> sorted =
            unsorted.stream()
                .sorted(
                    Comparator.comparingLong(Region::start)
                        .thenComparingLong(Region::end)
                        .thenComparing(Region::name))
                .toList();
        long[] starts = sorted.stream().mapToLong(Region::start).toArray();
        long[] furthest = sorted.stream().mapToLong(Region::end).toArray();
        for (int i = 1; i < furthest.length; i++) {
          furthest[i] = Math.max(furthest[i], furthest[i - 1]);
        }
        return new Sequence(sorted, starts, furthest);
      }

      void overlapping(long first, long length, Overlaps overlaps) {
        int found = Arrays.binarySearch(starts, first + length);
        int at = (found >= 0 ? found : -found - 1) - 1;
        // Several regions may begin right after the span; stand before the first of them.
        while (at >= 0 && starts[at] >= first + length) {
          at--;
        }
        for (; at >= 0 && furthest[at] > first; at--) {
          Region region = regions.get(at);
          long from = Math.max(0, region.start() - first);
          long to = Math.min(length, region.end() - first);
          if (from < to) {
            overlaps.accept(region, from, to);
          }
        }
      }
    }
  }
}
