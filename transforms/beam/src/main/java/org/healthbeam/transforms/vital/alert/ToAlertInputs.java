package org.healthbeam.transforms.vital.alert;

import java.util.EnumSet;
import java.util.Set;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.VitalSign;
import org.healthbeam.core.vital.alert.Acknowledgement;
import org.healthbeam.core.vital.alert.AlertInput;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Makes inputs of alerts, keyed by subject, at their event time or as long after it as they may
 * come: on the direct runner an element behind the watermark does not hold it back, and so may meet
 * the end of time.
 */
final class ToAlertInputs {
  private ToAlertInputs() {}

  /** Any: a reading may have been measured long before it was read. */
  @SuppressWarnings("deprecation")
  private abstract static class Timestamping<T> extends DoFn<T, KV<String, AlertInput>> {
    private static final long serialVersionUID = 1L;
    private static final long END_OF_TIME = GlobalWindow.INSTANCE.maxTimestamp().getMillis();

    private final long lateness;

    Timestamping(long lateness) {
      this.lateness = lateness;
    }

    @Override
    public Duration getAllowedTimestampSkew() {
      return Duration.millis(Long.MAX_VALUE);
    }

    void emit(String subject, AlertInput input, OutputReceiver<KV<String, AlertInput>> out) {
      out.outputWithTimestamp(
          KV.of(subject, input),
          Instant.ofEpochMilli(Math.min(input.time() + lateness, END_OF_TIME)));
    }
  }

  /**
   * Takes the kinds that rules look at, and leaves the rest out; judgements of artefacts too, since
   * no alarm may hang on them.
   */
  static final class OfSigns extends Timestamping<VitalSign> {
    private static final long serialVersionUID = 1L;
    private final EnumSet<VitalKind> kinds;
    private final AlertOutcomes outcomes;

    OfSigns(Set<VitalKind> kinds, AlertOutcomes outcomes, long lateness) {
      super(lateness);
      this.outcomes = outcomes;
      this.kinds = kinds.isEmpty() ? EnumSet.noneOf(VitalKind.class) : EnumSet.copyOf(kinds);
    }

    @StartBundle
    public void begin() {
      outcomes.begin();
    }

    @FinishBundle
    public void finish(FinishBundleContext context) {
      outcomes.tell(context);
    }

    @ProcessElement
    public void process(@Element VitalSign sign, OutputReceiver<KV<String, AlertInput>> out) {
      if (sign.version().isJudgement()) {
        return;
      }
      boolean lookedAt = kinds.contains(sign.kind());
      outcomes.in(lookedAt);
      if (lookedAt) {
        emit(
            sign.subject(),
            AlertInput.reading(
                sign.time().toEpochMilli(), sign.kind(), sign.value(), sign.version()),
            out);
      }
    }
  }

  /** Takes acknowledgements. */
  static final class OfAcknowledgements extends Timestamping<Acknowledgement> {
    private static final long serialVersionUID = 1L;
    private final AlertOutcomes outcomes;

    OfAcknowledgements(AlertOutcomes outcomes, long lateness) {
      super(lateness);
      this.outcomes = outcomes;
    }

    @StartBundle
    public void begin() {
      outcomes.begin();
    }

    @FinishBundle
    public void finish(FinishBundleContext context) {
      outcomes.tell(context);
    }

    @ProcessElement
    public void process(@Element Acknowledgement seen, OutputReceiver<KV<String, AlertInput>> out) {
      outcomes.acknowledgementIn();
      emit(
          seen.subject(), AlertInput.acknowledgement(seen.time().toEpochMilli(), seen.rule()), out);
    }
  }
}
