package org.healthbeam.transforms.variant.join;

import java.util.List;
import java.util.Objects;
import javax.annotation.Nullable;
import org.apache.beam.sdk.coders.BooleanCoder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTagList;
import org.healthbeam.core.variant.CallFilters;
import org.healthbeam.core.variant.FailedGenotypes;
import org.healthbeam.core.variant.Filters;
import org.healthbeam.core.variant.OnInvalid;
import org.healthbeam.core.variant.Region;
import org.healthbeam.core.variant.join.AbsentGenotype;
import org.healthbeam.core.variant.join.CohortEvent;
import org.healthbeam.core.variant.join.GenomeBin;
import org.healthbeam.core.variant.join.SampleCalls;
import org.healthbeam.core.variant.join.TotalsChange;
import org.healthbeam.core.variant.reference.ContigNames;
import org.healthbeam.core.variant.reference.Reference;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.outcome.Rejects;
import org.healthbeam.transforms.runner.RunnerNeed;
import org.healthbeam.transforms.runner.RunnerSupport;
import org.healthbeam.transforms.variant.SummarizeVariants;
import org.healthbeam.transforms.variant.lines.LineReading;
import org.healthbeam.transforms.variant.lines.LineRejects;
import org.healthbeam.transforms.variant.lines.VcfLines;
import org.joda.time.Duration;
import org.joda.time.Instant;

/** What {@link org.healthbeam.transforms.variant.Variants#joinArrivingSamples} describes. */
public final class JoinArrivingSamples extends PTransform<VcfLines, SummaryRevisions> {
  private static final long serialVersionUID = 1L;

  private static final KvCoder<GenomeBin, CohortEvent> EVENTS =
      KvCoder.of(GenomeBinCoder.of(), CohortEventCoder.of());
  private static final KvCoder<Integer, KV<GenomeBin, CohortEvent>> TOLD =
      KvCoder.of(
          VarIntCoder.of(),
          KvCoder.of(
              NullableCoder.of(GenomeBinCoder.of()), NullableCoder.of(CohortEventCoder.of())));

  private final OnInvalid policy;
  private final CallFilters filters;
  private final AbsentGenotype absent;
  private final ArrivingRegions regions;
  private final Duration delay;
  @Nullable private final transient PCollection<String> withdrawals;
  @Nullable private final transient Rejects rejects;

  private JoinArrivingSamples(
      OnInvalid policy,
      CallFilters filters,
      AbsentGenotype absent,
      ArrivingRegions regions,
      Duration delay,
      @Nullable PCollection<String> withdrawals,
      @Nullable Rejects rejects) {
    this.policy = policy;
    this.filters = filters;
    this.absent = absent;
    this.regions = regions;
    this.delay = delay;
    this.withdrawals = withdrawals;
    this.rejects = rejects;
  }

  /**
   * {@return a transform that joins all samples that arrive, and emits revisions after ten seconds}
   */
  public static JoinArrivingSamples create() {
    return new JoinArrivingSamples(
        OnInvalid.SKIP,
        CallFilters.none(),
        AbsentGenotype.MISSING,
        ArrivingRegions.none(),
        Duration.standardSeconds(10),
        null,
        null);
  }

  /**
   * {@return a copy that has this become of records that break a rule; without it they are
   * rejected}
   *
   * @param policy for such records
   */
  public JoinArrivingSamples onInvalid(OnInvalid policy) {
    return new JoinArrivingSamples(
        Objects.requireNonNull(policy, "policy"),
        filters,
        absent,
        regions,
        delay,
        withdrawals,
        rejects);
  }

  /**
   * {@return a copy that says which records of the single files are used; the genotypes of others
   * are unknown}
   *
   * @param records by the FILTER column
   */
  public JoinArrivingSamples withFilters(Filters records) {
    return new JoinArrivingSamples(
        policy, filters.with(records), absent, regions, delay, withdrawals, rejects);
  }

  /**
   * {@return a copy in which genotypes that failed a filter of their own, by FT, are this; without
   * it, kept}
   *
   * @param genotypes kept or missing
   */
  public JoinArrivingSamples withFailed(FailedGenotypes genotypes) {
    return new JoinArrivingSamples(
        policy, filters.with(genotypes), absent, regions, delay, withdrawals, rejects);
  }

  /**
   * {@return a copy in which a sample is this where no record of its own speaks; without it,
   * missing}
   *
   * @param absent missing or the reference
   */
  public JoinArrivingSamples withAbsent(AbsentGenotype absent) {
    return new JoinArrivingSamples(
        policy,
        filters,
        Objects.requireNonNull(absent, "absent"),
        regions,
        delay,
        withdrawals,
        rejects);
  }

  /**
   * {@return a copy that counts by windows side by side along each sequence, too; without it there
   * are no regions}
   *
   * @param bases the width, from 1 to 2147483647
   */
  public JoinArrivingSamples withWindows(long bases) {
    return with(regions.windows(bases));
  }

  /**
   * {@return a copy that counts by these regions, which may overlap; each JVM loads them once}
   *
   * @param list 0-based and half open, as BED has them
   */
  public JoinArrivingSamples withRegions(Reference<List<Region>> list) {
    return with(regions.listed(list));
  }

  /**
   * Says which names of sequences mean the same, in files and regions; without it the human ones
   * are known. Names that say an assembly, as accessions do, mean themselves only unless they were
   * added, so that no two assemblies are joined.
   *
   * @param names of sequences
   * @return a copy that knows them
   */
  public JoinArrivingSamples withContigNames(ContigNames names) {
    return with(regions.with(names));
  }

  private JoinArrivingSamples with(ArrivingRegions regions) {
    return new JoinArrivingSamples(policy, filters, absent, regions, delay, withdrawals, rejects);
  }

  /**
   * {@return a copy that says how long what happens in a bin is gathered before its revisions are
   * emitted, and what happens in all bins before the totals are}
   *
   * @param delay of processing time, more than nothing
   */
  public JoinArrivingSamples every(Duration delay) {
    if (delay.getMillis() <= 0) {
      throw new IllegalArgumentException("delay is " + delay + "; it must be more than nothing");
    }
    return new JoinArrivingSamples(policy, filters, absent, regions, delay, withdrawals, rejects);
  }

  /**
   * {@return a copy that takes out the samples with these names: all that came with a timestamp up
   * to that of the name}
   *
   * @param names of samples, with timestamps
   */
  public JoinArrivingSamples withWithdrawals(PCollection<String> names) {
    return new JoinArrivingSamples(
        policy, filters, absent, regions, delay, Objects.requireNonNull(names, "names"), rejects);
  }

  /**
   * {@return a copy that sends broken records there; without it the first one fails the pipeline}
   *
   * @param rejects take what is rejected
   */
  public JoinArrivingSamples rejectedTo(Rejects rejects) {
    return new JoinArrivingSamples(policy, filters, absent, regions, delay, withdrawals, rejects);
  }

  @Override
  public SummaryRevisions expand(VcfLines lines) {
    // Samples that arrive are a stream, whatever a test gives in.
    RunnerSupport.streaming(lines.getPipeline())
        .require(
            "Arriving samples cannot be joined",
            "Use Variants.joinSamples() on bounded input, or run on Flink.",
            RunnerNeed.PROCESSING_TIME_TIMERS,
            RunnerNeed.EVENT_TIME_TIMERS);
    Outcomes outcomes = Outcomes.declare(rejects, SummarizeVariants.STAGE, "lines", "");
    PCollectionTuple packed =
        lines
            .inGlobalWindow()
            .scan(
                "Pack calls",
                outcomes,
                policy,
                this::pack,
                PackCalls.CALLS,
                PackCalls.others(true));
    LineRejects.collectByPart(rejects, packed, outcomes, policy);
    PCollection<KV<GenomeBin, CohortEvent>> calls =
        packed
            .get(PackCalls.CALLS)
            .setCoder(KvCoder.of(GenomeBinCoder.of(), SampleCallsCoder.of()))
            .apply("Calls", ParDo.of(new ToCalls()))
            .setCoder(EVENTS);
    PCollection<KV<Integer, KV<GenomeBin, CohortEvent>>> bins =
        calls.apply("Each bin once", ParDo.of(new EachBinOnce())).setCoder(TOLD);
    PCollection<KV<Integer, KV<GenomeBin, CohortEvent>>> arrivals =
        packed
            .get(PackCalls.SAMPLES)
            .setCoder(StringUtf8Coder.of())
            .apply("Arrivals", ParDo.of(new ToEvent(false)))
            .setCoder(TOLD);
    PCollection<KV<Integer, KV<GenomeBin, CohortEvent>>> samples = arrivals;
    PCollection<KV<String, SampleFile>> files =
        packed.get(PackCalls.FILES).setCoder(PackCalls.FILES_CODER);
    if (withdrawals != null) {
      PCollection<String> names =
          withdrawals.apply("Withdrawals in global window", Window.into(new GlobalWindows()));
      samples =
          PCollectionList.of(arrivals)
              .and(names.apply("Withdrawals", ParDo.of(new ToEvent(true))).setCoder(TOLD))
              .apply("Arrivals and withdrawals", Flatten.pCollections());
      files =
          PCollectionList.of(files)
              .and(
                  names
                      .apply("Withdrawals of files", ParDo.of(new ToFile()))
                      .setCoder(PackCalls.FILES_CODER))
              .apply("Files and withdrawals", Flatten.pCollections());
    }
    PCollection<KV<GenomeBin, CohortEvent>> told =
        PCollectionList.of(bins)
            .and(samples)
            .and(ofSequences(files))
            .apply("News", Flatten.pCollections())
            .apply("Tell bins", ParDo.of(new TellBins()))
            .setCoder(EVENTS);
    PCollectionTuple revised =
        PCollectionList.of(calls)
            .and(told)
            .apply("Events of bins", Flatten.pCollections())
            .apply(
                "Revise bins",
                ParDo.of(new ReviseBins(GenomeBin.USUAL_WIDTH, absent, regions, delay))
                    .withOutputTags(ReviseBins.VARIANTS, TupleTagList.of(ReviseBins.TOTALS)));
    PCollection<KV<Integer, KV<CohortEvent, TotalsChange>>> changes =
        revised
            .get(ReviseBins.TOTALS)
            .setCoder(TotalsChangeCoder.of())
            .apply("Add up changes", ParDo.of(new AddUpChanges()))
            .setCoder(TotalsChangeCoder.of())
            .apply("Changes", ParDo.of(new ToChange()))
            .setCoder(ReviseTotals.INPUT);
    return new SummaryRevisions(
        revised.get(ReviseBins.VARIANTS).setCoder(VariantRevisionCoder.of()),
        PCollectionList.of(changes)
            .and(
                samples
                    .apply("Samples of totals", ParDo.of(new ToSample()))
                    .setCoder(ReviseTotals.INPUT))
            .apply("News of totals", Flatten.pCollections())
            .apply("Revise totals", ParDo.of(new ReviseTotals(delay)))
            .setCoder(TotalsRevisionCoder.of()));
  }

  private PCollection<KV<Integer, KV<GenomeBin, CohortEvent>>> ofSequences(
      PCollection<KV<String, SampleFile>> files) {
    Outcomes outcomes = Outcomes.declare(rejects, FindRepeatedSamples.STAGE, "files", "");
    PCollectionTuple found =
        files.apply(
            "Find repeated samples",
            ParDo.of(new FindRepeatedSamples(outcomes, policy, delay))
                .withOutputTags(
                    FindRepeatedSamples.NEWS,
                    TupleTagList.of(FindRepeatedSamples.NAMES).and(Outcomes.REJECTED)));
    Rejects.collect(rejects, found.get(Outcomes.REJECTED));
    return PCollectionList.of(found.get(FindRepeatedSamples.NEWS).setCoder(TOLD))
        .and(
            found
                .get(FindRepeatedSamples.NAMES)
                .setCoder(FindRepeatedSamples.NAMES_CODER)
                .apply("Name sequences", ParDo.of(new NameArrivingSequences()))
                .setCoder(TOLD))
        .apply("News of sequences", Flatten.pCollections());
  }

  private <P, R> DoFn<P, KV<GenomeBin, SampleCalls>> pack(LineReading<P, R> reading) {
    return new PackCalls<>(
        reading,
        policy,
        filters,
        GenomeBin.USUAL_WIDTH,
        regions.contigs()::keyWithinAssembly,
        true);
  }

  /** Calls with the time of their file. */
  static final class ToCalls extends DoFn<KV<GenomeBin, SampleCalls>, KV<GenomeBin, CohortEvent>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<GenomeBin, SampleCalls> calls,
        @Timestamp Instant time,
        OutputReceiver<KV<GenomeBin, CohortEvent>> out) {
      out.output(KV.of(calls.getKey(), CohortEvent.calls(calls.getValue(), time.getMillis())));
    }
  }

  /** Names that arrive or are withdrawn. */
  static final class ToEvent extends DoFn<String, KV<Integer, KV<GenomeBin, CohortEvent>>> {
    private static final long serialVersionUID = 1L;
    private final boolean withdrawal;

    ToEvent(boolean withdrawal) {
      this.withdrawal = withdrawal;
    }

    @ProcessElement
    public void process(
        @Element String sample,
        @Timestamp Instant time,
        OutputReceiver<KV<Integer, KV<GenomeBin, CohortEvent>>> out) {
      CohortEvent event =
          withdrawal
              ? CohortEvent.withdrawal(sample, time.getMillis())
              : CohortEvent.arrival(sample, time.getMillis());
      out.output(KV.of(0, KV.of(null, event)));
    }
  }

  /** Names that are withdrawn, for those who know the files of a sample. */
  static final class ToFile extends DoFn<String, KV<String, SampleFile>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element String sample,
        @Timestamp Instant time,
        OutputReceiver<KV<String, SampleFile>> out) {
      out.output(KV.of(sample, SampleFile.withdrawal(time.getMillis())));
    }
  }

  /** Lets the first call of a bin say that there is the bin. */
  static final class EachBinOnce
      extends DoFn<KV<GenomeBin, CohortEvent>, KV<Integer, KV<GenomeBin, CohortEvent>>> {
    private static final long serialVersionUID = 1L;

    @StateId("seen")
    private final StateSpec<ValueState<Boolean>> seenSpec = StateSpecs.value(BooleanCoder.of());

    @ProcessElement
    public void process(
        @Element KV<GenomeBin, CohortEvent> call,
        @AlwaysFetched @StateId("seen") ValueState<Boolean> seen,
        OutputReceiver<KV<Integer, KV<GenomeBin, CohortEvent>>> out) {
      if (seen.read() == null) {
        seen.write(true);
        out.output(KV.of(0, KV.of(call.getKey(), null)));
      }
    }
  }

  /** Changes, for the one key of the totals. */
  static final class ToChange
      extends DoFn<TotalsChange, KV<Integer, KV<CohortEvent, TotalsChange>>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element TotalsChange change,
        OutputReceiver<KV<Integer, KV<CohortEvent, TotalsChange>>> out) {
      out.output(KV.of(0, KV.of(null, change)));
    }
  }

  /** Samples that have come or gone, for the one key of the totals. */
  static final class ToSample
      extends DoFn<
          KV<Integer, KV<GenomeBin, CohortEvent>>, KV<Integer, KV<CohortEvent, TotalsChange>>> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(
        @Element KV<Integer, KV<GenomeBin, CohortEvent>> sample,
        OutputReceiver<KV<Integer, KV<CohortEvent, TotalsChange>>> out) {
      out.output(KV.of(0, KV.of(sample.getValue().getValue(), null)));
    }
  }
}
