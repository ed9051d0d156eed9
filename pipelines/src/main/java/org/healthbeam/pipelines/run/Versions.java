package org.healthbeam.pipelines.run;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.beam.sdk.util.ReleaseInfo;

/** What a run was made with. */
public final class Versions {
  private Versions() {}

  /** {@return our own version: that of the jar, or {@code development} outside of one} */
  public static String healthBeam() {
    return Objects.requireNonNullElse(
        Versions.class.getPackage().getImplementationVersion(), "development");
  }

  static Map<String, String> of(RunnerAdapter runner) {
    Map<String, String> versions = new TreeMap<>(runner.versions());
    versions.put("healthbeam", healthBeam());
    versions.put("beam", ReleaseInfo.getReleaseInfo().getSdkVersion());
    versions.put("java", System.getProperty("java.version", ""));
    versions.put("os", System.getProperty("os.name", "") + " " + System.getProperty("os.arch", ""));
    return versions;
  }
}
