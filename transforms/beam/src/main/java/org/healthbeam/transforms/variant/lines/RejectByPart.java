package org.healthbeam.transforms.variant.lines;

import org.apache.beam.sdk.transforms.DoFn;
import org.healthbeam.core.outcome.Rejected;
import org.healthbeam.core.variant.OnInvalid;
import org.healthbeam.transforms.outcome.Outcomes;

/** Rejects lines with their numbers in a part of the file, since the file may never end. */
final class RejectByPart extends DoFn<UnnumberedReject, Rejected> {
  private static final long serialVersionUID = 1L;

  private final Outcomes outcomes;
  private final OnInvalid policy;

  RejectByPart(Outcomes outcomes, OnInvalid policy) {
    this.outcomes = outcomes;
    this.policy = policy;
  }

  @ProcessElement
  public void process(@Element UnnumberedReject reject, OutputReceiver<Rejected> receiver) {
    if (policy == OnInvalid.STRICT) {
      throw new InvalidRecordException(
          reject.source(), (reject.part() + 1) + ":" + reject.line(), reject.why());
    }
    outcomes.reject(
        receiver,
        reject.why().reason(),
        reject.detail(),
        reject.source(),
        (reject.part() + 1)
            + ":"
            + LineRejects.position(Long.toString(reject.line()), reject.column()),
        reject.digest());
  }
}
