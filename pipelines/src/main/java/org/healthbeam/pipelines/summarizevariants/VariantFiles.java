package org.healthbeam.pipelines.summarizevariants;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.healthbeam.core.variant.VariantSummary;
import org.healthbeam.io.table.WriteTsv;
import org.healthbeam.io.vcf.WriteVcf;
import org.healthbeam.pipelines.run.Location;
import org.healthbeam.pipelines.run.UsageException;
import org.healthbeam.transforms.variant.RowSinks;
import org.healthbeam.transforms.variant.VariantSummaries;

/**
 * Writes the summaries of variants in every format that is asked for, and those by population.
 *
 * <p>Tables are written by the step that scans, so that no summary travels; samples that are joined
 * have their summaries from another step, and the tables take these.
 */
final class VariantFiles {
  private final String output;
  private final boolean known;
  private final boolean populations;
  private final Set<VariantFormat> formats;
  private final List<Table> tables = new ArrayList<>();
  private final Table populationTable;

  private record Table(VariantFormat format, WriteTsv write, String folder) {}

  VariantFiles(SummarizeVariantsOptions options, boolean known, boolean populations) {
    this.output = options.getOutput();
    this.known = known;
    this.populations = populations;
    this.formats = formats(options);
    for (VariantFormat format : List.of(VariantFormat.TSV, VariantFormat.TSV_GZ)) {
      if (formats.contains(format)) {
        WriteTsv write =
            WriteTsv.to(Location.in(output, format.file()))
                .withColumns(VariantTable.columns(known))
                .inParts();
        tables.add(new Table(format, write, write.partsFolder()));
      }
    }
    WriteTsv write =
        WriteTsv.to(Location.in(output, "populations.tsv"))
            .withColumns(PopulationTable.COLUMNS)
            .inParts();
    populationTable = new Table(VariantFormat.TSV, write, write.partsFolder());
  }

  /** Returns where the step that scans is to write. */
  RowSinks sinks() {
    boolean withNovelty = known;
    RowSinks sinks = RowSinks.none().withVariantElements(formats.contains(VariantFormat.VCF_GZ));
    for (Table table : tables) {
      sinks =
          sinks.withVariants(
              new RowParts<>(
                  table.folder,
                  table.format == VariantFormat.TSV_GZ,
                  (line, row) -> VariantTable.row(line, row, withNovelty)));
    }
    if (populations) {
      sinks =
          sinks.withPopulations(
              new RowParts<>(populationTable.folder, false, PopulationTable::row));
    }
    return sinks;
  }

  /** Writes what the step that scans has written as files, and what it has not written. */
  void join(VariantSummaries summaries) {
    for (int i = 0; i < tables.size(); i++) {
      Table table = tables.get(i);
      summaries
          .writtenVariants()
          .get(i)
          .apply(write(table.format), table.write.ofParts(table.folder));
    }
    if (populations) {
      summaries
          .writtenPopulations()
          .get(0)
          .apply("Write populations", populationTable.write.ofParts(populationTable.folder));
    }
    writeVcf(summaries.variants());
  }

  /** Writes summaries that are elements. */
  void write(PCollection<VariantSummary> variants) {
    if (!tables.isEmpty()) {
      PCollection<String> rows = variants.apply("Variant rows", ParDo.of(new VariantTable(known)));
      tables.forEach(table -> rows.apply(write(table.format), table.write));
    }
    writeVcf(variants);
  }

  private static String write(VariantFormat format) {
    return format == VariantFormat.TSV ? "Write variants" : "Write variants compressed";
  }

  private void writeVcf(PCollection<VariantSummary> variants) {
    if (formats.contains(VariantFormat.VCF_GZ)) {
      variants
          .apply("Variant records", ParDo.of(new VcfSites()))
          .apply(
              "Write VCF",
              WriteVcf.to(Location.in(output, VariantFormat.VCF_GZ.file()))
                  .withHeader(VcfSites.header()));
    }
  }

  private static Set<VariantFormat> formats(SummarizeVariantsOptions options) {
    try {
      return VariantFormat.of(options.getFormat());
    } catch (UsageException e) {
      throw new IllegalStateException("The formats have been checked before", e);
    }
  }
}
