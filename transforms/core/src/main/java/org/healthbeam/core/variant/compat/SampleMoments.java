package org.healthbeam.core.variant.compat;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.annotation.Nullable;
import org.healthbeam.core.variant.Moments;
import org.healthbeam.core.variant.Varints;

/**
 * Moments of a value by sample, at the samples' places; a sample without a value has none. Whoever
 * has them knows the order of the samples.
 */
final class SampleMoments {
  private Moments[] moments = {};

  /** Adds a value of the sample at this place. */
  void add(int sample, long value) {
    at(sample).add(value);
  }

  private Moments at(int sample) {
    if (sample >= moments.length) {
      moments = Arrays.copyOf(moments, Math.max(sample + 1, 2 * moments.length));
    }
    if (moments[sample] == null) {
      moments[sample] = new Moments();
    }
    return moments[sample];
  }

  /** {@return what the values of the sample at this place come to} */
  Moments get(int sample) {
    Moments here = sample < moments.length ? moments[sample] : null;
    return here == null ? new Moments() : here;
  }

  /** Takes the samples in another order; those of no samples have none. */
  void reorder(List<String> before, List<String> now) {
    if (moments.length > 0 && !before.equals(now)) {
      SampleMoments other = new SampleMoments();
      other.moments = moments;
      moments = new Moments[0];
      add(other, before, now);
    }
  }

  /**
   * Adds what another has.
   *
   * @param there its samples, in order
   * @param here the samples of this one, in order
   */
  void add(SampleMoments other, List<String> there, List<String> here) {
    Map<String, Integer> places = there.equals(here) ? null : places(here);
    for (int s = 0; s < other.moments.length; s++) {
      if (other.moments[s] != null) {
        at(place(s, places, there)).add(other.moments[s]);
      }
    }
  }

  private static int place(int s, @Nullable Map<String, Integer> places, List<String> there) {
    return places == null ? s : places.get(there.get(s));
  }

  private static Map<String, Integer> places(List<String> names) {
    Map<String, Integer> places = new HashMap<>();
    for (int s = 0; s < names.size(); s++) {
      places.put(names.get(s), s);
    }
    return places;
  }

  void write(DataOutput out) throws IOException {
    Varints.write(out, Arrays.stream(moments).filter(m -> m != null).count());
    for (int s = 0; s < moments.length; s++) {
      if (moments[s] != null) {
        Varints.write(out, s);
        moments[s].write(out);
      }
    }
  }

  void readFrom(DataInput in) throws IOException {
    for (long n = Varints.read(in); n > 0; n--) {
      int sample = (int) Varints.read(in);
      at(sample).add(Moments.read(in));
    }
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof SampleMoments that)) {
      return false;
    }
    int most = Math.max(moments.length, that.moments.length);
    for (int s = 0; s < most; s++) {
      if (!get(s).equals(that.get(s))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int hash = 0;
    for (int s = 0; s < moments.length; s++) {
      hash += moments[s] == null ? 0 : (s + 1) * moments[s].hashCode();
    }
    return hash;
  }
}
