package org.healthbeam.pipelines.summarizevariants;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.ResourceId;
import org.apache.beam.sdk.transforms.DoFn;
import org.healthbeam.core.variant.CohortTotals;
import org.healthbeam.core.variant.Regions;
import org.healthbeam.core.variant.SiteCounter;
import org.healthbeam.core.variant.reference.ContigNames;
import org.healthbeam.io.vcf.ReferenceFile;
import org.healthbeam.pipelines.run.Location;

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

  /** Looks at what has come of samples that arrive, when all is written. */
  static void ofArrived(SummarizeVariantsOptions options, ContigNames contigs) throws IOException {
    String file = options.getRegions();
    if (!References.isFile(file)) {
      return;
    }
    Regions regions = Regions.of(ReferenceFile.regions(file).load(), contigs);
    long records = 0;
    ResourceId cohort =
        FileSystems.matchNewResource(Location.in(options.getOutput(), "cohort.json"), false);
    try (InputStream in = Channels.newInputStream(FileSystems.open(cohort))) {
      JsonNode document = new ObjectMapper().readTree(in);
      if (options.getOnlyRegions()
          && document.path("n_samples").asLong() > 0
          && document.path("n_sites").asLong() == 0
          && document.path("n_filtered_out").asLong() == 0) {
        throw new NoCommonSequenceException(String.join(",", options.getInput()), file);
      }
      for (Map.Entry<String, JsonNode> each : document.path("records_by_contig").properties()) {
        if (regions.isOn(each.getKey())) {
          return;
        }
        records += each.getValue().asLong();
      }
    }
    if (records > 0) {
      throw new NoCommonSequenceException(String.join(",", options.getInput()), file, records);
    }
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
