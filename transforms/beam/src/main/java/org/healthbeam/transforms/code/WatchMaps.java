package org.healthbeam.transforms.code;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.annotation.Nullable;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Latest;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.PeriodicImpulse;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.outcome.Rejects;
import org.healthbeam.transforms.runner.RunnerNeed;
import org.healthbeam.transforms.runner.RunnerSupport;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the files of code maps, so that a new version takes effect without a restart.
 *
 * <p>Output: a view of the maps in use, one value in the global window, for {@link
 * Codes#map(PCollectionView)} and its like; the records keep their own windows and wait for the
 * first value only. A worker that cannot load a version keeps the one before and tries again, at
 * its next bundle and then after twice as many bundles each time; the stages {@code Load code maps
 * for ...} count both. Names, sizes and times of the files are looked at again and again, their
 * contents where one of these has changed, or may have without its being seen. Records that come to
 * a step before the new version does are mapped by the old one; every translation names the version
 * of its map.
 *
 * <p>The first version is read and checked where the pipeline is built, and a broken one stops it
 * there. Later a version that breaks a rule, or cannot be read, is refused with a line in the log
 * that names the file and the rule, and the one before stays in use. The looks are counted in the
 * run's ledger by their outcome, {@code taken}, {@code unchanged} or {@code refused}, if {@link
 * #countedIn} says where.
 *
 * <p>A worker that starts while a broken version lies there cannot load the one before any more,
 * and fails until the files are good again. A new version is best put there under a new name and
 * renamed when it is whole.
 *
 * <p>The looks never end, and so neither does the pipeline, until it is cancelled. On Flink
 * checkpoints must be on, as in the streaming profile: without them its runner shuts a source down
 * that has no more to give, and the clock behind it then runs in a busy loop.
 *
 * <p>Spark has no unbounded side inputs: the transform throws an {@link
 * UnsupportedOperationException} when the pipeline is built.
 *
 * <pre>{@code
 * PCollectionView<CodeMaps> maps =
 *     pipeline.apply("Watch maps", Codes.watch(List.of("maps/"), Duration.standardMinutes(5)));
 * PCollectionTuple mapped = resources.apply("Map codes", Codes.map(maps).rejectedTo(rejects));
 * }</pre>
 */
public final class WatchMaps extends PTransform<PBegin, PCollectionView<CodeMaps>> {
  private static final long serialVersionUID = 1L;
  static final String STAGE = "Watch code maps";

  private final ArrayList<String> patterns;
  private final SerializableFunction<CodeMaps, CodeMaps> choice;
  private final CodeMaps first;
  private final Duration every;
  @Nullable private final transient Rejects rejects;

  WatchMaps(List<String> patterns, Duration every, SerializableFunction<CodeMaps, CodeMaps> choice)
      throws InvalidMapException, IOException {
    this(patterns, choice, choice.apply(CodeMaps.find(patterns)).read(), every, null);
    if (every.getMillis() <= 0) {
      throw new IllegalArgumentException("every is " + every + "; it must be more than nothing");
    }
  }

  private WatchMaps(
      List<String> patterns,
      SerializableFunction<CodeMaps, CodeMaps> choice,
      CodeMaps first,
      Duration every,
      @Nullable Rejects rejects) {
    this.patterns = new ArrayList<>(patterns);
    this.choice = choice;
    this.first = first;
    this.every = Objects.requireNonNull(every, "every");
    this.rejects = rejects;
  }

  /**
   * {@return a copy that counts the looks in this pipeline's ledger}
   *
   * @param rejects take what is rejected
   */
  public WatchMaps countedIn(Rejects rejects) {
    return new WatchMaps(
        patterns, choice, first, every, Objects.requireNonNull(rejects, "rejects"));
  }

  @Override
  public PCollectionView<CodeMaps> expand(PBegin begin) {
    RunnerSupport.streaming(begin.getPipeline())
        .require(
            "Code maps cannot be watched",
            "Use CodeMaps.fromFiles, or run on Flink.",
            RunnerNeed.CHANGING_SIDE_INPUT,
            RunnerNeed.UNBOUNDED_SPLITTABLE);
    return onTicks(begin.apply("Tick", PeriodicImpulse.create().withInterval(every)));
  }

  /** Looks whenever there is a tick. */
  PCollectionView<CodeMaps> onTicks(PCollection<Instant> ticks) {
    Outcomes outcomes = Outcomes.declare(rejects, STAGE, "looks", "");
    return latest(
        ticks
            .apply(
                "One key", WithKeys.<String, Instant>of("").withKeyType(TypeDescriptors.strings()))
            .setCoder(KvCoder.of(StringUtf8Coder.of(), ticks.getCoder()))
            .apply("Look", ParDo.of(new Look(patterns, choice, first, outcomes)))
            .setCoder(CodeMapsCoder.of()));
  }

  /** {@return the latest of versions that come one after another} */
  static PCollectionView<CodeMaps> latest(PCollection<CodeMaps> versions) {
    return versions
        .apply(
            "Each at once",
            Window.<CodeMaps>into(new GlobalWindows())
                .triggering(Repeatedly.forever(AfterPane.elementCountAtLeast(1)))
                // At the end of all ticks an empty pane would take the maps away.
                .withOnTimeBehavior(Window.OnTimeBehavior.FIRE_IF_NON_EMPTY)
                .withAllowedLateness(Duration.ZERO)
                .discardingFiredPanes())
        .apply("Latest", Latest.globally())
        .apply("View", View.asSingleton());
  }

  static final class Look extends DoFn<KV<String, Instant>, CodeMaps> {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(WatchMaps.class);

    @StateId("maps")
    private final StateSpec<ValueState<CodeMaps>> mapsSpec = StateSpecs.value(CodeMapsCoder.of());

    @StateId("listing")
    private final StateSpec<ValueState<String>> listingSpec =
        StateSpecs.value(StringUtf8Coder.of());

    private final ArrayList<String> patterns;
    private final SerializableFunction<CodeMaps, CodeMaps> choice;
    private final CodeMaps first;
    private final Outcomes outcomes;

    // Shared maps live as long as somebody has them: those that were checked are not read again.
    @SuppressWarnings("UnusedVariable")
    @Nullable
    private transient CodeMap kept;

    Look(
        List<String> patterns,
        SerializableFunction<CodeMaps, CodeMaps> choice,
        CodeMaps first,
        Outcomes outcomes) {
      this.patterns = new ArrayList<>(patterns);
      this.choice = choice;
      this.first = first;
      this.outcomes = outcomes;
    }

    @ProcessElement
    public void process(
        @Element KV<String, Instant> tick,
        @StateId("maps") ValueState<CodeMaps> maps,
        @StateId("listing") ValueState<String> listing,
        OutputReceiver<CodeMaps> out) {
      outcomes.in();
      CodeMaps inUse = maps.read();
      CodeMaps next = inUse == null ? first : inUse;
      String outcome = "unchanged";
      MapListing now = null;
      try {
        now = MapListing.of(patterns, tick.getValue());
        if (!now.text().equals(listing.read())) {
          CodeMaps found = choice.apply(CodeMaps.find(patterns));
          if (inUse == null || !found.equals(inUse)) {
            kept = found.load();
            next = found;
            outcome = "taken";
          }
          remember(now, listing);
        }
      } catch (InvalidMapException e) {
        outcome = refused(e);
        remember(now, listing);
      } catch (IOException | RuntimeException e) {
        outcome = refused(e);
      }
      outcomes.out(outcome);
      if (inUse == null || !next.equals(inUse)) {
        maps.write(next);
        out.output(next);
      }
    }

    /** So that files that have not changed since are neither read nor refused again. */
    private static void remember(@Nullable MapListing now, ValueState<String> listing) {
      if (now != null && now.isSettled()) {
        listing.write(now.text());
      }
    }

    private static String refused(Exception why) {
      LOG.warn("The code maps that are there now are not taken: {}", why.getMessage());
      return "refused";
    }
  }
}
