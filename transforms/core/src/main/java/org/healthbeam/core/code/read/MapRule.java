package org.healthbeam.core.code.read;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.healthbeam.core.code.Property;

/**
 * The rule of a SNOMED CT map member, as properties that all must hold.
 *
 * <p>{@code TRUE}, {@code OTHERWISE TRUE} and an empty rule hold always; that something before them
 * holds is a matter of the priority. A conjunction of {@code IFA} conditions becomes one property
 * for each: the name is the URI of the concept, {@code http://snomed.info/id/248153007}; the value
 * is {@code true}, or for a number the comparison as it stands, {@code < 28.0 days}. Any other rule
 * becomes one property {@code mapRule} with its text.
 *
 * <p>Source: SNOMED CT Release File Specifications, "Complex and Extended Map from SNOMED CT
 * Reference Sets"; SNOMED CT URI Standard.
 */
final class MapRule {
  private static final Pattern ALWAYS = Pattern.compile("|TRUE|OTHERWISE TRUE");
  private static final Pattern CONDITION =
      Pattern.compile(
          "IFA\\s+([0-9]{6,18})\\s*\\|[^|]*\\|\\s*"
              + "(?:(<=|>=|<|>|=)\\s*([0-9]+(?:\\.[0-9]+)?)\\s+(\\p{Alpha}+)\\s*)?"
              + "(AND\\s+|$)");

  private MapRule() {}

  /** {@return what the rule depends on} */
  static List<Property> of(String rule) {
    String text = rule.strip();
    if (ALWAYS.matcher(text).matches()) {
      return List.of();
    }
    List<Property> conditions = new ArrayList<>();
    Matcher condition = CONDITION.matcher(text);
    int end = 0;
    boolean complete = false;
    while (condition.region(end, text.length()).lookingAt()) {
      conditions.add(
          Property.of(
              "http://snomed.info/id/" + condition.group(1),
              condition.group(2) == null
                  ? "true"
                  : condition.group(2) + " " + condition.group(3) + " " + condition.group(4)));
      end = condition.end();
      complete = condition.group(5).isEmpty();
    }
    return complete ? conditions : List.of(Property.of("mapRule", text));
  }
}
