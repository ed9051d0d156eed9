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
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.healthbeam.core.outcome.Ledger;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.outcome.Rejected;

/**
 * Collects the rejects and the declared stages of one pipeline while it is built.
 *
 * <p>Pass the same one to every transform with {@code rejectedTo}, write {@link #all} at the end,
 * and read the {@link #ledger} when the pipeline has run.
 */
public final class Rejects {
  private final PayloadHash hash;
  private final List<Ledger.Stage> stages = new ArrayList<>();
  private final List<PCollection<Rejected>> collections = new ArrayList<>();
  private boolean taken;

  private Rejects(PayloadHash hash) {
    this.hash = hash;
  }

  /** Returns an empty collection of rejects whose payload hashes are made by {@code hash}. */
  public static Rejects with(PayloadHash hash) {
    return new Rejects(hash);
  }

  /**
   * Adds the rejects of one transform.
   *
   * @throws IllegalStateException after {@link #all}: they would be lost
   */
  public void add(PCollection<Rejected> rejected) {
    refuseIfTaken();
    collections.add(rejected);
  }

  /** Adds the rejects of one transform if there is somewhere to add them. */
  public static void collect(@Nullable Rejects rejects, PCollection<Rejected> rejected) {
    if (rejects != null) {
      rejects.add(rejected);
    }
  }

  /**
   * Returns all rejects of the pipeline, in the global window; once, after the last {@link #add}.
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

  /** Returns the account of every declared stage, from the counters of a run. */
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
