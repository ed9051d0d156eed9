package org.healthbeam.pipelines.summarizevariants;

import java.util.List;
import org.healthbeam.templates.annotations.Mode;
import org.healthbeam.templates.annotations.ParameterType;
import org.healthbeam.templates.annotations.PipelineTemplate;
import org.healthbeam.templates.annotations.TemplateParameter;

/** The templates of {@link SummarizeVariantsPipeline}. */
public final class VariantTemplates {
  private VariantTemplates() {}

  /** Files of the same samples. */
  @PipelineTemplate(
      name = "summarize-cohort",
      displayName = "Summarize the variants of a cohort",
      description =
          "Counts the genotypes of VCF files that all have the same samples, by variant, by sample,"
              + " by region and in all.",
      category = "Variants",
      mode = Mode.BATCH,
      fixed = "joinSamples=false",
      without = {"absent", "withdrawn"})
  public interface Cohort extends SummarizeVariantsOptions {
    @Override
    @TemplateParameter(
        order = 1,
        group = "Input and output",
        type = ParameterType.GCS_READ_FILE,
        example = "samples/data/variants/cohort.vcf.gz")
    List<String> getInput();
  }

  /** Files of samples of their own. */
  @PipelineTemplate(
      name = "summarize-joined-samples",
      displayName = "Summarize the variants of separate samples",
      description =
          "Joins VCF or gVCF files of different samples into one cohort by their alleles, and counts"
              + " the genotypes by variant, by sample, by region and in all.",
      category = "Variants",
      mode = Mode.BATCH,
      fixed = "joinSamples=true",
      without = "compat")
  public interface JoinedSamples extends SummarizeVariantsOptions {
    @Override
    @TemplateParameter(
        order = 1,
        group = "Input and output",
        type = ParameterType.GCS_READ_FILE,
        example = "samples/data/variants/*.vcf.gz")
    List<String> getInput();
  }
}
