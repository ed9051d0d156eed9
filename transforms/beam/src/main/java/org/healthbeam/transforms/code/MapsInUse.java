package org.healthbeam.transforms.code;

import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import java.util.Objects;
import javax.annotation.Nullable;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapDiff;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.outcome.Rejects;
import org.healthbeam.transforms.runner.RunnerNeed;
import org.healthbeam.transforms.runner.RunnerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The maps that a step works with: those that the pipeline was built with, or the latest that are
 * watched. A version that cannot be loaded here, though it could where it was found, is not taken
 * while there is another, and is tried again: at the next bundle, and where that fails too, after
 * twice as many bundles each time.
 */
final class MapsInUse implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(MapsInUse.class);
  private static final String VIEW = "maps";
  private static final String LOADED = "loaded";
  private static final String NOT_LOADED = "not-loaded";

  /** The longest pause between two attempts, in bundles: there is no clock here. */
  private static final int LONGEST_PAUSE = 1 << 10;

  @Nullable private final CodeMaps fixed;
  @Nullable private final PCollectionView<CodeMaps> watched;
  @Nullable private final Outcomes loads;
  @Nullable private transient CodeMaps seen;
  @Nullable private transient CodeMap loaded;
  @Nullable private transient MapVersions versions;
  private transient int pause;
  private transient int bundlesToWait;

  private MapsInUse(
      @Nullable CodeMaps fixed,
      @Nullable PCollectionView<CodeMaps> watched,
      @Nullable Outcomes loads) {
    this.fixed = fixed;
    this.watched = watched;
    this.loads = loads;
  }

  static MapsInUse fixed(CodeMaps maps) {
    return new MapsInUse(Objects.requireNonNull(maps, "maps"), null, null);
  }

  static MapsInUse latestOf(PCollectionView<CodeMaps> maps) {
    return new MapsInUse(null, Objects.requireNonNull(maps, "maps"), null);
  }

  /** Counts the versions that a stage loads in this pipeline's ledger, in a stage of their own. */
  MapsInUse countedIn(@Nullable Rejects rejects, String stage) {
    return isFixed()
        ? this
        : new MapsInUse(
            null, watched, Outcomes.declare(rejects, "Load code maps for " + stage, "loads", ""));
  }

  boolean isFixed() {
    return fixed != null;
  }

  /**
   * {@return earlier maps, to compare these with}
   *
   * @throws IllegalStateException if these are watched
   */
  CodeMaps earlier(CodeMaps earlier) {
    if (!isFixed()) {
      throw new IllegalStateException("changedSince needs maps that are not watched");
    }
    return Objects.requireNonNull(earlier, "earlier");
  }

  /** {@return the maps that the pipeline was built with} */
  CodeMap fixed() throws InvalidMapException, IOException {
    if (loaded == null) {
      loaded = Objects.requireNonNull(fixed).load();
    }
    return loaded;
  }

  /**
   * Loads the maps where they are known before the first element; to be called in {@code @Setup}.
   *
   * @return what they change; null if they are not compared with others
   */
  @Nullable
  MapDiff changesSince(@Nullable CodeMaps earlier) throws InvalidMapException, IOException {
    if (!isFixed()) {
      return null;
    }
    CodeMap now = fixed();
    return earlier == null ? null : MapDiff.between(earlier.load(), now);
  }

  /**
   * {@return the view by name; none if the maps are fixed} To be called where the pipeline is
   * built.
   *
   * @throws UnsupportedOperationException if the view is one that changes, whoever made it, and the
   *     runner has no such side inputs
   */
  Map<String, PCollectionView<?>> sideInputs() {
    if (watched == null) {
      return Map.of();
    }
    PCollection<?> versions = watched.getPCollection();
    if (versions != null) {
      RunnerSupport.of(versions)
          .require(
              "A view of code maps that changes cannot be used",
              "Use CodeMaps.fromFiles, or run on Flink.",
              RunnerNeed.CHANGING_SIDE_INPUT);
    }
    return Map.of(VIEW, watched);
  }

  /**
   * To be called at the start of each bundle: a version that failed may be tried again, and one
   * whose file was written over is loaded anew.
   */
  void startBundle() {
    if (loaded != null && loaded.hasChanged()) {
      if (isFixed()) {
        loaded.requireUnchanged();
      }
      loaded = null;
    }
    bundlesToWait = Math.max(0, bundlesToWait - 1);
  }

  /**
   * To be called at the end of each bundle, whose answers do not count if a file was written over.
   *
   * @throws IllegalStateException if so
   */
  void finishBundle() {
    if (loaded != null) {
      loaded.requireUnchanged();
      if (versions == null || !versions.areOf(loaded)) {
        versions = new MapVersions(loaded);
      }
      versions.show();
    }
  }

  /** {@return the maps for this element; the same object until there are others} */
  CodeMap of(DoFn<?, ?>.ProcessContext context) throws InvalidMapException, IOException {
    if (watched == null) {
      return fixed();
    }
    CodeMaps latest = context.sideInput(watched);
    if (loaded == null) {
      loaded = latest.load();
      seen = latest;
      count(LOADED);
    } else if (!latest.equals(seen) && bundlesToWait == 0) {
      loaded.requireUnchanged();
      try {
        loaded = latest.load();
        seen = latest;
        pause = 0;
        count(LOADED);
      } catch (InvalidMapException | IOException | RuntimeException e) {
        pause = Math.min(LONGEST_PAUSE, Math.max(1, 2 * pause));
        bundlesToWait = pause;
        count(NOT_LOADED);
        LOG.warn("A new version of the code maps is not taken yet: {}", e.getMessage());
      }
    }
    return loaded;
  }

  private void count(String outcome) {
    if (loads != null) {
      loads.in();
      loads.out(outcome);
    }
  }
}
