package org.healthbeam.core.variant.reference;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ninth column of GTF and GFF3; of a key that comes twice the first value. */
final class GeneAttributes {
  private static final Pattern GTF = Pattern.compile("([^\\s;\"]+)\\s+(\"([^\"]*)\"|([^\\s;]+))");

  private GeneAttributes() {}

  /** Reads {@code gene_id "ENSG1"; gene_name "A";}. */
  static Map<String, String> ofGtf(String column) {
    Map<String, String> result = new HashMap<>();
    Matcher matcher = GTF.matcher(column);
    while (matcher.find()) {
      String value = matcher.group(3) != null ? matcher.group(3) : matcher.group(4);
      result.putIfAbsent(matcher.group(1), value);
    }
    return result;
  }

  /** Reads {@code ID=gene:1;Name=A}, with what is escaped by per cent. */
  static Map<String, String> ofGff3(String column) {
    Map<String, String> result = new HashMap<>();
    for (String part : column.split(";")) {
      int equals = part.indexOf('=');
      if (equals > 0) {
        result.putIfAbsent(
            part.substring(0, equals).strip(), unescaped(part.substring(equals + 1).strip()));
      }
    }
    return result;
  }

  private static String unescaped(String value) {
    if (value.indexOf('%') < 0) {
      return value;
    }
    try {
      return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return value;
    }
  }
}
