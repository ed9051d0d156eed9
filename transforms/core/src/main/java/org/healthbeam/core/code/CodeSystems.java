package org.healthbeam.core.code;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The canonical URI of a code system, whatever a sender calls it.
 *
 * <p>A system comes as canonical URI, as {@code urn:oid:…}, as a bare OID, as the name that HL7 v2
 * has for it (table 0396: {@code LN}, {@code SCT}, {@code I10}, {@code HL70001}) or as a URI that
 * has been superseded. The table is the resource {@code code-systems.tsv}; the tables of HL7 v2 and
 * the old homes of the v2 and v3 systems follow rules. A name that is in neither stays as it is,
 * except that a bare OID becomes {@code urn:oid:…}.
 *
 * <p>Source: HL7 Terminology, "External Code Systems", and FHIR R4, "Using Codes", 4.3.
 */
public final class CodeSystems {
  private static final String OID_PREFIX = "urn:oid:";
  private static final Pattern V2_NAME = Pattern.compile("HL7([0-9]{4})");
  private static final Pattern V2_OID =
      Pattern.compile("2\\.16\\.840\\.1\\.113883\\.12\\.([0-9]{1,4})");
  private static final Pattern OLD_V2 = Pattern.compile("https?://hl7\\.org/fhir/v2/([0-9]{4})");
  private static final Pattern OLD_V3 = Pattern.compile("https?://hl7\\.org/fhir/v3/(\\w+)");
  private static final String HL7 = "http://terminology.hl7.org/CodeSystem/";

  // Asked for every coding, and never changed: a HashMap is faster than a copy that cannot be.
  private static final Map<String, String> CANONICAL = read();

  private CodeSystems() {}

  /**
   * {@return the canonical URI of a system; empty for an empty name}
   *
   * @param name as a sender has it; compared exactly, but for what the rules say
   */
  public static String canonical(String name) {
    String known = CANONICAL.get(name);
    if (known != null) {
      return known;
    }
    // Most names are canonical already; only the beginnings below can be anything else.
    if (name.isEmpty() || !mayFollowRule(name)) {
      return name;
    }
    return byRule(name);
  }

  private static boolean mayFollowRule(String name) {
    char first = name.charAt(0);
    return (first >= '0' && first <= '2')
        || name.startsWith("HL7")
        || name.regionMatches(true, 0, OID_PREFIX, 0, OID_PREFIX.length())
        || name.startsWith("http://hl7.org/fhir/v")
        || name.startsWith("https://hl7.org/fhir/v");
  }

  private static String byRule(String name) {
    Matcher v2Name = V2_NAME.matcher(name);
    if (v2Name.matches()) {
      return HL7 + "v2-" + v2Name.group(1);
    }
    Matcher oldV2 = OLD_V2.matcher(name);
    if (oldV2.matches()) {
      return HL7 + "v2-" + oldV2.group(1);
    }
    Matcher oldV3 = OLD_V3.matcher(name);
    if (oldV3.matches()) {
      return HL7 + "v3-" + oldV3.group(1);
    }
    boolean isUrn = name.regionMatches(true, 0, OID_PREFIX, 0, OID_PREFIX.length());
    String oid = isUrn ? name.substring(OID_PREFIX.length()) : name;
    if (!isOid(oid)) {
      return name;
    }
    String known = CANONICAL.get(oid);
    if (known != null) {
      return known;
    }
    Matcher v2Oid = V2_OID.matcher(oid);
    if (v2Oid.matches()) {
      return HL7 + "v2-" + "0".repeat(4 - v2Oid.group(1).length()) + v2Oid.group(1);
    }
    return OID_PREFIX + oid;
  }

  /**
   * {@return whether this is {@code [0-2](\.(0|[1-9][0-9]*)){3,}}, which as a regular expression
   * would need a stack as deep as the name is long}
   */
  private static boolean isOid(String name) {
    if (name.isEmpty() || name.charAt(0) < '0' || name.charAt(0) > '2') {
      return false;
    }
    int numbers = 0;
    int i = 1;
    while (i < name.length()) {
      int digits = ++i;
      while (i < name.length() && name.charAt(i) >= '0' && name.charAt(i) <= '9') {
        i++;
      }
      boolean leadingZero = i - digits > 1 && name.charAt(digits) == '0';
      if (name.charAt(digits - 1) != '.' || i == digits || leadingZero) {
        return false;
      }
      numbers++;
    }
    return numbers >= 3;
  }

  private static Map<String, String> read() {
    Map<String, String> result = new HashMap<>();
    try (InputStream in = CodeSystems.class.getResourceAsStream("code-systems.tsv");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("#") || line.startsWith("canonical\t")) {
          continue;
        }
        String[] cells = line.split("\t", -1);
        result.put(cells[2], cells[0]);
        if (cells[1].equals("oid")) {
          result.put(OID_PREFIX + cells[2], cells[0]);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return result;
  }
}
