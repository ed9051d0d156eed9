package org.healthbeam.core.code;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which of two versions of a map is the later one, as far as it can be told from how they are
 * written: numbers, dates and semantic versions, part by part, and releases named by a number and
 * letters ({@code 2026AA}). A part that says pre-release ({@code 1.0.0-beta}) comes before what it
 * precedes. What is after a plus sign does not count. Digests have no order.
 *
 * <p>Source: FHIR R5, {@code versionAlgorithm[x]}; Semantic Versioning 2.0.0, section 11.
 */
final class VersionOrder {
  private static final Pattern PART = Pattern.compile("[0-9]+|[A-Za-z]+");
  private static final Pattern VERSION =
      Pattern.compile("[vV]?([0-9A-Za-z]+(?:[.\\-_:][0-9A-Za-z]+)*)(?:\\+.*)?");
  private static final Pattern PRE_RELEASE = Pattern.compile("-(?=[A-Za-z])");

  private VersionOrder() {}

  /**
   * Chooses the latest version of each map.
   *
   * @return {@code url|version} for each url
   * @throws InvalidMapException if it cannot be told which of two is the later one
   */
  static List<String> latest(Collection<MapId> maps) throws InvalidMapException {
    Map<String, MapId> byUrl = new LinkedHashMap<>();
    for (MapId map : maps) {
      MapId other = byUrl.get(map.url());
      if (other == null) {
        byUrl.put(map.url(), map);
        continue;
      }
      OptionalInt order = compare(map.version(), other.version());
      if (order.isEmpty()) {
        throw new InvalidMapException(
            "The map "
                + map.url()
                + " is there in the versions "
                + shown(other)
                + " and "
                + shown(map)
                + ", of which it cannot be told which is the later one");
      }
      if (order.getAsInt() > 0) {
        byUrl.put(map.url(), map);
      }
    }
    return byUrl.values().stream().map(MapId::toString).toList();
  }

  private static String shown(MapId map) {
    return map.version().isEmpty() ? "(none)" : map.version();
  }

  /** Compares two different versions; empty if it cannot be told which is the later one. */
  static OptionalInt compare(String a, String b) {
    Matcher first = VERSION.matcher(a);
    Matcher second = VERSION.matcher(b);
    if (!first.matches() || !second.matches() || isDigest(a) || isDigest(b)) {
      return OptionalInt.empty();
    }
    String[] x = PRE_RELEASE.split(first.group(1), 2);
    String[] y = PRE_RELEASE.split(second.group(1), 2);
    OptionalInt release = compareParts(x[0], y[0]);
    if (release.isEmpty() || release.getAsInt() != 0) {
      return release;
    }
    OptionalInt before =
        x.length == y.length && x.length == 2
            ? compareParts(x[1], y[1])
            : OptionalInt.of(y.length - x.length);
    // Equal in all parts, but written otherwise.
    return before.isPresent() && before.getAsInt() == 0 ? OptionalInt.empty() : before;
  }

  private static boolean isDigest(String version) {
    return version.startsWith("sha256:");
  }

  private static OptionalInt compareParts(String a, String b) {
    List<String> x = parts(a);
    List<String> y = parts(b);
    for (int i = 0; i < Math.min(x.size(), y.size()); i++) {
      boolean isNumber = isNumber(x.get(i));
      if (isNumber != isNumber(y.get(i))) {
        return OptionalInt.empty();
      }
      int order =
          isNumber
              ? new BigInteger(x.get(i)).compareTo(new BigInteger(y.get(i)))
              : x.get(i).compareTo(y.get(i));
      if (order != 0) {
        return OptionalInt.of(order);
      }
    }
    List<String> longer = x.size() > y.size() ? x : y;
    int common = Math.min(x.size(), y.size());
    if (longer.size() > common && !isNumber(longer.get(common))) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(x.size() - y.size());
  }

  private static boolean isNumber(String part) {
    return part.charAt(0) <= '9';
  }

  private static List<String> parts(String version) {
    List<String> parts = new ArrayList<>();
    Matcher part = PART.matcher(version);
    while (part.find()) {
      parts.add(part.group());
    }
    return parts;
  }
}
