package org.healthbeam.io.vcf;

import java.util.List;
import java.util.Objects;
import javax.annotation.Nullable;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Distinct;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.healthbeam.core.variant.OnInvalid;
import org.healthbeam.core.variant.VcfBlock;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.outcome.Rejects;

/**
 * Reads VCF 4.x files as blocks of lines, each with its file's header.
 *
 * <p>Plain, gzip and BGZF files are told apart by their bytes, whatever their names. Output:
 * bounded, in the global window; every file has a block, even without a record. Each file is read
 * by one worker, several files by several.
 *
 * <p>Errors: a file that is no VCF is a reject with the line and the rule. Of a compressed file
 * that ends early or is damaged, the whole lines before that are used, and the file is a reject
 * with the line that is lost. A file system that fails is an error of the run, since it may answer
 * when tried again.
 *
 * <p>Source of the rules: VCF 4.2 (samtools/hts-specs), sections 1.2 and 1.3; SAM specification,
 * section 4.1 (BGZF); RFC 1952 (gzip).
 *
 * <pre>{@code
 * PCollection<VcfBlock> blocks =
 *     pipeline.apply("Read variants", ReadVcf.from(List.of("cohort.vcf.gz")).rejectedTo(rejects));
 * }</pre>
 */
public final class ReadVcf extends PTransform<PBegin, PCollection<VcfBlock>> {
  private static final long serialVersionUID = 1L;

  /** The stage's name in the ledger; its unit is files. */
  public static final String STAGE = "Read VCF files";

  private static final int BLOCK_BYTES = 256 << 10;
  private static final int LINE_LIMIT = 512 << 20;

  private final List<String> patterns;
  private final OnInvalid policy;
  private final int blockBytes;
  @Nullable private final transient Rejects rejects;

  private ReadVcf(
      List<String> patterns, OnInvalid policy, int blockBytes, @Nullable Rejects rejects) {
    this.patterns = List.copyOf(patterns);
    this.policy = policy;
    this.blockBytes = blockBytes;
    this.rejects = rejects;
  }

  /** Reads the files that match any of these names or globs; a file that matches twice, once. */
  public static ReadVcf from(List<String> patterns) {
    return new ReadVcf(patterns, OnInvalid.SKIP, BLOCK_BYTES, null);
  }

  /** Says what becomes of files that break a rule; without it they are rejected. */
  public ReadVcf onInvalid(OnInvalid policy) {
    return new ReadVcf(patterns, Objects.requireNonNull(policy, "policy"), blockBytes, rejects);
  }

  /** Sends what cannot be read there; without it the first reject fails the pipeline. */
  public ReadVcf rejectedTo(Rejects rejects) {
    return new ReadVcf(patterns, policy, blockBytes, rejects);
  }

  /** Makes blocks of about this many bytes. */
  ReadVcf withBlockBytes(int bytes) {
    return new ReadVcf(patterns, policy, bytes, rejects);
  }

  @Override
  public PCollection<VcfBlock> expand(PBegin begin) {
    Outcomes outcomes = Outcomes.declare(rejects, STAGE, "files", "");
    PCollectionTuple read =
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
                "Read files",
                ParDo.of(new ReadVcfFile(outcomes, policy, blockBytes, LINE_LIMIT))
                    .withOutputTags(ReadVcfFile.BLOCKS, TupleTagList.of(Outcomes.REJECTED)));
    Rejects.collect(rejects, read.get(Outcomes.REJECTED));
    return read.get(ReadVcfFile.BLOCKS);
  }
}
