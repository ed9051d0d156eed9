package org.healthbeam.transforms.vital;

import java.util.EnumSet;
import java.util.Set;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.VitalSign;
import org.joda.time.Duration;
import org.joda.time.Instant;

/** Makes of vital signs what the shuffles carry, at their event time. */
final class ToPoints {
  private ToPoints() {}

  /** Any: a reading may have been measured long before it was read. */
  @SuppressWarnings("deprecation")
  private abstract static class Timestamping<K> extends DoFn<VitalSign, KV<K, VitalPoint>> {
    private static final long serialVersionUID = 1L;

    @Override
    public Duration getAllowedTimestampSkew() {
      return Duration.millis(Long.MAX_VALUE);
    }

    void emit(K key, VitalSign sign, boolean plausible, OutputReceiver<KV<K, VitalPoint>> out) {
      long millis = sign.time().toEpochMilli();
      out.outputWithTimestamp(
          KV.of(key, new VitalPoint(sign.kind(), millis, sign.value(), plausible, sign.version())),
          Instant.ofEpochMilli(millis));
    }
  }

  /** Keys by subject and kind. */
  static final class BySeries extends Timestamping<SeriesKey> {
    private static final long serialVersionUID = 1L;
    private final boolean plausible;

    BySeries(boolean plausible) {
      this.plausible = plausible;
    }

    @ProcessElement
    public void process(@Element VitalSign sign, OutputReceiver<KV<SeriesKey, VitalPoint>> out) {
      emit(new SeriesKey(sign.subject(), sign.kind()), sign, plausible, out);
    }
  }

  /** Keys by subject the kinds that are used, and leaves the rest out. */
  static final class BySubject extends Timestamping<String> {
    private static final long serialVersionUID = 1L;
    private final EnumSet<VitalKind> kinds;

    BySubject(Set<VitalKind> kinds) {
      this.kinds = EnumSet.copyOf(kinds);
    }

    @ProcessElement
    public void process(@Element VitalSign sign, OutputReceiver<KV<String, VitalPoint>> out) {
      if (kinds.contains(sign.kind())) {
        emit(sign.subject(), sign, true, out);
      }
    }
  }
}
