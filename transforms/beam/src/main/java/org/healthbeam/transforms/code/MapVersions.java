package org.healthbeam.transforms.code;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.metrics.Gauge;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.MapId;
import org.healthbeam.core.code.VersionNumber;
import org.healthbeam.transforms.outcome.StageMetrics;

/**
 * Shows which versions of code maps a worker uses: {@code Code maps|maps}, how many there are, and
 * of each whose version {@linkplain VersionNumber is a number} {@code Code maps|version_of_URL},
 * the latest if several are there.
 */
public final class MapVersions {
  static final String STAGE = "Code maps";

  /** A FHIR package may have hundreds: of more than these the first ones are shown. */
  private static final int MOST = 20;

  private static final Gauge MAPS = StageMetrics.gauge(STAGE, "maps");

  private final CodeMap maps;
  private final Map<Gauge, Long> versions = new HashMap<>();

  /**
   * Takes the versions of all maps in a compiled one.
   *
   * @param maps that are in use
   */
  public MapVersions(CodeMap maps) {
    this.maps = maps;
    Map<String, Long> byUrl = new TreeMap<>();
    for (MapId map : maps.ids()) {
      VersionNumber.of(map.version())
          .ifPresent(number -> byUrl.merge(map.url(), number, Math::max));
    }
    byUrl.entrySet().stream()
        .limit(MOST)
        .forEach(
            map ->
                versions.put(
                    StageMetrics.gauge(STAGE, "version_of_" + map.getKey()), map.getValue()));
  }

  @SuppressWarnings("ReferenceEquality")
  boolean areOf(CodeMap other) {
    return maps == other;
  }

  /** Tells the runner; to be called at the end of each bundle. */
  public void show() {
    MAPS.set(maps.ids().size());
    versions.forEach(Gauge::set);
  }
}
