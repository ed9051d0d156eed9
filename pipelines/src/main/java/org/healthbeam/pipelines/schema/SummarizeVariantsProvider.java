package org.healthbeam.pipelines.schema;

import com.google.auto.service.AutoService;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.beam.sdk.schemas.transforms.SchemaTransformProvider;
import org.apache.beam.sdk.values.PCollectionRowTuple;
import org.healthbeam.pipelines.summarizevariants.SummarizeVariantsOptions;
import org.healthbeam.pipelines.summarizevariants.SummarizeVariantsPipeline;
import org.healthbeam.transforms.outcome.Rejects;
import org.healthbeam.transforms.variant.VariantSummaries;
import org.healthbeam.transforms.variant.Variants;

/** Reads VCF files and summarizes their genotypes; it has no input of rows. */
@AutoService(SchemaTransformProvider.class)
public final class SummarizeVariantsProvider extends OptionsProvider<SummarizeVariantsOptions> {
  /** For the service loader. */
  public SummarizeVariantsProvider() {
    super(
        "summarize_variants",
        SummarizeVariantsOptions.class,
        List.of("input"),
        List.of("filters", "onInvalid", "regions", "contigAliases", "known", "populations"),
        true);
  }

  @Override
  public String description() {
    return "Reads VCF files and summarizes their genotypes by variant, by sample, by region and in"
        + " all.";
  }

  @Override
  public List<String> inputCollectionNames() {
    return List.of();
  }

  @Override
  public List<String> outputCollectionNames() {
    return List.of("variants", "samples", "regions", "cohort");
  }

  @Override
  PCollectionRowTuple expand(
      PCollectionRowTuple input, SummarizeVariantsOptions options, @Nullable Rejects rejects) {
    VariantSummaries summaries =
        SummarizeVariantsPipeline.summaries(input.getPipeline(), options, rejects);
    return PCollectionRowTuple.of(
        "variants",
        AsRows.of("variants", summaries.variants()),
        "samples",
        AsRows.of("samples", summaries.cohort().apply("Samples", Variants.samples())),
        "regions",
        AsRows.of("regions", summaries.regions().apply("Regions", Variants.regions())),
        "cohort",
        AsRows.of("cohort", summaries.cohort()));
  }
}
