package org.healthbeam.pipelines.summarizevariants;

import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.healthbeam.core.variant.CohortTotals;
import org.healthbeam.core.variant.SiteCounter;

/** Fails if records and another input have nothing in common. */
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
  private final boolean someWanted;

  /** Only records that overlap a region were read, so one without any is nothing in common. */
  static CheckSequences ofOnlyRegions(List<String> input, String file) {
    return new CheckSequences(Other.REGIONS, input, file, true);
  }

  CheckSequences(Other other, List<String> input, String file) {
    this(other, input, file, false);
  }

  private CheckSequences(Other other, List<String> input, String file, boolean someWanted) {
    this.someWanted = someWanted;
    this.other = other;
    this.input = String.join(",", input);
    this.file = file;
  }

  @ProcessElement
  public void process(@Element CohortTotals cohort) {
    long records = cohort.sites().get(SiteCounter.RECORDS);
    long elsewhere = other == Other.REGIONS ? cohort.elsewhere() : cohort.unknownElsewhere();
    if (someWanted && records == 0 && cohort.filteredOut() == 0) {
      throw new NoCommonSequenceException(input, file);
    }
    if (records > 0 && records == elsewhere) {
      throw new NoCommonSequenceException(input, file, records);
    }
  }
}
