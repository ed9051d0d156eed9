package org.healthbeam.transforms.outcome;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javax.annotation.Nullable;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.MetricName;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.metrics.MetricsEnvironment;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.DoFn.OutputReceiver;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
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
 * #NAMESPACE}, named {@code stage|in} and {@code stage|=outcome}, from which {@link Rejects} makes
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

  /**
   * The output that takes what a stage has counted, beside the counters, for a runner whose
   * counters count work twice that it repeats. Rejects are not in it: they are elements.
   */
  public static final TupleTag<StageCount> COUNTED =
      new TupleTag<StageCount>("counted") {
        private static final long serialVersionUID = 1L;
      };

  private static final char SEPARATOR = '|';
  private static final String IN = "in";
  private static final char OUTCOME = '=';

  private final String stage;
  private final PayloadHash hash;
  private final boolean collected;
  private final boolean tells;
  private final boolean byBundles;

  /** Whether counts wait for the end of the bundle. */
  private transient boolean held;

  @Nullable private transient Count inputs;
  @Nullable private transient Map<String, Count> outcomes;
  @Nullable private transient Count passed;
  @Nullable private transient BoundedWindow window;

  private Outcomes(
      String stage, PayloadHash hash, boolean collected, boolean tells, boolean byBundles) {
    this.stage = stage;
    this.hash = hash;
    this.collected = collected;
    this.tells = tells;
    this.byBundles = byBundles;
  }

  /**
   * {@return the counters of a stage of a transform that is being expanded}
   *
   * @param rejects where rejects go, or null: then the first reject fails the bundle, since nothing
   *     may be lost without being asked for
   * @param stage unique within a pipeline
   * @param unit what is counted, in the plural
   * @param after the stage whose survivors are this one's input, or empty if the unit changes
   */
  public static Outcomes declare(
      @Nullable Rejects rejects, String stage, String unit, String after) {
    if (stage.isEmpty() || stage.indexOf(SEPARATOR) >= 0) {
      throw new IllegalArgumentException("stage '" + stage + "' is empty or contains " + SEPARATOR);
    }
    if (rejects == null) {
      return new Outcomes(stage, PayloadHash.salted(), false, false, false);
    }
    rejects.declare(stage, unit, after);
    return new Outcomes(stage, rejects.payloadHash(), true, rejects.tellsCounts(), false);
  }

  /** {@return the stage's name} */
  public String stage() {
    return stage;
  }

  /**
   * {@return these counters for a step that {@linkplain #begin begins} each bundle with them and
   * {@linkplain #tell(DoFn.FinishBundleContext) tells} at its end what it counts; as data only if
   * its input is in the global window} The runner hears of its counts at the end of the bundle, or
   * of many at once, since that costs more than many an input does.
   *
   * @param input of the step
   */
  public Outcomes byBundlesOf(PCollection<?> input) {
    boolean global = input.getWindowingStrategy().getWindowFn() instanceof GlobalWindows;
    return new Outcomes(stage, hash, collected, tells && global, true);
  }

  /**
   * {@return the outputs of a step, with {@link #COUNTED} if it is to tell what it counts}
   *
   * @param others of the step itself
   */
  public TupleTagList outputs(TupleTag<?>... others) {
    TupleTagList tags = TupleTagList.empty();
    for (TupleTag<?> other : others) {
      tags = tags.and(other);
    }
    return tells ? tags.and(COUNTED) : tags;
  }

  /** Counts one input. */
  public void in() {
    in(1);
  }

  /**
   * As {@link #in(long)}, where what the bundle has counted can be told in this window.
   *
   * @param n from 0
   * @param window of the inputs
   */
  public void in(long n, BoundedWindow window) {
    this.window = window;
    in(n);
  }

  /**
   * Counts inputs.
   *
   * @param n from 0
   */
  public void in(long n) {
    if (inputs == null) {
      inputs = counter(IN);
    }
    inputs.inc(n);
  }

  /** Counts one input as passed on. */
  public void out() {
    if (passed == null) {
      passed = outcome(PASSED);
    }
    passed.inc(1);
  }

  /**
   * Counts one input as ended in this outcome.
   *
   * @param outcome in lower case, and no reject
   */
  public void out(String outcome) {
    out(outcome, 1);
  }

  /**
   * Counts inputs as ended in this outcome, which is not a reject.
   *
   * @param outcome in lower case, and no reject
   * @param n from 0
   */
  public void out(String outcome, long n) {
    if (outcome.startsWith(StageLedger.REJECTED)) {
      throw new IllegalArgumentException("'" + outcome + "' is a reject; call reject(...)");
    }
    outcome(outcome).inc(n);
  }

  /**
   * Counts one input as rejected and emits the {@link Rejected}.
   *
   * @param receiver takes the reject
   * @param why the reason, with a detail that quotes nothing
   * @param record that could not be used
   */
  public void reject(OutputReceiver<Rejected> receiver, RejectedException why, InputRecord record) {
    reject(
        receiver, why.reason(), why.detail(), record.source(), record.position(), record.bytes());
  }

  /**
   * Counts one input as rejected and emits the {@link Rejected}.
   *
   * @param receiver takes the reject
   * @param reason by which it is counted
   * @param detail a sentence that quotes nothing
   * @param source the file or topic
   * @param position in the source
   * @param payload of which a keyed hash is told
   * @throws UncollectedRejectException if the transform was given no {@link Rejects}
   */
  public void reject(
      OutputReceiver<Rejected> receiver,
      RejectReason reason,
      String detail,
      String source,
      String position,
      byte[] payload) {
    outcome(StageLedger.REJECTED + reason.code()).inc(1);
    Rejected rejected =
        new Rejected(stage, reason, detail, source, position, hash.hash(source, position, payload));
    if (!collected) {
      throw new UncollectedRejectException(rejected);
    }
    receiver.output(rejected);
  }

  /** Begins a piece of work; what one that failed has counted is forgotten. */
  public void begin() {
    forEach((outcome, count) -> count.forget());
    held = byBundles;
  }

  /**
   * Emits what was counted since {@link #begin}, at the end of the work, if the {@link Rejects}
   * want it told.
   *
   * @param receiver takes the counts
   */
  public void tell(OutputReceiver<StageCount> receiver) {
    tellTo(tells ? receiver::output : null);
  }

  /**
   * As {@link #tell(OutputReceiver)}, at the end of a bundle: in the last window of those that
   * something went {@linkplain #in(long, BoundedWindow) in} from, or else in the global window.
   *
   * @param <I> the type of the step's elements
   * @param <O> the type of the step's results
   * @param context of the bundle that ends
   */
  public <I, O> void tell(DoFn<I, O>.FinishBundleContext context) {
    held = false;
    forEach((outcome, count) -> count.flush());
    if (tells) {
      BoundedWindow last = window == null ? GlobalWindow.INSTANCE : window;
      tellTo(count -> context.output(COUNTED, count, last.maxTimestamp(), last));
    }
  }

  private void tellTo(@Nullable Consumer<StageCount> receiver) {
    forEach((outcome, count) -> count.tell(stage, outcome, receiver));
  }

  private void forEach(BiConsumer<String, Count> action) {
    if (inputs != null) {
      action.accept(StageCount.IN, inputs);
    }
    if (outcomes != null) {
      outcomes.forEach(action);
    }
  }

  /** {@return a count of many inputs, of which the runner is told at once} */
  public Tally tally() {
    return new Tally(this);
  }

  private Count outcome(String outcome) {
    if (outcomes == null) {
      outcomes = new HashMap<>();
    }
    Count count = outcomes.get(outcome);
    if (count == null) {
      count = counter(OUTCOME + outcome);
      outcomes.put(outcome, count);
    }
    return count;
  }

  private Count counter(String what) {
    return new Count(MetricName.named(NAMESPACE, stage + SEPARATOR + what));
  }

  /**
   * A counter of Beam's that is looked up once for each container (which a bundle or a step has),
   * not for each input.
   */
  private final class Count {
    private final MetricName name;
    @Nullable private MetricsContainer container;
    @Nullable private Counter counter;
    private long untold;
    private long unheard;

    Count(MetricName name) {
      this.name = name;
    }

    void tell(String stage, String outcome, @Nullable Consumer<StageCount> receiver) {
      // What did not happen is not told, as the runner is not told of it either.
      if (receiver != null && untold > 0 && !outcome.startsWith(StageLedger.REJECTED)) {
        receiver.accept(new StageCount(stage, outcome, untold));
      }
      untold = 0;
    }

    void forget() {
      untold = 0;
      unheard = 0;
    }

    void inc(long n) {
      untold += n;
      unheard += n;
      if (!held || unheard >= Tally.AT_ONCE) {
        flush();
      }
    }

    void flush() {
      if (unheard == 0) {
        return;
      }
      MetricsContainer current = MetricsEnvironment.getCurrentContainer();
      if (current != container) {
        container = current;
        counter = current == null ? null : current.getCounter(name);
      }
      if (counter != null) {
        counter.inc(unheard);
      }
      unheard = 0;
    }
  }

  /**
   * Counts inputs one by one and tells the runner of many at once, since telling it of each costs
   * more than many an input does: of every {@value #AT_ONCE}, so that progress shows, and with
   * {@link #flush}, which a DoFn calls before the end of the bundle. Rejects are told at once.
   */
  public static final class Tally {
    /** After so many inputs the runner is told. */
    static final int AT_ONCE = 1 << 13;

    private final Outcomes outcomes;
    private final Map<String, long[]> counts = new HashMap<>();
    private long inputs;
    private long passed;

    private Tally(Outcomes outcomes) {
      this.outcomes = outcomes;
    }

    /** Counts one input. */
    public void in() {
      if (inputs == AT_ONCE) {
        flush();
      }
      inputs++;
    }

    /** Counts one input as passed on. */
    public void out() {
      passed++;
    }

    /**
     * Counts one input as ended in this outcome.
     *
     * @param outcome in lower case, and no reject
     */
    public void out(String outcome) {
      long[] count = counts.get(outcome);
      if (count == null) {
        count = new long[1];
        counts.put(outcome, count);
      }
      count[0]++;
    }

    /** Tells the runner what was counted since the last time. */
    public void flush() {
      if (inputs > 0) {
        outcomes.in(inputs);
      }
      if (passed > 0) {
        outcomes.out(PASSED, passed);
      }
      counts.forEach((outcome, count) -> outcomes.out(outcome, count[0]));
      clear();
    }

    /** Forgets what was counted since the last time: of a bundle that failed. */
    public void clear() {
      inputs = 0;
      passed = 0;
      counts.clear();
    }
  }

  /** A counter's name, taken apart. */
  record CounterName(String stage, boolean isIn, String outcome) {

    /** {@return the parts; empty if the name is not one of ours} */
    static Optional<CounterName> parse(String name) {
      int at = name.indexOf(SEPARATOR);
      String what = name.substring(at + 1);
      if (at < 0) {
        return Optional.empty();
      } else if (what.equals(IN)) {
        return Optional.of(new CounterName(name.substring(0, at), true, ""));
      } else if (what.isEmpty() || what.charAt(0) != OUTCOME) {
        return Optional.empty();
      }
      return Optional.of(new CounterName(name.substring(0, at), false, what.substring(1)));
    }
  }
}
