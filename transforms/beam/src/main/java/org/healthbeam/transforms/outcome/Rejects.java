package org.healthbeam.transforms.outcome;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.annotation.Nullable;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.DefaultTrigger;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.healthbeam.core.outcome.Ledger;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.outcome.Rejected;
import org.joda.time.Duration;

/**
 * Collects the rejects and the declared stages of one pipeline while it is built.
 *
 * <p>Pass the same one to every transform with {@code rejectedTo}, write {@link #all} at the end,
 * and read the {@link #ledger} when the pipeline has run.
 */
public final class Rejects {
  private final PayloadHash hash;
  private final boolean tellsCounts;
  private final List<Ledger.Stage> stages = new ArrayList<>();
  private final List<PCollection<Rejected>> collections = new ArrayList<>();
  private final List<PCollection<StageCount>> told = new ArrayList<>();
  private boolean taken;

  private Rejects(PayloadHash hash, boolean tellsCounts) {
    this.hash = hash;
    this.tellsCounts = tellsCounts;
  }

  /**
   * {@return an empty collection of rejects whose payload hashes are made by {@code hash}}
   *
   * @param hash keyed or salted
   */
  public static Rejects with(PayloadHash hash) {
    return new Rejects(hash, false);
  }

  /**
   * {@return an empty collection that has stages tell what they count, which is then to be taken
   * with {@link #counts}: of a bounded pipeline on a runner whose counters count work twice that it
   * repeats}
   */
  public Rejects tellingCounts() {
    return new Rejects(hash, true);
  }

  /** {@return whether stages tell what they count} */
  public boolean tellsCounts() {
    return tellsCounts;
  }

  /**
   * Adds the rejects of one transform.
   *
   * @param rejected of one transform
   * @throws IllegalStateException after {@link #all}: they would be lost
   */
  public void add(PCollection<Rejected> rejected) {
    refuseIfTaken();
    collections.add(rejected);
  }

  /**
   * Adds the rejects of one transform if there is somewhere to add them.
   *
   * @param rejects take what is rejected
   * @param rejected of one transform
   */
  public static void collect(@Nullable Rejects rejects, PCollection<Rejected> rejected) {
    if (rejects != null) {
      rejects.add(rejected);
    }
  }

  /**
   * Adds the rejects of one transform, and what it has counted if it tells that.
   *
   * @param rejects take what is rejected
   * @param outputs of one transform, of which some may be absent
   */
  public static void collect(@Nullable Rejects rejects, PCollectionTuple outputs) {
    if (rejects != null) {
      rejects.add(outputs.get(Outcomes.REJECTED));
      collectCounts(rejects, outputs);
    }
  }

  /**
   * Adds what a transform that rejects nothing has counted, if it tells that.
   *
   * @param rejects take what is rejected
   * @param outputs of one transform, of which some may be absent
   */
  public static void collectCounts(@Nullable Rejects rejects, PCollectionTuple outputs) {
    if (rejects != null && rejects.tellsCounts && outputs.has(Outcomes.COUNTED)) {
      rejects.told.add(outputs.get(Outcomes.COUNTED));
    }
  }

  /**
   * {@return what all stages that tell it have counted, each outcome once and added up, for {@link
   * #ledger(MetricResults, Iterable)}}
   *
   * @param rejected what {@link #all} has returned
   */
  public PCollection<StageCount> counts(PCollection<Rejected> rejected) {
    if (!tellsCounts) {
      throw new IllegalStateException("Stages tell what they count after tellingCounts() only");
    }
    PCollectionList<StageCount> list =
        PCollectionList.of(
            rejected
                .apply("Count rejects", ParDo.of(new SumCounts.OfRejects()))
                .apply("Counts of rejects", atTheEnd()));
    for (int i = 0; i < told.size(); i++) {
      list = list.and(told.get(i).apply("Counts " + i, atTheEnd()));
    }
    return list.apply("All counts", Flatten.pCollections()).apply("Add up", new SumCounts());
  }

  /** Counts of steps whose windows are told in other ways come together. */
  private static Window<StageCount> atTheEnd() {
    return Window.<StageCount>into(new GlobalWindows())
        .triggering(DefaultTrigger.of())
        .withAllowedLateness(Duration.ZERO)
        .discardingFiredPanes();
  }

  /**
   * {@return all rejects of the pipeline, in the global window; once, after the last {@link #add}}
   *
   * @param pipeline in which the rejects are
   */
  public PCollection<Rejected> all(Pipeline pipeline) {
    refuseIfTaken();
    taken = true;
    if (collections.isEmpty()) {
      return pipeline.apply("No rejects", Create.empty(RejectedCoder.of()));
    }
    PCollectionList<Rejected> list = PCollectionList.empty(pipeline);
    for (int i = 0; i < collections.size(); i++) {
      list =
          list.and(
              collections
                  .get(i)
                  .setCoder(RejectedCoder.of())
                  .apply("Rejects " + i, Window.into(new GlobalWindows())));
    }
    return list.apply("All rejects", Flatten.pCollections()).setCoder(RejectedCoder.of());
  }

  /**
   * {@return the account of every declared stage, from the counters of a run}
   *
   * @param metrics of a run that has ended, or goes on
   */
  public Ledger ledger(MetricResults metrics) {
    Ledger ledger = new Ledger();
    stages.forEach(ledger::declare);
    MetricsFilter ours =
        MetricsFilter.builder()
            .addNameFilter(MetricNameFilter.inNamespace(Outcomes.NAMESPACE))
            .build();
    for (MetricResult<Long> result : metrics.queryMetrics(ours).getCounters()) {
      Optional<Outcomes.CounterName> parsed =
          Outcomes.CounterName.parse(result.getName().getName());
      // A transform that was given no Rejects counts too, but fails at its first reject.
      if (parsed.isPresent() && ledger.isDeclared(parsed.get().stage())) {
        Outcomes.CounterName name = parsed.get();
        if (name.isIn()) {
          ledger.addIn(name.stage(), count(result));
        } else {
          ledger.addOutcome(name.stage(), name.outcome(), count(result));
        }
      }
    }
    return ledger;
  }

  /**
   * {@return the account from what the stages have told, which is exact whatever the runner has
   * repeated} If some stage that has counted has not told it, all are from the counters: an account
   * of both would not add up.
   *
   * @param metrics of a run that has ended, or goes on
   * @param told all elements of {@link #counts}
   */
  public Ledger ledger(MetricResults metrics, Iterable<StageCount> told) {
    Ledger counted = ledger(metrics);
    Ledger exact = new Ledger();
    stages.forEach(exact::declare);
    for (StageCount each : told) {
      if (each.outcome().equals(StageCount.IN)) {
        exact.addIn(each.stage(), each.n());
      } else {
        exact.addOutcome(each.stage(), each.outcome(), each.n());
      }
    }
    for (int i = 0; i < stages.size(); i++) {
      if (counted.stages().get(i).in() > 0 && exact.stages().get(i).in() == 0) {
        return counted;
      }
    }
    return exact;
  }

  /**
   * {@return the stage whose survivors a stage takes; empty if it takes others}
   *
   * @param stage the name of one that was declared before
   */
  public String before(String stage) {
    return stages.stream()
        .filter(each -> each.name().equals(stage))
        .map(Ledger.Stage::after)
        .findFirst()
        .orElse("");
  }

  private void refuseIfTaken() {
    if (taken) {
      throw new IllegalStateException("All rejects of this pipeline have been taken already");
    }
  }

  /** Committed counts where the runner has them; Flink and Spark have attempted ones only. */
  private static long count(MetricResult<Long> result) {
    Long committed = result.getCommittedOrNull();
    return committed != null ? committed : result.getAttempted();
  }

  PayloadHash payloadHash() {
    return hash;
  }

  void declare(String stage, String unit, String after) {
    if (stages.stream().anyMatch(s -> s.name().equals(stage))) {
      throw new IllegalArgumentException(
          "Stage '" + stage + "' is in this pipeline twice; give one of them another name");
    }
    stages.add(new Ledger.Stage(stage, unit, after));
  }
}
