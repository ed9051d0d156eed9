package org.healthbeam.core.code;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which map: its canonical URL and its business version, empty if it has none.
 *
 * @param url canonical URL, or the file's name for a map that has no URL
 * @param version as the map states it
 */
public record MapId(String url, String version) {
  /** Names stand in every translation, so they are short. */
  private static final int LONGEST_NAME = 255;

  /**
   * Refuses what is null; an empty version is none.
   *
   * @param url canonical URL, or the file's name for a map that has no URL
   * @param version as the map states it
   */
  public MapId {
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(version, "version");
  }

  /**
   * Reads {@code url|version}; without a bar there is no version.
   *
   * @param canonical as FHIR writes references to maps
   * @return the identity; with an empty version if none is named
   */
  public static MapId parse(String canonical) {
    int bar = canonical.indexOf('|');
    return bar < 0
        ? new MapId(canonical, "")
        : new MapId(canonical.substring(0, bar), canonical.substring(bar + 1));
  }

  /**
   * {@return the identity of a map that has no URL: the name of its file, without the folders}
   *
   * @param file with its folders or without
   * @param version as the map states it; may be empty
   */
  public static MapId ofFile(String file, String version) {
    int slash = Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\'));
    return new MapId(file.substring(slash + 1), version);
  }

  /** {@return the name of a set of maps: {@link CodeMap#name}} */
  static String nameOf(Set<MapId> ids) {
    String all = ids.stream().map(MapId::toString).sorted().collect(Collectors.joining(" "));
    if (all.length() <= LONGEST_NAME) {
      return all;
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return "sha256:" + HexFormat.of().formatHex(digest.digest(all.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("The Java platform lacks SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return version.isEmpty() ? url : url + "|" + version;
  }
}
