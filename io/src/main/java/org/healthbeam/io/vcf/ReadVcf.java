package org.healthbeam.io.vcf;

import java.util.List;
import java.util.Objects;
import javax.annotation.Nullable;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Distinct;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.healthbeam.core.variant.OnInvalid;
import org.healthbeam.core.variant.Region;
import org.healthbeam.core.variant.reference.ContigNames;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.outcome.Rejects;
import org.healthbeam.transforms.variant.lines.VcfLines;

/**
 * Plans how to read VCF 4.x files, whose lines the next step reads and scans at once.
 *
 * <p>Plain, gzip and BGZF files are told apart by their bytes, whatever their names. Plain and BGZF
 * files are cut into parts without an index, which any workers read; a plain gzip file can only be
 * read from its beginning, so one worker reads it, and the file counts as {@code one-worker} in the
 * ledger. Results do not depend on the parts. Index files ({@code .tbi}, {@code .csi}) among the
 * files are passed over and count as {@code index}.
 *
 * <p>Output: bounded, in the global window: where parts of files lie. Every file has a block of
 * lines, even without a record. Of a file in several parts lines are counted from the beginning of
 * each part, and the last block of each says how many lines it has; {@code Variants.summarize} puts
 * that together.
 *
 * <p>Errors: a file that is no VCF is a reject with the line and the rule. Of a file that is
 * damaged the whole lines before and, in BGZF, behind each damage are used, and the file is a
 * reject with the line that is lost first; what is lost at one place counts as one line. A BGZF
 * file without the end marker is used, and counts as {@code no-end-marker}; if its last line is
 * open too, that line is left out and the file is a reject. A file system that fails is an error of
 * the run, since it may answer when tried again.
 *
 * <p>Memory: a block, or the longest line, of each part that is read at a time.
 *
 * <p>Source of the rules: VCF 4.2 (samtools/hts-specs), sections 1.2 and 1.3; SAM specification,
 * section 4.1 (BGZF); RFC 1952 (gzip).
 *
 * <pre>{@code
 * VcfLines lines =
 *     pipeline.apply("Read variants", ReadVcf.from(List.of("cohort.vcf.gz")).rejectedTo(rejects));
 * }</pre>
 */
public final class ReadVcf extends PTransform<PBegin, VcfLines> {
  private static final long serialVersionUID = 1L;

  /** The stage's name in the ledger; its unit is files. */
  public static final String STAGE = "Read VCF files";

  static final KvCoder<String, PartReport> REPORTS =
      KvCoder.of(StringUtf8Coder.of(), PartReport.ReportCoder.of());

  static final int BLOCK_BYTES = 256 << 10;
  static final int LINE_LIMIT = 512 << 20;

  private final List<String> patterns;
  private final OnInvalid policy;
  private final int blockBytes;
  private final PartSize partSize;
  @Nullable private final WantedRegions regions;
  @Nullable private final transient Rejects rejects;

  private ReadVcf(
      List<String> patterns,
      OnInvalid policy,
      int blockBytes,
      PartSize partSize,
      @Nullable WantedRegions regions,
      @Nullable Rejects rejects) {
    this.patterns = List.copyOf(patterns);
    this.policy = policy;
    this.blockBytes = blockBytes;
    this.partSize = partSize;
    this.regions = regions;
    this.rejects = rejects;
  }

  /**
   * {@return a transform that reads the files that match any of these names or globs; a file that
   * matches twice, once}
   *
   * @param patterns on any file system
   */
  public static ReadVcf from(List<String> patterns) {
    return new ReadVcf(patterns, OnInvalid.SKIP, BLOCK_BYTES, PartSize.fitting(), null, null);
  }

  /**
   * {@return a copy that has this become of files that break a rule; without it they are rejected}
   *
   * @param policy for such files
   */
  public ReadVcf onInvalid(OnInvalid policy) {
    return new ReadVcf(
        patterns, Objects.requireNonNull(policy, "policy"), blockBytes, partSize, regions, rejects);
  }

  /**
   * {@return a copy that sends what cannot be read there; without it the first reject fails the
   * pipeline}
   *
   * @param rejects take it
   */
  public ReadVcf rejectedTo(Rejects rejects) {
    return new ReadVcf(patterns, policy, blockBytes, partSize, regions, rejects);
  }

  /** Makes blocks of about this many bytes. */
  ReadVcf withBlockBytes(int bytes) {
    return new ReadVcf(patterns, policy, bytes, partSize, regions, rejects);
  }

  /**
   * Reads only records that overlap a region, from POS to the end of REF or to INFO END. Of a BGZF
   * file with a {@code .tbi} or {@code .csi} beside it that is not older, no more is read than the
   * index tells, and the file counts as {@code by-index}; other files are read and their other
   * records left out. The records are the same. Where an index is used, a line's position is {@code
   * ADDRESS:SKIP+N}, the Nth line from that virtual offset on, since nobody has counted those
   * before.
   *
   * @param only the regions, which may overlap
   * @param contigs tell which names mean one sequence
   * @return a copy that does so
   */
  public ReadVcf onlyRegions(PCollectionView<List<Region>> only, ContigNames contigs) {
    return new ReadVcf(
        patterns, policy, blockBytes, partSize, new WantedRegions(only, contigs), rejects);
  }

  /**
   * Cuts files into parts of about this many bytes; without it into such as have 32 to 64 MiB of
   * text.
   *
   * @param bytes of the file as it is stored, from 1
   * @return a copy that does so
   */
  public ReadVcf withPartBytes(long bytes) {
    return new ReadVcf(patterns, policy, blockBytes, PartSize.of(bytes), regions, rejects);
  }

  @Override
  public VcfLines expand(PBegin begin) {
    Outcomes outcomes = Outcomes.declare(rejects, STAGE, "files", "");
    PCollectionTuple planned =
        begin
            .apply("Patterns", Create.of(patterns).withCoder(StringUtf8Coder.of()))
            .apply(
                "Match files",
                FileIO.matchAll().withEmptyMatchTreatment(EmptyMatchTreatment.DISALLOW))
            .apply("Leave out folders", Filter.by(file -> !file.resourceId().isDirectory()))
            .apply(
                "Each file once",
                Distinct.<MatchResult.Metadata, String>withRepresentativeValueFn(
                        file -> file.resourceId().toString())
                    .withRepresentativeType(TypeDescriptor.of(String.class)))
            .apply("Spread files", Reshuffle.viaRandomKey())
            .apply(
                "Plan parts",
                withRegions(
                    ParDo.of(new PlanParts(outcomes, policy, LINE_LIMIT, partSize, regions))
                        .withOutputTags(
                            PlanParts.PARTS,
                            TupleTagList.of(Outcomes.REJECTED).and(Outcomes.COUNTED))));
    Rejects.collect(rejects, planned);
    return VcfLines.of(
        planned
            .get(PlanParts.PARTS)
            .setCoder(FilePart.PartCoder.of())
            .apply("Spread parts", Reshuffle.viaRandomKey()),
        new PartsOfFiles(
            blockBytes,
            LINE_LIMIT,
            policy,
            regions == null ? ContigNames.builtIn() : regions.contigs()),
        REPORTS,
        reports ->
            Rejects.collect(
                rejects,
                reports
                    .apply("Parts by file", GroupByKey.create())
                    .apply("Close files", CloseFiles.with(outcomes, policy))),
        regions == null ? null : regions.view());
  }

  private <A, B> ParDo.MultiOutput<A, B> withRegions(ParDo.MultiOutput<A, B> step) {
    return regions == null ? step : step.withSideInputs(regions.view());
  }
}
