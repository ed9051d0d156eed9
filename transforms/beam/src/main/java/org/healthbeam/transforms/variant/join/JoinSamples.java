package org.healthbeam.transforms.variant.join;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.annotation.Nullable;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VoidCoder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Distinct;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTagList;
import org.healthbeam.core.variant.CallFilters;
import org.healthbeam.core.variant.FailedGenotypes;
import org.healthbeam.core.variant.Filters;
import org.healthbeam.core.variant.OnInvalid;
import org.healthbeam.core.variant.Region;
import org.healthbeam.core.variant.Regions;
import org.healthbeam.core.variant.join.AbsentGenotype;
import org.healthbeam.core.variant.join.GenomeBin;
import org.healthbeam.core.variant.join.SampleCalls;
import org.healthbeam.core.variant.reference.ContigNames;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.outcome.Rejects;
import org.healthbeam.transforms.variant.PopulationSummaryCoder;
import org.healthbeam.transforms.variant.SummarizeVariants;
import org.healthbeam.transforms.variant.VariantSummaries;
import org.healthbeam.transforms.variant.VariantSummaryCoder;
import org.healthbeam.transforms.variant.lines.LineReading;
import org.healthbeam.transforms.variant.lines.LineRejects;
import org.healthbeam.transforms.variant.lines.VcfLines;

/** What {@link org.healthbeam.transforms.variant.Variants#joinSamples} describes. */
public final class JoinSamples extends PTransform<VcfLines, VariantSummaries> {
  private static final long serialVersionUID = 1L;

  private final OnInvalid policy;
  private final CallFilters filters;
  private final AbsentGenotype absent;
  private final int binWidth;
  private final ContigNames contigs;
  private final long windowWidth;
  @Nullable private final PCollectionView<List<Region>> regions;
  @Nullable private final transient PCollection<String> withdrawn;
  @Nullable private final transient Rejects rejects;

  private JoinSamples(
      OnInvalid policy,
      CallFilters filters,
      AbsentGenotype absent,
      int binWidth,
      ContigNames contigs,
      long windowWidth,
      @Nullable PCollectionView<List<Region>> regions,
      @Nullable PCollection<String> withdrawn,
      @Nullable Rejects rejects) {
    this.policy = policy;
    this.filters = filters;
    this.absent = absent;
    this.binWidth = binWidth;
    this.contigs = contigs;
    this.windowWidth = windowWidth;
    this.regions = regions;
    this.withdrawn = withdrawn;
    this.rejects = rejects;
  }

  /** {@return a transform that joins all samples, counting no regions} */
  public static JoinSamples create() {
    return new JoinSamples(
        OnInvalid.SKIP,
        CallFilters.none(),
        AbsentGenotype.MISSING,
        GenomeBin.USUAL_WIDTH,
        ContigNames.builtIn(),
        0,
        null,
        null,
        null);
  }

  /**
   * {@return a copy that has this become of records that break a rule; without it they are
   * rejected}
   *
   * @param policy for such records
   */
  public JoinSamples onInvalid(OnInvalid policy) {
    return new JoinSamples(
        Objects.requireNonNull(policy, "policy"),
        filters,
        absent,
        binWidth,
        contigs,
        windowWidth,
        regions,
        withdrawn,
        rejects);
  }

  /**
   * {@return a copy that says which records of the single files are used; the genotypes of others
   * are unknown}
   *
   * @param records by the FILTER column
   */
  public JoinSamples withFilters(Filters records) {
    return new JoinSamples(
        policy,
        filters.with(records),
        absent,
        binWidth,
        contigs,
        windowWidth,
        regions,
        withdrawn,
        rejects);
  }

  /**
   * {@return a copy in which genotypes that failed a filter of their own, by FT, are this; without
   * it, kept}
   *
   * @param genotypes kept or missing
   */
  public JoinSamples withFailed(FailedGenotypes genotypes) {
    return new JoinSamples(
        policy,
        filters.with(genotypes),
        absent,
        binWidth,
        contigs,
        windowWidth,
        regions,
        withdrawn,
        rejects);
  }

  /**
   * {@return a copy in which a sample is this where no record of its own speaks; without it,
   * missing}
   *
   * @param absent missing or the reference
   */
  public JoinSamples withAbsent(AbsentGenotype absent) {
    return new JoinSamples(
        policy,
        filters,
        Objects.requireNonNull(absent, "absent"),
        binWidth,
        contigs,
        windowWidth,
        regions,
        withdrawn,
        rejects);
  }

  /**
   * {@return a copy that joins the calls in bins of this many bases; results do not depend on it}
   *
   * @param bases from 1; one bin of all samples must fit into memory
   */
  public JoinSamples withBins(int bases) {
    if (bases < 1) {
      throw new IllegalArgumentException("bins of " + bases + " bases; it can be 1 or more");
    }
    return new JoinSamples(
        policy, filters, absent, bases, contigs, windowWidth, regions, withdrawn, rejects);
  }

  /**
   * {@return a copy that counts by windows side by side along each sequence}
   *
   * @param bases the width, from 1 to 2147483647
   */
  public JoinSamples withWindows(long bases) {
    Regions.windows(bases);
    return new JoinSamples(
        policy, filters, absent, binWidth, contigs, bases, null, withdrawn, rejects);
  }

  /**
   * {@return a copy that counts by these regions, which may overlap}
   *
   * @param regions 0-based and half open, as BED has them
   */
  public JoinSamples withRegions(PCollectionView<List<Region>> regions) {
    return new JoinSamples(
        policy,
        filters,
        absent,
        binWidth,
        contigs,
        0,
        Objects.requireNonNull(regions, "regions"),
        withdrawn,
        rejects);
  }

  /**
   * {@return a copy that says which names of sequences mean the same, in files and regions; without
   * it the human ones are known}
   *
   * @param names of sequences
   */
  public JoinSamples withContigNames(ContigNames names) {
    return new JoinSamples(
        policy,
        filters,
        absent,
        binWidth,
        Objects.requireNonNull(names, "names"),
        windowWidth,
        regions,
        withdrawn,
        rejects);
  }

  /**
   * {@return a copy that leaves these samples out, exactly as if their files were not there;
   * bounded} Names that no file has are counted as {@code in-no-file} in the ledger, and fail a
   * {@link OnInvalid#STRICT} run.
   *
   * @param names of samples
   */
  public JoinSamples withoutSamples(PCollection<String> names) {
    return new JoinSamples(
        policy,
        filters,
        absent,
        binWidth,
        contigs,
        windowWidth,
        regions,
        Objects.requireNonNull(names, "names"),
        rejects);
  }

  /**
   * {@return a copy that sends broken records there; without it the first one fails the pipeline}
   *
   * @param rejects take what is rejected
   */
  public JoinSamples rejectedTo(Rejects rejects) {
    return new JoinSamples(
        policy, filters, absent, binWidth, contigs, windowWidth, regions, withdrawn, rejects);
  }

  @Override
  public VariantSummaries expand(VcfLines lines) {
    if (lines.isBounded() != IsBounded.BOUNDED || !lines.isInGlobalWindow()) {
      throw new IllegalArgumentException(
          "Samples are joined of bounded input in the global window; of samples that arrive use"
              + " Variants.joinArrivingSamples()");
    }
    Outcomes outcomes = Outcomes.declare(rejects, SummarizeVariants.STAGE, "lines", "");
    PCollectionTuple packed =
        lines.scan(
            "Pack calls", outcomes, policy, this::pack, PackCalls.CALLS, PackCalls.others(false));
    LineRejects.collect(rejects, packed, outcomes, policy);
    PCollectionView<List<String>> left =
        withdrawn == null ? null : withdrawn.apply("Withdrawn samples", View.asList());
    PCollection<KV<KV<String, String>, KV<String, String>>> sources =
        packed.get(PackCalls.SOURCES).setCoder(PackCalls.SOURCES_CODER);
    checkSources(sources, left);
    PCollectionView<Map<String, String>> names =
        sources.apply("Sequences of files", new NameSequences(left));
    PCollectionView<List<String>> samples = samples(packed.get(PackCalls.SAMPLES), left);
    ParDo.MultiOutput<
            KV<GenomeBin, Iterable<SampleCalls>>, org.healthbeam.core.variant.VariantSummary>
        join =
            ParDo.of(new JoinBins(binWidth, absent, contigs, windowWidth, regions, samples, names))
                .withSideInputs(samples, names)
                .withOutputTags(
                    JoinBins.VARIANTS, TupleTagList.of(JoinBins.COHORT).and(JoinBins.REGIONS));
    PCollectionTuple joined =
        bins(packed.get(PackCalls.CALLS))
            .apply("Join bins", regions == null ? join : join.withSideInputs(regions));
    return VariantSummaries.ofParts(
        joined.get(JoinBins.VARIANTS).setCoder(VariantSummaryCoder.of()),
        joined.get(JoinBins.COHORT),
        joined.get(JoinBins.REGIONS),
        lines.getPipeline().apply("No populations", Create.empty(PopulationSummaryCoder.of())),
        VariantSummaries.noRemarks(lines.getPipeline()),
        null);
  }

  private <P, R> DoFn<P, KV<GenomeBin, SampleCalls>> pack(LineReading<P, R> reading) {
    return new PackCalls<>(reading, policy, filters, binWidth, contigs::key, false);
  }

  /** A bin without a call goes with them, so that samples without a record are counted. */
  private static PCollection<KV<GenomeBin, Iterable<SampleCalls>>> bins(
      PCollection<KV<GenomeBin, SampleCalls>> calls) {
    KvCoder<GenomeBin, SampleCalls> coder = KvCoder.of(GenomeBinCoder.of(), SampleCallsCoder.of());
    PCollection<KV<GenomeBin, SampleCalls>> none =
        calls
            .getPipeline()
            .apply(
                "Nobody's calls",
                Create.of(
                        KV.of(
                            new GenomeBin("", 0),
                            new SampleCalls("", "", "", 0, new byte[0], new byte[0])))
                    .withCoder(coder));
    return PCollectionList.of(calls.setCoder(coder))
        .and(none)
        .apply("With nobody's calls", Flatten.pCollections())
        .apply("Group by bin", GroupByKey.create());
  }

  private PCollectionView<List<String>> samples(
      PCollection<String> names, @Nullable PCollectionView<List<String>> left) {
    PCollection<String> distinct =
        names.setCoder(StringUtf8Coder.of()).apply("Each sample once", Distinct.create());
    if (left == null) {
      return distinct.apply("Samples", View.asList());
    }
    PCollectionView<List<String>> all = distinct.apply("Samples of files", View.asList());
    Outcomes found = Outcomes.declare(rejects, FindWithdrawn.STAGE, "names", "");
    PCollectionTuple counted =
        withdrawn
            .apply("Each name once", Distinct.create())
            .apply(
                "Find withdrawn",
                ParDo.of(new FindWithdrawn(found, policy, all))
                    .withSideInputs(all)
                    .withOutputTags(
                        FindWithdrawn.NOTHING,
                        TupleTagList.of(Outcomes.REJECTED).and(Outcomes.COUNTED)));
    counted.get(FindWithdrawn.NOTHING).setCoder(VoidCoder.of());
    Rejects.collect(rejects, counted);
    return distinct
        .apply("Leave out withdrawn", ParDo.of(new LeaveOut(left)).withSideInputs(left))
        .apply("Samples", View.asList());
  }

  private static void checkSources(
      PCollection<KV<KV<String, String>, KV<String, String>>> sources,
      @Nullable PCollectionView<List<String>> left) {
    ParDo.SingleOutput<KV<KV<String, String>, Iterable<KV<String, String>>>, Void> check =
        ParDo.of(new CheckSources(left));
    sources
        .apply("Group files by sample", GroupByKey.create())
        .apply("Check files of a sample", left == null ? check : check.withSideInputs(left));
  }

  /** Leaves out the names of a side input. */
  static final class LeaveOut extends DoFn<String, String> {
    private static final long serialVersionUID = 1L;
    private final PCollectionView<List<String>> names;
    @Nullable private transient Set<String> left;

    LeaveOut(PCollectionView<List<String>> names) {
      this.names = names;
    }

    @StartBundle
    public void startBundle() {
      left = null;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      if (left == null) {
        left = new HashSet<>(context.sideInput(names));
      }
      if (!left.contains(context.element())) {
        context.output(context.element());
      }
    }
  }

  /** Fails where two files have the same sample on the same sequence. */
  static final class CheckSources
      extends DoFn<KV<KV<String, String>, Iterable<KV<String, String>>>, Void> {
    private static final long serialVersionUID = 1L;
    @Nullable private final PCollectionView<List<String>> left;

    CheckSources(@Nullable PCollectionView<List<String>> left) {
      this.left = left;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      KV<KV<String, String>, Iterable<KV<String, String>>> files = context.element();
      if (left != null && context.sideInput(left).contains(files.getKey().getKey())) {
        return;
      }
      String first = null;
      for (KV<String, String> named : files.getValue()) {
        String file = named.getValue();
        if (first != null && !first.equals(file)) {
          boolean inOrder = first.compareTo(file) < 0;
          throw UnjoinableFilesException.sameSample(inOrder ? first : file, inOrder ? file : first);
        }
        first = file;
      }
    }
  }
}
