package org.healthbeam.pipelines.summarizevariants;

import org.apache.beam.sdk.transforms.DoFn;
import org.healthbeam.core.variant.CohortTotals;
import org.healthbeam.core.variant.SiteCounter;

/** Fails if there are records and none of them is on a sequence that the regions' file has. */
final class CheckRegions extends DoFn<CohortTotals, Void> {
  private static final long serialVersionUID = 1L;

  private final String file;

  CheckRegions(String file) {
    this.file = file;
  }

  @ProcessElement
  public void process(@Element CohortTotals cohort) {
    long records = cohort.sites().get(SiteCounter.RECORDS);
    if (records > 0 && records == cohort.elsewhere()) {
      throw new NoCommonSequenceException(file, records);
    }
  }
}
