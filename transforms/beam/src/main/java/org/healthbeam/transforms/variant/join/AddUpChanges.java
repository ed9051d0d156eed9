package org.healthbeam.transforms.variant.join;

import javax.annotation.Nullable;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.healthbeam.core.variant.join.TotalsChange;

/** Adds up the changes of the bins of a bundle, so that one number travels and not one a bin. */
final class AddUpChanges extends DoFn<TotalsChange, TotalsChange> {
  private static final long serialVersionUID = 1L;

  @Nullable private transient TotalsChange sum;

  @StartBundle
  public void startBundle() {
    sum = null;
  }

  @ProcessElement
  public void process(@Element TotalsChange change) {
    sum = sum == null ? change : sum.plus(change);
  }

  @FinishBundle
  public void finishBundle(FinishBundleContext context) {
    if (sum != null) {
      GlobalWindow window = GlobalWindow.INSTANCE;
      context.output(sum, window.maxTimestamp(), window);
      sum = null;
    }
  }
}
