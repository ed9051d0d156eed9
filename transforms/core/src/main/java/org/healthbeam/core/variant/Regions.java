package org.healthbeam.core.variant;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which regions a place belongs to: windows of one width, or a list. */
public interface Regions {

  /** Hands over every region that contains a base, {@code pos} from 1. */
  void containing(String contig, int pos, Consumer<Region> consumer);

  /** No regions at all. */
  static Regions none() {
    return Windows.NONE;
  }

  /**
   * Returns windows side by side, from the first base of each sequence.
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

  /** Returns a list of regions, which may overlap. */
  static Regions of(Collection<Region> regions) {
    return new Listed(regions);
  }

  /**
   * The width of windows written like {@code 1mb}, {@code 50kb}, {@code 500bp}; -1 if it is none.
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
    public void containing(String contig, int pos, Consumer<Region> consumer) {
      if (width > 0) {
        long start = Math.max(0L, pos - 1L) / width * width;
        consumer.accept(new Region(contig, start, start + width, ""));
      }
    }
  }

  /** Regions of a list, by sequence in the order of their starts. */
  final class Listed implements Regions {
    private final Map<String, Sequence> sequences = new HashMap<>();

    private Listed(Collection<Region> regions) {
      regions.stream()
          .distinct()
          .collect(Collectors.groupingBy(Region::contig))
          .forEach((contig, list) -> sequences.put(contig, Sequence.of(list)));
    }

    @Override
    public void containing(String contig, int pos, Consumer<Region> consumer) {
      Sequence sequence = sequences.get(contig);
      if (sequence != null) {
        sequence.containing(pos - 1L, consumer);
      }
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

      void containing(long base, Consumer<Region> consumer) {
        int found = Arrays.binarySearch(starts, base + 1);
        int at = (found >= 0 ? found : -found - 1) - 1;
        // Several regions may begin at the base searched for; stand before the first of them.
        while (at >= 0 && starts[at] > base) {
          at--;
        }
        for (; at >= 0 && furthest[at] > base; at--) {
          if (regions.get(at).end() > base) {
            consumer.accept(regions.get(at));
          }
        }
      }
    }
  }
}
