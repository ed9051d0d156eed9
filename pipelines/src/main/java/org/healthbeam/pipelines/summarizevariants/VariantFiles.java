package org.healthbeam.pipelines.summarizevariants;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.healthbeam.core.variant.VariantSummary;
import org.healthbeam.io.part.PartFolder;
import org.healthbeam.io.table.WriteTable;
import org.healthbeam.io.table.WriteTsv;
import org.healthbeam.io.vcf.WriteVcf;
import org.healthbeam.pipelines.run.Location;
import org.healthbeam.pipelines.run.Parting;
import org.healthbeam.pipelines.run.ResultTables;
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
  private final Parting parting;
  private final List<Table> tables = new ArrayList<>();
  private final Table populationTable;

  /** Of formats with types: one folder for the parts of each file. */
  private final List<Typed> typed = new ArrayList<>();

  private record Typed(String ending, String variantParts, String populationParts) {}

  private record Table(VariantFormat format, WriteTsv write, String folder) {}

  VariantFiles(SummarizeVariantsOptions options, boolean known, boolean populations) {
    this.output = options.getOutput();
    this.known = known;
    this.populations = populations;
    this.formats = VariantFormat.checked(options);
    this.parting = Parting.checked(options.getPartitionBy());
    for (VariantFormat format : List.of(VariantFormat.TSV, VariantFormat.TSV_GZ)) {
      if (formats.contains(format)) {
        WriteTsv write =
            WriteTsv.to(Location.in(output, format.file()))
                .withColumns(VariantTable.columns(known).names())
                .inParts();
        tables.add(new Table(format, write, write.partsFolder()));
      }
    }
    WriteTsv write =
        WriteTsv.to(Location.in(output, "populations.tsv"))
            .withColumns(PopulationTable.COLUMNS.names())
            .inParts();
    populationTable = new Table(VariantFormat.TSV, write, write.partsFolder());
    for (VariantFormat format : VariantFormat.typed(formats)) {
      String ending = format.ending();
      typed.add(
          new Typed(
              ending,
              PartFolder.beside(file("variants", ending)),
              PartFolder.beside(file("populations", ending))));
    }
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
    for (Typed each : typed) {
      sinks =
          sinks.withVariants(
              new TypedParts<>(
                  each.ending,
                  each.variantParts,
                  VariantTable.columns(known),
                  parting.of(VariantTable.columns(known)),
                  typedRow(withNovelty)));
    }
    if (populations) {
      sinks =
          sinks.withPopulations(
              new RowParts<>(populationTable.folder, false, PopulationTable::row));
    }
    for (Typed each : populations ? typed : List.<Typed>of()) {
      sinks =
          sinks.withPopulations(
              new TypedParts<>(
                  each.ending,
                  each.populationParts,
                  PopulationTable.COLUMNS,
                  parting.of(PopulationTable.COLUMNS),
                  (rows, row) -> {
                    PopulationTable.row(rows, row);
                    rows.end();
                  }));
    }
    return sinks;
  }

  private static WriteTable.Format<VariantSummary> typedRow(boolean withNovelty) {
    return (rows, row) -> {
      VariantTable.row(rows, row, withNovelty);
      rows.end();
    };
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
    for (int i = 0; i < typed.size(); i++) {
      Typed each = typed.get(i);
      summaries
          .writtenVariants()
          .get(tables.size() + i)
          .apply(
              ResultTables.step("Write variants", each.ending),
              parting.ofParts(
                  file("variants", each.ending), VariantTable.columns(known), each.variantParts));
      if (populations) {
        summaries
            .writtenPopulations()
            .get(1 + i)
            .apply(
                ResultTables.step("Write populations", each.ending),
                parting.ofParts(
                    file("populations", each.ending),
                    PopulationTable.COLUMNS,
                    each.populationParts));
      }
    }
    writeVcf(summaries.variants());
  }

  /** Writes summaries that are elements. */
  void write(PCollection<VariantSummary> variants) {
    if (!tables.isEmpty()) {
      PCollection<String> rows = variants.apply("Variant rows", ParDo.of(new VariantTable(known)));
      tables.forEach(table -> rows.apply(write(table.format), table.write));
    }
    for (Typed each : typed) {
      variants.apply(
          ResultTables.step("Write variants", each.ending),
          parting.to(
              file("variants", each.ending),
              VariantTable.columns(known),
              VariantSummary::contig,
              typedRow(known)));
    }
    writeVcf(variants);
  }

  private String file(String table, String ending) {
    return Location.in(output, table + "." + ending);
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
}
