package org.healthbeam.transforms.variant.join;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.annotation.Nullable;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.healthbeam.core.variant.OnInvalid;
import org.healthbeam.transforms.outcome.Outcomes;

/**
 * Counts which names of withdrawn samples some file has: a name that nobody has is mostly misspelt,
 * and its sample is still counted.
 */
final class FindWithdrawn extends DoFn<String, Void> {
  private static final long serialVersionUID = 1L;

  /** The stage's name in the ledger; its unit is names. */
  static final String STAGE = "Withdraw samples";

  /** Nothing; what is counted goes to the outputs of {@link Outcomes}. */
  static final TupleTag<Void> NOTHING =
      new TupleTag<Void>("nothing") {
        private static final long serialVersionUID = 1L;
      };

  private static final String LEFT_OUT = "left-out";
  private static final String IN_NO_FILE = "in-no-file";

  private final Outcomes outcomes;
  private final OnInvalid policy;
  private final PCollectionView<List<String>> samples;
  @Nullable private transient Set<String> known;

  FindWithdrawn(Outcomes outcomes, OnInvalid policy, PCollectionView<List<String>> samples) {
    this.outcomes = outcomes;
    this.policy = policy;
    this.samples = samples;
  }

  @StartBundle
  public void startBundle() {
    known = null;
  }

  @ProcessElement
  public void process(ProcessContext context, MultiOutputReceiver out) {
    outcomes.begin();
    if (known == null) {
      known = new HashSet<>(context.sideInput(samples));
    }
    boolean found = known.contains(context.element());
    if (!found && policy == OnInvalid.STRICT) {
      throw UnjoinableFilesException.unknownWithdrawn();
    }
    outcomes.in();
    outcomes.out(found ? LEFT_OUT : IN_NO_FILE);
    outcomes.tell(out.get(Outcomes.COUNTED));
  }
}
