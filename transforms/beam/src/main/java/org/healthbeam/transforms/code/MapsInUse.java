package org.healthbeam.transforms.code;

import java.io.IOException;
import java.io.Serializable;
import java.util.Map;
import java.util.Objects;
import javax.annotation.Nullable;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.PCollectionView;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.InvalidMapException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The maps that a step works with: those that the pipeline was built with, or the latest that are
 * watched. A version that cannot be loaded here, though it could where it was found, is not taken
 * while there is another.
 */
final class MapsInUse implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(MapsInUse.class);
  private static final String VIEW = "maps";

  @Nullable private final CodeMaps fixed;
  @Nullable private final PCollectionView<CodeMaps> watched;
  @Nullable private transient CodeMaps seen;
  @Nullable private transient CodeMap loaded;

  private MapsInUse(@Nullable CodeMaps fixed, @Nullable PCollectionView<CodeMaps> watched) {
    this.fixed = fixed;
    this.watched = watched;
  }

  static MapsInUse fixed(CodeMaps maps) {
    return new MapsInUse(Objects.requireNonNull(maps, "maps"), null);
  }

  static MapsInUse latestOf(PCollectionView<CodeMaps> maps) {
    return new MapsInUse(null, Objects.requireNonNull(maps, "maps"));
  }

  boolean isFixed() {
    return fixed != null;
  }

  /** Returns the maps that the pipeline was built with. */
  CodeMap fixed() throws InvalidMapException, IOException {
    if (loaded == null) {
      loaded = Objects.requireNonNull(fixed).load();
    }
    return loaded;
  }

  /** Returns the view by name; none if the maps are fixed. */
  Map<String, PCollectionView<?>> sideInputs() {
    return watched == null ? Map.of() : Map.of(VIEW, watched);
  }

  /** Returns the maps for this element; the same object until there are others. */
  CodeMap of(DoFn<?, ?>.ProcessContext context) throws InvalidMapException, IOException {
    if (watched == null) {
      return fixed();
    }
    CodeMaps latest = context.sideInput(watched);
    if (loaded == null) {
      loaded = latest.load();
    } else if (!latest.equals(seen)) {
      try {
        loaded = latest.load();
      } catch (InvalidMapException | IOException | RuntimeException e) {
        Metrics.counter(MapsInUse.class, "versions that could not be loaded").inc();
        LOG.warn("A new version of the code maps is not taken: {}", e.getMessage());
      }
    }
    seen = latest;
    return loaded;
  }
}
