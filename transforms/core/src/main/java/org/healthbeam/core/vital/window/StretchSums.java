package org.healthbeam.core.vital.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What is kept of the readings of a stretch of time once they are let go: enough for every number
 * of a summary, and to be joined with the stretches before and after. Immutable, but for {@link
 * #counts}, which nobody may add to.
 *
 * @param n how many distinct readings
 * @param lastMean the mean of the readings at the last time
 * @param maxGap the longest time between two readings, in milliseconds
 * @param firstSlot the slot of the expected interval, counted since 1970, of the first reading
 * @param lastSlot that of the last
 * @param slots how many slots have a reading
 * @param timeWeighted sum over the times but the last of the mean at that time by the milliseconds
 *     until the next
 */
record StretchSums(
    long n,
    double min,
    double max,
    long firstTime,
    double first,
    long lastTime,
    double last,
    double lastMean,
    long maxGap,
    long firstSlot,
    long lastSlot,
    long slots,
    Dyadic values,
    Dyadic squares,
    Dyadic times,
    Dyadic timeSquares,
    Dyadic products,
    Dyadic timeWeighted,
    ValueCounts counts) {

  void writeTo(DataOutput out) throws IOException {
    VarLong.write(n, out);
    out.writeDouble(min);
    out.writeDouble(max);
    out.writeLong(firstTime);
    out.writeDouble(first);
    VarLong.write(lastTime - firstTime, out);
    out.writeDouble(last);
    out.writeDouble(lastMean);
    VarLong.write(maxGap, out);
    out.writeLong(firstSlot);
    VarLong.write(lastSlot - firstSlot, out);
    VarLong.write(slots, out);
    values.writeTo(out);
    squares.writeTo(out);
    times.writeTo(out);
    timeSquares.writeTo(out);
    products.writeTo(out);
    timeWeighted.writeTo(out);
    counts.writeTo(out);
  }

  static StretchSums readFrom(DataInput in) throws IOException {
    long n = VarLong.read(in);
    double min = in.readDouble();
    double max = in.readDouble();
    long firstTime = in.readLong();
    double first = in.readDouble();
    long lastTime = firstTime + VarLong.read(in);
    double last = in.readDouble();
    double lastMean = in.readDouble();
    long maxGap = VarLong.read(in);
    long firstSlot = in.readLong();
    return new StretchSums(
        n,
        min,
        max,
        firstTime,
        first,
        lastTime,
        last,
        lastMean,
        maxGap,
        firstSlot,
        firstSlot + VarLong.read(in),
        VarLong.read(in),
        Dyadic.readFrom(in),
        Dyadic.readFrom(in),
        Dyadic.readFrom(in),
        Dyadic.readFrom(in),
        Dyadic.readFrom(in),
        Dyadic.readFrom(in),
        ValueCounts.readFrom(in));
  }
}
