package org.healthbeam.pipelines.summarizevariants;

import java.util.Set;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.healthbeam.core.variant.VariantSummary;
import org.healthbeam.io.table.WriteTsv;
import org.healthbeam.io.vcf.WriteVcf;
import org.healthbeam.pipelines.run.Location;
import org.healthbeam.pipelines.run.UsageException;

/** Writes the summaries of variants in every format that is asked for. */
final class VariantFiles {
  private VariantFiles() {}

  static void write(
      PCollection<VariantSummary> variants, SummarizeVariantsOptions options, boolean known) {
    Set<VariantFormat> formats = formats(options);
    String output = options.getOutput();
    if (formats.contains(VariantFormat.TSV) || formats.contains(VariantFormat.TSV_GZ)) {
      PCollection<String> rows = variants.apply("Variant rows", ParDo.of(new VariantTable(known)));
      if (formats.contains(VariantFormat.TSV)) {
        rows.apply("Write variants", table(output, VariantFormat.TSV, known));
      }
      if (formats.contains(VariantFormat.TSV_GZ)) {
        rows.apply("Write variants compressed", table(output, VariantFormat.TSV_GZ, known));
      }
    }
    if (formats.contains(VariantFormat.VCF_GZ)) {
      variants
          .apply("Variant records", ParDo.of(new VcfSites()))
          .apply(
              "Write VCF",
              WriteVcf.to(Location.in(output, VariantFormat.VCF_GZ.file()))
                  .withHeader(VcfSites.header()));
    }
  }

  private static WriteTsv table(String output, VariantFormat format, boolean known) {
    return WriteTsv.to(Location.in(output, format.file()))
        .withColumns(VariantTable.columns(known))
        .inParts();
  }

  private static Set<VariantFormat> formats(SummarizeVariantsOptions options) {
    try {
      return VariantFormat.of(options.getFormat());
    } catch (UsageException e) {
      throw new IllegalStateException("The formats have been checked before", e);
    }
  }
}
