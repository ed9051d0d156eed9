package org.healthbeam.pipelines.summarizevariants;

import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.healthbeam.core.variant.CohortTotals;
import org.healthbeam.core.variant.SiteCounter;

/** Fails if there are records and none of them is on a sequence that another input has. */
final class CheckSequences extends DoFn<CohortTotals, Void> {
  private static final long serialVersionUID = 1L;

  /** Which other input. */
  enum Other {
    REGIONS,
    KNOWN
  }

  private final Other other;
  private final String input;
  private final String file;

  CheckSequences(Other other, List<String> input, String file) {
    this.other = other;
    this.input = String.join(",", input);
    this.file = file;
  }

  @ProcessElement
  public void process(@Element CohortTotals cohort) {
    long records = cohort.sites().get(SiteCounter.RECORDS);
    long elsewhere = other == Other.REGIONS ? cohort.elsewhere() : cohort.unknownElsewhere();
    if (records > 0 && records == elsewhere) {
      throw new NoCommonSequenceException(input, file, records);
    }
  }
}
