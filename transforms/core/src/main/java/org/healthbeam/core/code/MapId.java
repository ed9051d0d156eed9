package org.healthbeam.core.code;

import java.util.Objects;

/**
 * Which map: its canonical URL and its business version, empty if it has none.
 *
 * @param url canonical URL, or the file's name for a map that has no URL
 * @param version as the map states it
 */
public record MapId(String url, String version) {

  public MapId {
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(version, "version");
  }

  /** Reads {@code url|version}; without a bar there is no version. */
  public static MapId parse(String canonical) {
    int bar = canonical.indexOf('|');
    return bar < 0
        ? new MapId(canonical, "")
        : new MapId(canonical.substring(0, bar), canonical.substring(bar + 1));
  }

  /** Returns the identity of a map that has no URL: the name of its file, without the folders. */
  public static MapId ofFile(String file, String version) {
    int slash = Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\'));
    return new MapId(file.substring(slash + 1), version);
  }

  @Override
  public String toString() {
    return version.isEmpty() ? url : url + "|" + version;
  }
}
