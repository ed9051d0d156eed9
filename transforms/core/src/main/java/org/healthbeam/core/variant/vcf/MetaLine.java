package org.healthbeam.core.variant.vcf;

import java.util.ArrayList;
import java.util.List;
import javax.annotation.Nullable;

/**
 * One line {@code ##kind=value} of a header, and the pairs of its value if that is in angle
 * brackets.
 *
 * <p>Source: VCF 4.2, section 1.2: quotes within quotes and backslashes have a backslash before
 * them. VCF 4.3, 1.4.8: a list in square brackets may have commas.
 *
 * @param kind what stands before the equals sign
 * @param value what stands after it
 * @param pairs the pairs, or null if the value is no list of pairs in angle brackets
 */
record MetaLine(String kind, String value, @Nullable List<Pair> pairs) {

  /** A key, its value without quotes, and whether it was in quotes. */
  record Pair(String key, String value, boolean quoted) {}

  /** {@return a line that begins with ##, or null if it is not {@code ##key=value}} */
  @Nullable
  static MetaLine parse(String line) {
    int equal = line.indexOf('=');
    if (equal <= 2 || equal == line.length() - 1) {
      return null;
    }
    String value = line.substring(equal + 1);
    return new MetaLine(line.substring(2, equal), value, pairsOf(value));
  }

  /** {@return the pair with this key, or null} */
  @Nullable
  Pair get(String key) {
    if (pairs != null) {
      for (Pair pair : pairs) {
        if (pair.key().equals(key)) {
          return pair;
        }
      }
    }
    return null;
  }

  @Nullable
  private static List<Pair> pairsOf(String value) {
    int end = value.length() - 1;
    if (end < 1 || value.charAt(0) != '<' || value.charAt(end) != '>') {
      return null;
    }
    List<Pair> pairs = new ArrayList<>();
    int at = 1;
    while (at <= end) {
      int equal = value.indexOf('=', at);
      if (equal <= at || equal >= end || value.substring(at, equal).indexOf(',') >= 0) {
        return null;
      }
      int stop = endOfValue(value, equal + 1, end);
      if (stop < 0) {
        return null;
      }
      boolean quoted = value.charAt(equal + 1) == '"';
      pairs.add(
          new Pair(
              value.substring(at, equal),
              quoted ? value.substring(equal + 2, stop - 1) : value.substring(equal + 1, stop),
              quoted));
      at = stop + 1;
    }
    return pairs;
  }

  /** {@return where the comma or the last bracket after a value is, or -1 if there is none} */
  private static int endOfValue(String value, int from, int end) {
    char first = value.charAt(from);
    int at = from;
    if (first == '"') {
      at = closingQuote(value, from + 1, end) + 1;
    } else if (first == '[') {
      at = value.indexOf(']', from) + 1;
    } else {
      while (at < end && value.charAt(at) != ',') {
        if (value.charAt(at) == '"') {
          return -1;
        }
        at++;
      }
    }
    return at > 0 && at <= end && (at == end || value.charAt(at) == ',') ? at : -1;
  }

  private static int closingQuote(String value, int from, int end) {
    for (int at = from; at < end; at++) {
      if (value.charAt(at) == '\\') {
        at++;
      } else if (value.charAt(at) == '"') {
        return at;
      }
    }
    return -1;
  }
}
