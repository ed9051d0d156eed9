package org.healthbeam.transforms.vital.alert;

import java.io.Serializable;
import javax.annotation.Nullable;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.healthbeam.core.vital.alert.AlertInput;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.outcome.Rejects;

/**
 * Counts what becomes of the inputs of alerts: vital signs and acknowledgements, each in a stage of
 * their own. What is in and never taken or refused shows in the ledger.
 */
final class AlertOutcomes implements Serializable {
  private static final long serialVersionUID = 1L;

  /** A vital sign of a kind that no rule looks at. */
  private static final String NOT_LOOKED_AT = "not-looked-at";

  /** What came when all that it could change was final. */
  private static final String LATE = "late";

  private final Outcomes signs;
  private final Outcomes acknowledgements;

  private AlertOutcomes(Outcomes signs, Outcomes acknowledgements) {
    this.signs = signs;
    this.acknowledgements = acknowledgements;
  }

  static AlertOutcomes declare(@Nullable Rejects rejects, String after, PCollection<?> input) {
    return new AlertOutcomes(
        Outcomes.declare(rejects, AlertVitals.STAGE, "measurements", after).byBundlesOf(input),
        Outcomes.declare(rejects, AlertVitals.ACKNOWLEDGED_STAGE, "acknowledgements", "")
            .byBundlesOf(input));
  }

  /** Begins a bundle. */
  void begin() {
    signs.begin();
    acknowledgements.begin();
  }

  /** Tells at the end of a bundle what was counted in it. */
  <I, O> void tell(DoFn<I, O>.FinishBundleContext context) {
    signs.tell(context);
    acknowledgements.tell(context);
  }

  /** {@return whether steps tell what they count} */
  boolean tells() {
    return !outputs().getAll().isEmpty();
  }

  /** {@return the outputs of a step that counts} */
  TupleTagList outputs(TupleTag<?>... others) {
    return signs.outputs(others);
  }

  void in(boolean lookedAt) {
    signs.in();
    if (!lookedAt) {
      signs.out(NOT_LOOKED_AT);
    }
  }

  void acknowledgementIn() {
    acknowledgements.in();
  }

  void passed(AlertInput input) {
    of(input).out();
  }

  void late(AlertInput input) {
    of(input).out(LATE);
  }

  private Outcomes of(AlertInput input) {
    return input.kind() == null ? acknowledgements : signs;
  }
}
