package org.healthbeam.pipelines.summarizevariants;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.healthbeam.core.variant.VariantSummary;
import org.healthbeam.io.part.PartFolder;
import org.healthbeam.io.table.WriteParquet;
import org.healthbeam.io.table.WriteTsv;
import org.healthbeam.io.vcf.WriteVcf;
import org.healthbeam.pipelines.run.Location;
import org.healthbeam.transforms.variant.RowSinks;
import org.healthbeam.transforms.variant.VariantSummaries;

/**
 * Writes the summaries of variants in every format that is asked for, and those by population.
 *
 * <p>Tables are written by the step that scans, so that no summary travels; samples that are joined
 * have their summaries from another step, and the tables take these.
 */
final class VariantFiles {
  private static final String VARIANTS_PARQUET = VariantFormat.PARQUET.file();
  private static final String POPULATIONS_PARQUET = "populations.parquet";

  private final String output;
  private final boolean known;
  private final boolean populations;
  private final Set<VariantFormat> formats;
  private final List<Table> tables = new ArrayList<>();
  private final Table populationTable;

  /** Of Parquet: one folder for the parts of each file. */
  private final String variantParts;

  private final String populationParts;

  private record Table(VariantFormat format, WriteTsv write, String folder) {}

  VariantFiles(SummarizeVariantsOptions options, boolean known, boolean populations) {
    this.output = options.getOutput();
    this.known = known;
    this.populations = populations;
    this.formats = VariantFormat.checked(options);
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
    variantParts = PartFolder.beside(Location.in(output, VARIANTS_PARQUET));
    populationParts = PartFolder.beside(Location.in(output, POPULATIONS_PARQUET));
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
    boolean parquet = formats.contains(VariantFormat.PARQUET);
    if (parquet) {
      sinks =
          sinks.withVariants(
              new ParquetParts<>(
                  variantParts, VariantTable.columns(known), parquetRow(withNovelty)));
    }
    if (populations) {
      sinks =
          sinks.withPopulations(
              new RowParts<>(populationTable.folder, false, PopulationTable::row));
    }
    if (populations && parquet) {
      sinks =
          sinks.withPopulations(
              new ParquetParts<>(
                  populationParts,
                  PopulationTable.COLUMNS,
                  (rows, row) -> {
                    PopulationTable.row(rows, row);
                    rows.end();
                  }));
    }
    return sinks;
  }

  private static WriteParquet.Format<VariantSummary> parquetRow(boolean withNovelty) {
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
    if (formats.contains(VariantFormat.PARQUET)) {
      summaries
          .writtenVariants()
          .get(tables.size())
          .apply(
              "Write variants as Parquet",
              WriteParquet.ofParts(
                  Location.in(output, VARIANTS_PARQUET),
                  VariantTable.columns(known),
                  variantParts));
    }
    if (populations && formats.contains(VariantFormat.PARQUET)) {
      summaries
          .writtenPopulations()
          .get(1)
          .apply(
              "Write populations as Parquet",
              WriteParquet.ofParts(
                  Location.in(output, POPULATIONS_PARQUET),
                  PopulationTable.COLUMNS,
                  populationParts));
    }
    writeVcf(summaries.variants());
  }

  /** Writes summaries that are elements. */
  void write(PCollection<VariantSummary> variants) {
    if (!tables.isEmpty()) {
      PCollection<String> rows = variants.apply("Variant rows", ParDo.of(new VariantTable(known)));
      tables.forEach(table -> rows.apply(write(table.format), table.write));
    }
    if (formats.contains(VariantFormat.PARQUET)) {
      variants.apply(
          "Write variants as Parquet",
          WriteParquet.to(
              Location.in(output, VARIANTS_PARQUET),
              VariantTable.columns(known),
              parquetRow(known)));
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
}
