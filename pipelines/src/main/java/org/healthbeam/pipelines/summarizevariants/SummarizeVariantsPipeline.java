package org.healthbeam.pipelines.summarizevariants;

import com.google.auto.service.AutoService;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.annotation.Nullable;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.variant.Filters;
import org.healthbeam.core.variant.Region;
import org.healthbeam.core.variant.Regions;
import org.healthbeam.io.table.WriteTsv;
import org.healthbeam.io.table.WriteWhole;
import org.healthbeam.io.text.LinesOfFile;
import org.healthbeam.io.vcf.CheckKnownSites;
import org.healthbeam.io.vcf.ReadRegions;
import org.healthbeam.io.vcf.ReadVcf;
import org.healthbeam.pipelines.run.HealthPipeline;
import org.healthbeam.pipelines.run.Location;
import org.healthbeam.pipelines.run.Parting;
import org.healthbeam.pipelines.run.PipelineRun;
import org.healthbeam.pipelines.run.PseudonymKey;
import org.healthbeam.pipelines.run.ResultTables;
import org.healthbeam.pipelines.run.UsageException;
import org.healthbeam.transforms.outcome.Rejects;
import org.healthbeam.transforms.variant.SummarizeVariants;
import org.healthbeam.transforms.variant.VariantSummaries;
import org.healthbeam.transforms.variant.Variants;
import org.healthbeam.transforms.variant.join.JoinSamples;
import org.healthbeam.transforms.variant.join.SummaryRevisions;
import org.healthbeam.transforms.variant.lines.VcfLines;

/** VCF in; tables by variant, by sample and by region, and the cohort, out. */
@AutoService(HealthPipeline.class)
@SuppressWarnings("rawtypes") // AutoService takes no type parameters
public final class SummarizeVariantsPipeline implements HealthPipeline<SummarizeVariantsOptions> {
  private static final String ALL = "all";
  private static final String PASS = "pass";

  /**
   * Runs it and ends the process with the run's exit status.
   *
   * @param args the options
   */
  public static void main(String[] args) {
    System.exit(PipelineRun.run(new SummarizeVariantsPipeline(), args));
  }

  @Override
  public Class<SummarizeVariantsOptions> optionsClass() {
    return SummarizeVariantsOptions.class;
  }

  @Override
  public List<Class<? extends SummarizeVariantsOptions>> templates() {
    return List.of(
        VariantTemplates.Cohort.class,
        VariantTemplates.JoinedSamples.class,
        VariantTemplates.ArrivingSamples.class);
  }

  @Override
  public void check(SummarizeVariantsOptions options) throws UsageException {
    checkFilters(options.getFilters());
    CompatViews.check(options);
    for (VariantFormat format : VariantFormat.typed(VariantFormat.of(options.getFormat()))) {
      ResultTables.requireOnClassPath(format.ending());
    }
    Parting.of(
        options.getPartitionBy(),
        List.of("contig"),
        VariantFormat.typed(VariantFormat.of(options.getFormat())));
    References.check(options);
    ArrivingSamples.check(options);
  }

  @Override
  public boolean awaitsFiles(SummarizeVariantsOptions options) {
    return options.isStreaming();
  }

  @Override
  public boolean ends(SummarizeVariantsOptions options) {
    return options.getLookFor() != null;
  }

  /** Whoever looks for files learns that the run is to end when it looks again. */
  @Override
  public Duration stopTimeout(SummarizeVariantsOptions options) throws UsageException {
    return ArrivingSamples.of(options).every().plusMinutes(1);
  }

  @Override
  public void finish(SummarizeVariantsOptions options) throws IOException {
    if (options.isStreaming()) {
      new ArrivingFiles(options).join();
      CheckSequences.ofArrived(options, references(options).contigs());
    }
  }

  private static void checkFilters(String filters) throws UsageException {
    String[] names = filters.split(",", -1);
    if (Arrays.stream(names).anyMatch(String::isBlank)) {
      throw new UsageException(
          "--filters=%s has an empty name; it is all, pass, or names separated by commas"
              .formatted(filters));
    }
    if (names.length > 1
        && Arrays.stream(names).map(String::strip).anyMatch(SummarizeVariantsPipeline::isKeyword)) {
      throw new UsageException(
          "--filters=%s has all or pass among names; they stand alone (the filter is written PASS)"
              .formatted(filters));
    }
  }

  /** PASS as the specification writes it is also the name of a filter, which a list may have. */
  private static boolean isKeyword(String name) {
    return name.equalsIgnoreCase(ALL) || (name.equalsIgnoreCase(PASS) && !name.equals("PASS"));
  }

  @Override
  public Set<String> outputs() {
    return Stream.concat(
            Stream.of(
                "variants.tsv.gz",
                "variants.vcf.gz",
                "remarks.tsv",
                "cohort.json",
                "variants/",
                "samples/",
                "regions/",
                "cohort/"),
            Stream.concat(
                ResultTables.files("variants", "samples", "regions", "populations").stream(),
                CompatViews.files()))
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public void build(Pipeline pipeline, SummarizeVariantsOptions options, Rejects rejects) {
    if (options.isStreaming()) {
      buildArriving(pipeline, options, rejects);
      return;
    }
    String output = options.getOutput();
    References references = references(options);
    Optional<PCollectionView<List<Region>>> regions = regions(pipeline, options, rejects);
    ReadVcf read =
        ReadVcf.from(options.getInput()).onInvalid(options.getOnInvalid()).rejectedTo(rejects);
    if (options.getOnlyRegions()) {
      read = read.onlyRegions(regions.orElseThrow(), references.contigs());
    }
    VcfLines lines = pipeline.apply("Read variants", read);
    boolean known = references.known() != null;
    VariantFiles files = new VariantFiles(options, known, references.populations() != null);
    VariantSummaries summaries =
        options.getJoinSamples()
            ? lines.apply(
                "Join samples", join(pipeline, options, references, regions).rejectedTo(rejects))
            : lines.apply(
                "Summarize variants",
                summarize(options, references, regions)
                    .writingTo(files.sinks())
                    .rejectedTo(rejects));
    check(pipeline, options, references, summaries, rejects);
    if (options.getJoinSamples()) {
      files.write(summaries.variants());
    } else {
      files.join(summaries);
    }
    new SmallTables(options, known, pseudonyms(options)).write(summaries);
    summaries
        .remarks()
        .apply("Remark rows", ParDo.of(new RemarkTable()))
        .apply(
            "Write remarks",
            WriteTsv.to(Location.in(output, "remarks.tsv")).withColumns(RemarkTable.COLUMNS));
    summaries
        .cohort()
        .apply("Cohort document", ParDo.of(new CohortDocument(known, references.populations())))
        .apply("Write cohort", WriteWhole.to(Location.in(output, "cohort.json")));
    CompatViews.of(options).write(summaries, output, pseudonyms(options));
  }

  /**
   * {@return the summaries of files, each variant an element, as the command counts them}
   *
   * @param pipeline to which all steps are applied
   * @param options those of the command
   * @param rejects where every stage declares itself and puts its rejects; null to drop what they
   *     say
   * @throws IllegalArgumentException if the options say something that they may not
   */
  public static VariantSummaries summaries(
      Pipeline pipeline, SummarizeVariantsOptions options, @Nullable Rejects rejects) {
    try {
      checkFilters(options.getFilters());
      References.check(options);
    } catch (UsageException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    return pipeline
        .apply(
            "Read variants",
            ReadVcf.from(options.getInput()).onInvalid(options.getOnInvalid()).rejectedTo(rejects))
        .apply(
            "Summarize variants",
            summarize(options, references(options), regions(pipeline, options, rejects))
                .rejectedTo(rejects));
  }

  private static void buildArriving(
      Pipeline pipeline, SummarizeVariantsOptions options, Rejects rejects) {
    ArrivingSamples arriving;
    try {
      arriving = ArrivingSamples.of(options);
    } catch (UsageException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    SummaryRevisions revisions =
        arriving.join(
            pipeline,
            options,
            references(options).contigs(),
            Variants.joinArrivingSamples()
                .onInvalid(options.getOnInvalid())
                .withFilters(filters(options.getFilters()))
                .withFailed(options.getFailedGenotypes())
                .withAbsent(options.getAbsent()),
            rejects);
    new ArrivingFiles(options).write(revisions, pseudonyms(options));
  }

  /** Inputs without a sequence in common are an error, not an empty table. */
  private static void check(
      Pipeline pipeline,
      SummarizeVariantsOptions options,
      References references,
      VariantSummaries summaries,
      Rejects rejects) {
    List<String> input = options.getInput();
    String regions = options.getRegions();
    if (References.isFile(regions)) {
      summaries
          .cohort()
          .apply(
              "Check regions",
              ParDo.of(
                  options.getOnlyRegions()
                      ? CheckSequences.ofOnlyRegions(input, regions)
                      : new CheckSequences(CheckSequences.Other.REGIONS, input, regions)));
    }
    if (references.known() != null) {
      summaries
          .cohort()
          .apply(
              "Check known",
              ParDo.of(new CheckSequences(CheckSequences.Other.KNOWN, input, options.getKnown())));
      pipeline.apply(
          "Read known",
          CheckKnownSites.of(references.known())
              .onInvalid(options.getOnInvalid())
              .rejectedTo(rejects));
    }
  }

  private static References references(SummarizeVariantsOptions options) {
    try {
      return References.of(options);
    } catch (UsageException e) {
      // The run has read the same file before anything was built.
      throw new IllegalStateException("The names of sequences are gone", e);
    }
  }

  private static SummarizeVariants summarize(
      SummarizeVariantsOptions options,
      References references,
      Optional<PCollectionView<List<Region>>> regions) {
    SummarizeVariants summarize =
        Variants.summarize()
            .onInvalid(options.getOnInvalid())
            .withFilters(filters(options.getFilters()))
            .withContigNames(references.contigs())
            .withCompat(CompatViews.of(options).tools());
    if (references.known() != null) {
      summarize = summarize.withKnown(references.known());
    }
    if (references.populations() != null) {
      summarize = summarize.withPopulations(references.populations());
    }
    if (regions.isPresent()) {
      return summarize.withRegions(regions.get());
    }
    long width = Regions.widthOf(options.getRegions());
    return width > 0 ? summarize.withWindows(width) : summarize;
  }

  private static JoinSamples join(
      Pipeline pipeline,
      SummarizeVariantsOptions options,
      References references,
      Optional<PCollectionView<List<Region>>> regions) {
    JoinSamples join =
        Variants.joinSamples()
            .onInvalid(options.getOnInvalid())
            .withFilters(filters(options.getFilters()))
            .withContigNames(references.contigs())
            .withFailed(options.getFailedGenotypes())
            .withAbsent(options.getAbsent());
    if (options.getWithdrawn() != null) {
      join =
          join.withoutSamples(
              pipeline
                  .apply("Read withdrawn", LinesOfFile.named(options.getWithdrawn()))
                  .apply("Strip", MapElements.into(TypeDescriptors.strings()).via(String::strip))
                  .apply("Leave out empty lines", Filter.by(line -> !line.isEmpty())));
    }
    if (regions.isPresent()) {
      return join.withRegions(regions.get());
    }
    long width = Regions.widthOf(options.getRegions());
    return width > 0 ? join.withWindows(width) : join;
  }

  /** Returns the regions of a file; empty where they are windows, or none. */
  private static Optional<PCollectionView<List<Region>>> regions(
      Pipeline pipeline, SummarizeVariantsOptions options, @Nullable Rejects rejects) {
    String file = options.getRegions();
    if (!References.isFile(file)) {
      return Optional.empty();
    }
    return Optional.of(
        pipeline
            .apply(
                "Read regions",
                ReadRegions.from(file).onInvalid(options.getOnInvalid()).rejectedTo(rejects))
            .apply("Regions", View.asList()));
  }

  private static Filters filters(String text) {
    List<String> names = Arrays.stream(text.split(",")).map(String::strip).toList();
    if (names.size() > 1) {
      return Filters.named(names);
    }
    String name = names.get(0);
    if (name.equalsIgnoreCase(ALL)) {
      return Filters.all();
    }
    return name.equalsIgnoreCase(PASS) ? Filters.pass() : Filters.named(names);
  }

  /** Returns what makes pseudonyms of samples' names, or null if they are to stay. */
  @Nullable
  private static PayloadHash pseudonyms(SummarizeVariantsOptions options) {
    String file = options.getPseudonymKeyFile();
    if (file == null) {
      return null;
    }
    try {
      return PseudonymKey.read(file);
    } catch (UsageException e) {
      // The run has read the same file before anything was built.
      throw new IllegalStateException("The pseudonym key is gone", e);
    }
  }
}
