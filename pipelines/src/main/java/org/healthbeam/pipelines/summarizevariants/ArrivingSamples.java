package org.healthbeam.pipelines.summarizevariants;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.healthbeam.core.variant.Regions;
import org.healthbeam.core.variant.reference.ContigNames;
import org.healthbeam.io.text.InputFiles;
import org.healthbeam.io.text.WatchFiles;
import org.healthbeam.io.text.WatchLines;
import org.healthbeam.io.vcf.ReadRegions;
import org.healthbeam.io.vcf.ReferenceFile;
import org.healthbeam.io.vcf.WatchVcf;
import org.healthbeam.pipelines.run.ShortDuration;
import org.healthbeam.pipelines.run.UsageException;
import org.healthbeam.transforms.outcome.Rejects;
import org.healthbeam.transforms.variant.join.JoinArrivingSamples;
import org.healthbeam.transforms.variant.join.SummaryRevisions;

/**
 * What {@code --streaming} makes of {@code --joinSamples}: files are looked for as they come.
 *
 * @param every how often to look
 * @param lookFor how long; no time for without end
 * @param gather how long what happens is gathered
 */
record ArrivingSamples(Duration every, Duration lookFor, Duration gather) {

  static ArrivingSamples of(SummarizeVariantsOptions options) throws UsageException {
    String total = options.getLookFor();
    return new ArrivingSamples(
        ShortDuration.parsePositive("lookEvery", options.getLookEvery()),
        total == null ? Duration.ZERO : ShortDuration.parsePositive("lookFor", total),
        ShortDuration.parsePositive("reviseEvery", options.getReviseEvery()));
  }

  /** Refuses options that say nothing here, and without {@code --streaming} those that do. */
  static void check(SummarizeVariantsOptions options) throws UsageException {
    of(options);
    if (!options.isStreaming()) {
      if (options.getLookFor() != null) {
        throw new UsageException("--lookFor needs --streaming=true");
      }
      return;
    }
    if (!options.getJoinSamples()) {
      throw new UsageException("--streaming=true needs --joinSamples=true");
    }
    refuse("format=" + options.getFormat(), !options.getFormat().equals("tsv"));
  }

  private static void refuse(String option, boolean given) throws UsageException {
    if (given) {
      throw new UsageException("--" + option + " does not go with --streaming=true");
    }
  }

  /** Returns the revisions of what comes. */
  SummaryRevisions join(
      Pipeline pipeline,
      SummarizeVariantsOptions options,
      ContigNames contigs,
      JoinArrivingSamples join,
      Rejects rejects) {
    JoinArrivingSamples joined =
        join.withContigNames(contigs).every(joda(gather)).rejectedTo(rejects);
    long width = Regions.widthOf(options.getRegions());
    if (References.isFile(options.getRegions())) {
      joined = joined.withRegions(ReferenceFile.regions(options.getRegions()));
      pipeline.apply(
          "Read regions",
          ReadRegions.from(options.getRegions())
              .alongside(watch(options.getInput()))
              .onInvalid(options.getOnInvalid())
              .rejectedTo(rejects));
    } else if (width > 0) {
      joined = joined.withWindows(width);
    }
    if (options.getWithdrawn() != null) {
      joined =
          joined.withWithdrawals(
              pipeline
                  .apply(
                      "Watch withdrawn", WatchLines.of(watch(coming(list(options.getWithdrawn())))))
                  .apply("Strip", MapElements.into(TypeDescriptors.strings()).via(String::strip))
                  .apply("Leave out empty lines", Filter.by(line -> !line.isEmpty())));
    }
    WatchVcf variants =
        WatchVcf.of(watch(options.getInput()))
            .onInvalid(options.getOnInvalid())
            .rejectedTo(rejects);
    if (options.getOnlyRegions()) {
      variants = variants.onlyRegions(ReferenceFile.regions(options.getRegions()), contigs);
    }
    return pipeline.apply("Watch variants", variants).apply("Join samples as they come", joined);
  }

  private static List<String> list(String patterns) {
    return List.of(patterns.split(","));
  }

  private WatchFiles watch(List<String> patterns) {
    WatchFiles files = WatchFiles.matching(patterns, joda(every)).atTimeOfFile();
    return lookFor.isZero() ? files : files.untilAfter(joda(lookFor));
  }

  private static org.joda.time.Duration joda(Duration duration) {
    return org.joda.time.Duration.millis(duration.toMillis());
  }

  private static List<String> coming(List<String> files) {
    try {
      return InputFiles.comingPatterns(files);
    } catch (IOException e) {
      throw new UncheckedIOException("files could not be looked for", e);
    }
  }
}
