package org.healthbeam.transforms.outcome;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn.OutputReceiver;
import org.apache.beam.sdk.values.TupleTag;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.Rejected;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.outcome.StageLedger;

/**
 * Counts what goes into a stage and what becomes of it; the one place where that is counted.
 *
 * <p>A DoFn keeps one as a field, calls {@link #in} once for each input and then exactly one of
 * {@link #out} and {@link #reject}. The counts are Beam counters in the namespace {@value
 * #NAMESPACE}, named {@code stage|in} and {@code stage|outcome}, from which {@link Rejects} makes
 * the ledger of the run.
 */
public final class Outcomes implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The namespace of the counters. */
  public static final String NAMESPACE = "healthbeam";

  /** The usual outcome of what is passed on. */
  public static final String PASSED = "passed";

  /** The output that takes a stage's rejects. */
  public static final TupleTag<Rejected> REJECTED =
      new TupleTag<Rejected>("rejected") {
        private static final long serialVersionUID = 1L;
      };

  private static final char SEPARATOR = '|';
  private static final String IN = "in";

  private final String stage;
  private final PayloadHash hash;
  private final boolean collected;
  private transient Map<String, Counter> counters;

  private Outcomes(String stage, PayloadHash hash, boolean collected) {
    this.stage = stage;
    this.hash = hash;
    this.collected = collected;
  }

  /**
   * Returns the counters of a stage of a transform that is being expanded.
   *
   * @param rejects where rejects go, or null: then the first reject fails the bundle, since nothing
   *     may be lost without being asked for
   * @param stage unique within a pipeline
   * @param unit what is counted, in the plural
   * @param after the stage whose survivors are this one's input, or empty if the unit changes
   */
  public static Outcomes declare(
      @javax.annotation.Nullable Rejects rejects, String stage, String unit, String after) {
    if (stage.indexOf(SEPARATOR) >= 0) {
      throw new IllegalArgumentException("stage '" + stage + "' contains " + SEPARATOR);
    }
    if (rejects == null) {
      return new Outcomes(stage, PayloadHash.salted(), false);
    }
    rejects.declare(stage, unit, after);
    return new Outcomes(stage, rejects.payloadHash(), true);
  }

  /** Returns the stage's name. */
  public String stage() {
    return stage;
  }

  /** Counts one input. */
  public void in() {
    in(1);
  }

  /** Counts inputs. */
  public void in(long n) {
    counter(IN).inc(n);
  }

  /** Counts one input as passed on. */
  public void out() {
    out(PASSED, 1);
  }

  /** Counts one input as ended in this outcome. */
  public void out(String outcome) {
    out(outcome, 1);
  }

  /** Counts inputs as ended in this outcome. */
  public void out(String outcome, long n) {
    counter("=" + outcome).inc(n);
  }

  /** Counts one input as rejected and emits the {@link Rejected}. */
  public void reject(OutputReceiver<Rejected> receiver, RejectedException why, InputRecord record) {
    reject(
        receiver, why.reason(), why.detail(), record.source(), record.position(), record.bytes());
  }

  /**
   * Counts one input as rejected and emits the {@link Rejected}.
   *
   * @throws UncollectedRejectException if the transform was given no {@link Rejects}
   */
  public void reject(
      OutputReceiver<Rejected> receiver,
      RejectReason reason,
      String detail,
      String source,
      String position,
      byte[] payload) {
    counter("=" + StageLedger.REJECTED + reason.code()).inc();
    Rejected rejected =
        new Rejected(stage, reason, detail, source, position, hash.hash(source, position, payload));
    if (!collected) {
      throw new UncollectedRejectException(rejected);
    }
    receiver.output(rejected);
  }

  private Counter counter(String name) {
    if (counters == null) {
      counters = new HashMap<>();
    }
    return counters.computeIfAbsent(name, n -> Metrics.counter(NAMESPACE, stage + SEPARATOR + n));
  }

  /** A counter's name, taken apart. */
  record CounterName(String stage, boolean isIn, String outcome) {
    static CounterName parse(String name) {
      int at = name.indexOf(SEPARATOR);
      String what = name.substring(at + 1);
      return what.equals(IN)
          ? new CounterName(name.substring(0, at), true, "")
          : new CounterName(name.substring(0, at), false, what.substring(1));
    }
  }
}
