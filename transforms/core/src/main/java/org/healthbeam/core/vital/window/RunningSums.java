package org.healthbeam.core.vital.window;

/**
 * Takes the distinct readings of a stretch of time in the order of time and value, or the sums of
 * whole stretches in the order of time. It takes 4 kB and what {@link ValueCounts} takes.
 */
final class RunningSums {
  private final long expectedMillis;
  private final ExactSum values = new ExactSum();
  private final ExactSum squares = new ExactSum();
  private final ExactSum times = new ExactSum();
  private final ExactSum timeSquares = new ExactSum();
  private final ExactSum products = new ExactSum();
  private final ExactSum timeWeighted = new ExactSum();
  private final ValueCounts counts = new ValueCounts();
  private long n;
  private double min;
  private double max;
  private long firstTime;
  private double first;
  private long lastTime;
  private double last;
  private double sumAtLastTime;
  private int readingsAtLastTime;
  private long maxGap;
  private long firstSlot;
  private long lastSlot;
  private long slots;

  RunningSums(long expectedMillis) {
    this.expectedMillis = expectedMillis;
  }

  void add(long time, double value) {
    long slot = Math.floorDiv(time, expectedMillis);
    if (n > 0 && time == lastTime) {
      sumAtLastTime += value;
      readingsAtLastTime++;
      min = lesser(min, value);
      max = greater(max, value);
      last = value;
    } else {
      follow(time, value, slot, value, value);
      sumAtLastTime = value;
      readingsAtLastTime = 1;
      lastTime = time;
      last = value;
      lastSlot = slot;
    }
    n++;
    values.add(value);
    squares.addProduct(value, value);
    times.add((double) time);
    timeSquares.addProduct((double) time, (double) time);
    products.addProduct((double) time, value);
    counts.add(value);
  }

  void addAll(StretchSums next) {
    follow(next.firstTime(), next.first(), next.firstSlot(), next.min(), next.max());
    slots += next.slots() - 1;
    maxGap = Math.max(maxGap, next.maxGap());
    sumAtLastTime = next.lastMean();
    readingsAtLastTime = 1;
    lastTime = next.lastTime();
    last = next.last();
    lastSlot = next.lastSlot();
    n += next.n();
    values.add(next.values());
    squares.add(next.squares());
    times.add(next.times());
    timeSquares.add(next.timeSquares());
    products.add(next.products());
    timeWeighted.add(next.timeWeighted());
    counts.addAll(next.counts());
  }

  /** Goes on to a later time: the value of the one before held until then. */
  private void follow(long time, double value, long slot, double least, double greatest) {
    if (n == 0) {
      firstTime = time;
      first = value;
      firstSlot = slot;
      slots = 1;
      min = least;
      max = greatest;
      return;
    }
    if (time <= lastTime) {
      throw new IllegalArgumentException("A stretch must begin after the one before it");
    }
    timeWeighted.addProduct(meanAtLastTime(), (double) (time - lastTime));
    maxGap = Math.max(maxGap, time - lastTime);
    slots += slot == lastSlot ? 0 : 1;
    min = lesser(min, least);
    max = greater(max, greatest);
  }

  private double meanAtLastTime() {
    return sumAtLastTime / readingsAtLastTime;
  }

  private static double lesser(double a, double b) {
    return Double.compare(a, b) <= 0 ? a : b;
  }

  private static double greater(double a, double b) {
    return Double.compare(a, b) >= 0 ? a : b;
  }

  /** {@return what there is so far, which does not change when this goes on} */
  StretchSums sums() {
    return new StretchSums(
        n,
        min,
        max,
        firstTime,
        first,
        lastTime,
        last,
        meanAtLastTime(),
        maxGap,
        firstSlot,
        lastSlot,
        slots,
        values.total(),
        squares.total(),
        times.total(),
        timeSquares.total(),
        products.total(),
        timeWeighted.total(),
        counts.copy());
  }
}
