package org.healthbeam.pipelines.summarizevariants;

import javax.annotation.Nullable;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.healthbeam.core.variant.FailedGenotypes;
import org.healthbeam.core.variant.OnInvalid;
import org.healthbeam.core.variant.join.AbsentGenotype;
import org.healthbeam.pipelines.run.HealthOptions;
import org.healthbeam.pipelines.run.StreamOptions;
import org.healthbeam.templates.annotations.ParameterType;
import org.healthbeam.templates.annotations.PipelineTemplate;
import org.healthbeam.templates.annotations.TemplateParameter;

/** The options of {@code summarize-variants}. */
@PipelineTemplate(
    name = "summarize-variants",
    displayName = "Summarize variants",
    description =
        "Counts the genotypes of VCF files by variant, by sample, by region and in all, in one"
            + " pass.")
public interface SummarizeVariantsOptions extends HealthOptions {
  /** {@return a BED, GTF or GFF3 file, the width of windows as {@code 1mb}, or {@code none}} */
  @Description(
      "By which regions to count: a BED file, the genes of a GTF or GFF3 file, or the width of"
          + " windows such as 1mb, 50kb or 500bp; none leaves regions.tsv empty.")
  @Default.String("1mb")
  @TemplateParameter(order = 100, group = "What is counted", example = "genes.bed")
  String getRegions();

  /**
   * @param value a BED, GTF or GFF3 file, the width of windows as {@code 1mb}, or {@code none}
   */
  void setRegions(String value);

  /** {@return whether only records are read that overlap a region of the file} */
  @Description(
      "Whether only records that overlap a region of the file are read and counted. Of BGZF files"
          + " with a .tbi or .csi beside them no more is read than that needs.")
  @Default.Boolean(false)
  @TemplateParameter(order = 105, group = "What is counted", example = "true")
  boolean getOnlyRegions();

  /**
   * @param value whether only records are read that overlap a region of the file
   */
  void setOnlyRegions(boolean value);

  /** {@return {@code all}, {@code pass}, or names of filters with commas between} */
  @Description(
      "Which records to count: all, pass (FILTER is PASS), or the names of filters separated by"
          + " commas, of which a record must have one; a dot stands for records never filtered. All"
          + " and pass are read whatever their case and stand alone.")
  @Default.String("all")
  @TemplateParameter(order = 110, group = "What is counted", example = "PASS,.")
  String getFilters();

  /**
   * @param value {@code all}, {@code pass}, or names of filters with commas between
   */
  void setFilters(String value);

  /** {@return what becomes of what breaks a rule of VCF} */
  @Description(
      "What becomes of what breaks a rule of VCF: strict fails the run with file and line, skip"
          + " rejects the record, repair sets right what safely can be and rejects the rest.")
  @Default.Enum("SKIP")
  @TemplateParameter(order = 120, group = "What is counted", example = "repair")
  OnInvalid getOnInvalid();

  /**
   * @param value what becomes of what breaks a rule of VCF
   */
  void setOnInvalid(OnInvalid value);

  /** {@return the file with known alleles; null if novelty is not asked for} */
  @Description(
      "List of known alleles, such as dbSNP: a VCF, or a table with the columns contig, pos, ref"
          + " and alt. With it every alternate is known or novel, also by sample and region.")
  @Nullable
  @TemplateParameter(
      order = 130,
      group = "What is counted",
      example = "dbsnp.vcf.gz",
      type = ParameterType.GCS_READ_FILE,
      label = "Known alleles")
  String getKnown();

  /**
   * @param value the file with known alleles; null if novelty is not asked for
   */
  void setKnown(@Nullable String value);

  /** {@return the file with samples and populations; null if these are not asked for} */
  @Description(
      "Table of samples and populations: sample, then one population or more, separated by tabs."
          + " With it populations.tsv has every alternate by population.")
  @Nullable
  @TemplateParameter(
      order = 140,
      group = "What is counted",
      example = "populations.tsv",
      type = ParameterType.GCS_READ_FILE)
  String getPopulations();

  /**
   * @param value the file with samples and populations; null if these are not asked for
   */
  void setPopulations(@Nullable String value);

  /** {@return the file with more names of sequences; null for the human chromosomes' only} */
  @Description(
      "Table of names of sequences, on each line those of one, separated by tabs. The human"
          + " chromosomes need none: 1, chr1 and NC_000001.11 are the same.")
  @Nullable
  @TemplateParameter(
      order = 150,
      group = "What is counted",
      example = "aliases.tsv",
      type = ParameterType.GCS_READ_FILE)
  String getContigAliases();

  /**
   * @param value the file with more names of sequences; null for the human chromosomes' only
   */
  void setContigAliases(@Nullable String value);

  /** {@return whether files of other samples are joined into one cohort} */
  @Description(
      "Joins files of other samples, VCF or gVCF, into one cohort by their alleles. Without it all"
          + " files must have the same samples.")
  @Default.Boolean(false)
  @TemplateParameter(order = 160, group = "Which samples", example = "true")
  boolean getJoinSamples();

  /**
   * @param value whether files of other samples are joined into one cohort
   */
  void setJoinSamples(boolean value);

  /** {@return what a joined sample is where none of its records speaks of the place} */
  @Description(
      "With joinSamples: what a sample is where none of its records speaks of the place, missing or"
          + " (two alleles of the) reference.")
  @Default.Enum("MISSING")
  @TemplateParameter(
      order = 170,
      group = "Which samples",
      example = "reference",
      parent = "joinSamples",
      parentValues = "true",
      label = "Absent genotypes")
  AbsentGenotype getAbsent();

  /**
   * @param value what a joined sample is where none of its records speaks of the place
   */
  void setAbsent(AbsentGenotype value);

  /** {@return what a joined sample's genotype is that failed FT} */
  @Description(
      "With joinSamples: what a genotype is that failed a filter of its own, by FT: keep (what GT"
          + " says) or missing.")
  @Default.Enum("KEEP")
  @TemplateParameter(
      order = 175,
      group = "Which samples",
      example = "missing",
      parent = "joinSamples",
      parentValues = "true")
  FailedGenotypes getFailedGenotypes();

  /**
   * @param value what a joined sample's genotype is that failed FT
   */
  void setFailedGenotypes(FailedGenotypes value);

  /** {@return the files with the names of samples that are left out; null for none} */
  @Description(
      "With joinSamples: a file with the names of samples, one a line, that are left out as if"
          + " their files were not there. With streaming: such files, as they come; a name takes"
          + " out what came of the sample up to the time at which its file was last changed.")
  @TemplateParameter(
      order = 180,
      group = "Which samples",
      example = "withdrawn.txt",
      type = ParameterType.GCS_READ_FILE,
      parent = "joinSamples",
      parentValues = "true",
      label = "Withdrawn samples")
  @Nullable
  String getWithdrawn();

  /**
   * @param value the files with the names of samples that are left out; null for none
   */
  void setWithdrawn(@Nullable String value);

  /** {@return whether files are looked for as they come} */
  @Description(
      "With joinSamples: looks for files as they come and tells the summaries anew, with numbered"
          + " revisions, when samples come or are withdrawn.")
  @TemplateParameter(
      order = 190,
      group = "Samples that arrive",
      example = "true",
      parent = "joinSamples",
      parentValues = "true")
  boolean isStreaming();

  /**
   * @param value whether files are looked for as they come
   */
  void setStreaming(boolean value);

  /** {@return how often a stream looks for files, as a duration} */
  @Description("With streaming: how often to look for files that have come.")
  @Default.String("1m")
  @TemplateParameter(
      order = 191,
      group = "Samples that arrive",
      example = "10s",
      unit = "ms, s, m, h or d",
      regexes = StreamOptions.DURATION,
      parent = "streaming",
      parentValues = "true")
  String getLookEvery();

  /**
   * @param value how often a stream looks for files, as a duration
   */
  void setLookEvery(String value);

  /** {@return how long a stream looks for files, as a duration; null until it is stopped} */
  @Description(
      "With streaming: how long to look for files before the run ends; without it, until it is"
          + " stopped.")
  @Nullable
  @TemplateParameter(
      order = 192,
      group = "Samples that arrive",
      example = "8h",
      unit = "ms, s, m, h or d",
      regexes = StreamOptions.DURATION,
      parent = "streaming",
      parentValues = "true")
  String getLookFor();

  /**
   * @param value how long a stream looks for files, as a duration; null until it is stopped
   */
  void setLookFor(@Nullable String value);

  /** {@return how long a stream gathers what happens before it tells it, as a duration} */
  @Description(
      "With streaming: how long what happens is gathered before it is told, so that a folder full"
          + " of files is not told one by one.")
  @Default.String("10s")
  @TemplateParameter(
      order = 193,
      group = "Samples that arrive",
      example = "5m",
      unit = "ms, s, m, h or d",
      regexes = StreamOptions.DURATION,
      parent = "streaming",
      parentValues = "true")
  String getReviseEvery();

  /**
   * @param value how long a stream gathers what happens before it tells it, as a duration
   */
  void setReviseEvery(String value);

  /**
   * {@return {@code bcftools}, {@code plink2} and {@code hail} with commas between; null for none}
   */
  @Description(
      "Which other tools' tables to write too, counted by their rules: bcftools, plink2, hail;"
          + " several with commas. Not with joinSamples.")
  @Nullable
  @TemplateParameter(
      order = 200,
      group = "What is written",
      example = "bcftools,plink2",
      label = "Tables as other tools write them")
  String getCompat();

  /**
   * @param value {@code bcftools}, {@code plink2} and {@code hail} with commas between; null for
   *     none
   */
  void setCompat(@Nullable String value);

  /**
   * {@return the formats with commas between: {@code tsv}, {@code tsv.gz}, {@code vcf.gz}, {@code
   * parquet}, {@code avro}}
   */
  @Description(
      "Files that the summaries of variants are written to, separated by commas: tsv, tsv.gz (the"
          + " same table as BGZF), vcf.gz (a sorted VCF without samples, with INFO filled), parquet"
          + " and avro (also of samples and regions). Without tsv and tsv.gz the report has no"
          + " plots of variants.")
  @Default.String("tsv")
  @TemplateParameter(
      order = 210,
      group = "What is written",
      example = "tsv.gz,vcf.gz",
      label = "Files of variants")
  String getFormat();

  /**
   * @param value the formats with commas between: {@code tsv}, {@code tsv.gz}, {@code vcf.gz},
   *     {@code parquet}, {@code avro}
   */
  void setFormat(String value);

  /** {@return {@code contig} if tables in formats with types are parted by it; null if not} */
  @Nullable
  @Description(
      "By what the tables in parquet and avro are parted: contig, a folder for each as Hive has"
          + " them (variants.parquet/contig=22/), of variants, populations and regions.")
  @TemplateParameter(
      order = 215,
      group = "What is written",
      example = "contig",
      label = "Folders of tables")
  String getPartitionBy();

  /**
   * @param value {@code contig} if tables in formats with types are parted by it; null if not
   */
  void setPartitionBy(@Nullable String value);
}
