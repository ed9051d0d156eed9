package org.healthbeam.io.vcf;

import java.util.List;
import java.util.Objects;
import javax.annotation.Nullable;
import org.apache.beam.sdk.coders.IterableCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTagList;
import org.healthbeam.core.variant.OnInvalid;
import org.healthbeam.core.variant.Region;
import org.healthbeam.core.variant.reference.ContigNames;
import org.healthbeam.core.variant.reference.Reference;
import org.healthbeam.io.text.WatchFiles;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.outcome.Rejects;
import org.healthbeam.transforms.variant.lines.VcfLines;
import org.joda.time.Duration;

/**
 * Finds VCF 4.x files as they appear, whose lines the next step reads and scans at once.
 *
 * <p>Output: unbounded, in the global window; the lines of a file have the time of their file as
 * {@link WatchFiles} gives it. A file is read once, by one worker, and must be whole when it is
 * found: it is best put there under a name that does not match, and renamed. A file that is changed
 * later is not read again. No match at all is no error.
 *
 * <p>Errors and rules: as of {@link ReadVcf}.
 *
 * <pre>{@code
 * VcfLines lines =
 *     pipeline.apply(
 *         "Watch variants",
 *         WatchVcf.from(List.of("arrivals/*.vcf.gz"), Duration.standardMinutes(1)));
 * }</pre>
 */
public final class WatchVcf extends PTransform<PBegin, VcfLines> {
  private static final long serialVersionUID = 1L;

  /** The stage's name in the ledger; its unit is files. */
  public static final String STAGE = "Watch VCF files";

  private final WatchFiles files;
  private final OnInvalid policy;
  private final ContigNames contigs;
  @Nullable private final Reference<List<Region>> regions;
  @Nullable private final transient Rejects rejects;

  private WatchVcf(
      WatchFiles files,
      OnInvalid policy,
      ContigNames contigs,
      @Nullable Reference<List<Region>> regions,
      @Nullable Rejects rejects) {
    this.files = files;
    this.policy = policy;
    this.contigs = contigs;
    this.regions = regions;
    this.rejects = rejects;
  }

  /**
   * {@return a transform that looks for files that match any of these globs, again and again after
   * so much time}
   *
   * @param patterns on any file system
   * @param every by the clock
   */
  public static WatchVcf from(List<String> patterns, Duration every) {
    return of(WatchFiles.matching(patterns, every));
  }

  /**
   * {@return a transform that reads these files}
   *
   * @param files are looked for
   */
  public static WatchVcf of(WatchFiles files) {
    return new WatchVcf(files, OnInvalid.SKIP, ContigNames.builtIn(), null, null);
  }

  /**
   * {@return a copy that has this become of files that break a rule; without it they are rejected}
   *
   * @param policy for such files
   */
  public WatchVcf onInvalid(OnInvalid policy) {
    return new WatchVcf(files, Objects.requireNonNull(policy, "policy"), contigs, regions, rejects);
  }

  /**
   * {@return a copy that sends what cannot be read there; without it the first reject fails the
   * pipeline}
   *
   * @param rejects take it
   */
  public WatchVcf rejectedTo(Rejects rejects) {
    return new WatchVcf(files, policy, contigs, regions, rejects);
  }

  /**
   * Reads only records that overlap a region, as {@link ReadVcf#onlyRegions} does, but whole files:
   * no index is looked at.
   *
   * @param only the regions, which may overlap; each JVM loads them once
   * @param names tell which names mean one sequence
   * @return a copy that does so
   */
  public WatchVcf onlyRegions(Reference<List<Region>> only, ContigNames names) {
    return new WatchVcf(
        files,
        policy,
        Objects.requireNonNull(names, "names"),
        Objects.requireNonNull(only, "only"),
        rejects);
  }

  @Override
  public VcfLines expand(PBegin begin) {
    Outcomes outcomes = Outcomes.declare(rejects, STAGE, "files", "");
    PCollectionTuple planned =
        begin
            .apply("Find files", files)
            .apply(
                "Plan parts",
                ParDo.of(
                        new PlanParts(
                            outcomes,
                            policy,
                            ReadVcf.LINE_LIMIT,
                            PartSize.of(Long.MAX_VALUE),
                            null))
                    .withOutputTags(
                        PlanParts.PARTS, TupleTagList.of(Outcomes.REJECTED).and(Outcomes.COUNTED)));
    Rejects.collect(rejects, planned);
    PartsOfFiles parts = new PartsOfFiles(ReadVcf.BLOCK_BYTES, ReadVcf.LINE_LIMIT, policy, contigs);
    return VcfLines.of(
        planned.get(PlanParts.PARTS).setCoder(FilePart.PartCoder.of()),
        regions == null ? parts : parts.onlyRegions(regions, contigs),
        ReadVcf.REPORTS,
        reports ->
            Rejects.collect(
                rejects,
                reports
                    .apply("The one part", ParDo.of(new OnePart()))
                    .setCoder(
                        KvCoder.of(
                            StringUtf8Coder.of(), IterableCoder.of(PartReport.ReportCoder.of())))
                    .apply("Close files", CloseFiles.with(outcomes, policy))),
        null);
  }

  /** A file here has one part. */
  static final class OnePart
      extends DoFn<KV<String, PartReport>, KV<String, Iterable<PartReport>>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<String, PartReport> report,
        OutputReceiver<KV<String, Iterable<PartReport>>> out) {
      out.output(KV.of(report.getKey(), List.of(report.getValue())));
    }
  }
}
