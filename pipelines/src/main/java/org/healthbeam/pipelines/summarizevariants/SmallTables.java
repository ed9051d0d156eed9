package org.healthbeam.pipelines.summarizevariants;

import java.util.Set;
import javax.annotation.Nullable;
import org.apache.beam.sdk.transforms.ParDo;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.variant.CohortTotals;
import org.healthbeam.core.variant.SampleSummary;
import org.healthbeam.io.table.WriteTable;
import org.healthbeam.io.table.WriteTsv;
import org.healthbeam.pipelines.run.Location;
import org.healthbeam.pipelines.run.Parting;
import org.healthbeam.pipelines.run.ResultTables;
import org.healthbeam.transforms.variant.VariantSummaries;

/** Writes the tables of samples and of regions, which the report reads too. */
final class SmallTables {
  private final String output;
  private final Set<VariantFormat> typed;
  private final Parting parting;
  private final boolean known;
  @Nullable private final PayloadHash pseudonyms;

  SmallTables(SummarizeVariantsOptions options, boolean known, @Nullable PayloadHash pseudonyms) {
    this.output = options.getOutput();
    this.typed = VariantFormat.typed(VariantFormat.checked(options));
    this.parting = Parting.checked(options.getPartitionBy());
    this.known = known;
    this.pseudonyms = pseudonyms;
  }

  void write(VariantSummaries summaries) {
    summaries
        .cohort()
        .apply("Sample rows", ParDo.of(new SampleTable(pseudonyms, known)))
        .apply(
            "Write samples",
            WriteTsv.to(Location.in(output, "samples.tsv"))
                .withColumns(SampleTable.columns(known).names()));
    summaries
        .regions()
        .apply("Region rows", ParDo.of(new RegionTable(known)))
        .apply(
            "Write regions",
            WriteTsv.to(Location.in(output, "regions.tsv"))
                .withColumns(RegionTable.columns(known).names()));
    for (VariantFormat format : typed) {
      write(format.ending(), summaries, pseudonyms, known);
    }
  }

  private void write(
      String ending, VariantSummaries summaries, @Nullable PayloadHash names, boolean withKnown) {
    WriteTable.Format<CohortTotals> samples =
        (rows, cohort) -> {
          for (SampleSummary sample : cohort.samples().summaries()) {
            SampleTable.row(rows, sample, names, withKnown);
            rows.end();
          }
        };
    summaries
        .cohort()
        .apply(
            ResultTables.step("Write samples", ending),
            WriteTable.to(
                Location.in(output, "samples." + ending), SampleTable.columns(withKnown), samples));
    summaries
        .regions()
        .apply(
            ResultTables.step("Write regions", ending),
            parting.to(
                Location.in(output, "regions." + ending),
                RegionTable.columns(withKnown),
                region -> region.getKey().contig(),
                (rows, region) -> {
                  RegionTable.row(rows, region, withKnown);
                  rows.end();
                }));
  }
}
