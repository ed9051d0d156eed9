package org.healthbeam.pipelines.summarizevariants;

import java.util.List;
import javax.annotation.Nullable;
import org.apache.beam.sdk.options.Description;
import org.healthbeam.templates.annotations.Delivery;
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
      fixed = {"joinSamples=false", "streaming=false"},
      without = {"absent", "failedGenotypes", "withdrawn", "lookEvery", "lookFor", "reviseEvery"})
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
          "Joins VCF or gVCF files of different samples into one cohort by their alleles, and"
              + " counts the genotypes by variant, by sample, by region and in all.",
      category = "Variants",
      mode = Mode.BATCH,
      fixed = {"joinSamples=true", "streaming=false"},
      without = {"compat", "known", "populations", "lookEvery", "lookFor", "reviseEvery"})
  public interface JoinedSamples extends SummarizeVariantsOptions {
    @Override
    @TemplateParameter(
        order = 1,
        group = "Input and output",
        type = ParameterType.GCS_READ_FILE,
        example = "samples/data/variants/*.vcf.gz")
    List<String> getInput();
  }

  /** Files of samples of their own, as they come. */
  @PipelineTemplate(
      name = "summarize-arriving-samples",
      displayName = "Summarize the variants of arriving samples",
      description =
          "Looks for VCF or gVCF files as they come, joins their samples into one cohort by their"
              + " alleles, and keeps the summaries by variant, by sample, by window and in all up"
              + " to date; withdrawn samples are taken out again.",
      category = "Variants",
      mode = Mode.STREAMING,
      delivers = Delivery.EXACTLY_ONCE,
      fixed = {"joinSamples=true", "streaming=true"},
      without = {"compat", "known", "populations", "format", "partitionBy"})
  public interface ArrivingSamples extends SummarizeVariantsOptions {
    @Override
    @Description("The files to look for: folders or globs on any file system, separated by commas.")
    @TemplateParameter(
        order = 1,
        group = "Input and output",
        type = ParameterType.GCS_READ_FILE,
        example = "samples/data/variants/*.vcf.gz")
    List<String> getInput();

    @Override
    @Description(
        "The files to look for that name withdrawn samples, one a line; a name takes out what came"
            + " of the sample up to the time at which its file was last changed.")
    @TemplateParameter(
        order = 180,
        group = "Which samples",
        example = "withdrawn/*.txt",
        type = ParameterType.GCS_READ_FILE,
        label = "Withdrawn samples")
    @Nullable
    String getWithdrawn();
  }
}
