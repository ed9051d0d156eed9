package org.healthbeam.pipelines.monitorvitals;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.healthbeam.core.vital.ConsciousnessLevel;
import org.healthbeam.core.vital.OxygenSupply;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.score.Bands;
import org.healthbeam.core.vital.score.KnownScores;
import org.healthbeam.core.vital.score.ParameterDefinition;
import org.healthbeam.core.vital.score.ParameterDefinition.Role;
import org.healthbeam.core.vital.score.ScoreDefinition;
import org.healthbeam.core.vital.score.ScoreFormula;
import org.healthbeam.core.vital.score.Threshold;
import org.healthbeam.pipelines.run.ShortDuration;
import org.healthbeam.pipelines.run.UsageException;

/** A score as a JSON file; docs/vitals.md has the format. */
final class ScoreFile {
  private final Json json;

  private ScoreFile(Json json) {
    this.json = json;
  }

  /**
   * Reads a definition.
   *
   * @throws UsageException with the file, the place and what is wrong there
   */
  static ScoreDefinition parse(String file, String text) throws UsageException {
    Json json = Json.parse("scores", file, text);
    try {
      ScoreDefinition score = new ScoreFile(json).score(json.root());
      score.check();
      return score;
    } catch (IllegalArgumentException e) {
      throw json.wrong(e.getMessage());
    }
  }

  private ScoreDefinition score(JsonNode root) throws UsageException {
    json.only(root, "name", "source", "parameters", "formula", "risks");
    String called = json.text(root, "name");
    if (KnownScores.find(called).isPresent()) {
      throw json.wrong("name '" + called + "' is that of a score that comes along");
    }
    ScoreDefinition score = ScoreDefinition.named(called, root.path("source").asText(""));
    for (JsonNode parameter : json.list(root, "parameters")) {
      score = score.with(parameter(parameter));
    }
    if (root.has("formula")) {
      score = score.computedBy(formula(root.get("formula"), score));
    }
    for (JsonNode risk : json.list(root, "risks")) {
      json.only(risk, "risk", "score", "any");
      json.notBeside("score", risk, "any");
      if (root.has("formula") && risk.has("any")) {
        throw json.wrong("'any' is of points, and there is a formula");
      }
      String name = json.text(risk, "risk");
      if (risk.has("score")) {
        score = score.risk(name, Threshold.parse(json.text(risk, "score")));
      } else if (risk.has("any")) {
        score = score.riskOfAny(name, Threshold.parse(json.text(risk, "any")));
      } else {
        score = score.otherwise(name);
      }
    }
    return score;
  }

  private ParameterDefinition parameter(JsonNode node) throws UsageException {
    json.only(node, "kind", "digits", "bands", "codes", "given", "scales", "role", "horizon", "or");
    VitalKind kind = VitalKind.named(json.text(node, "kind"));
    json.notBeside("role", node, "digits", "bands", "codes", "given", "scales", "or");
    json.notBeside("given", node, "bands", "codes");
    if (node.has("scales") && !node.has("given")) {
      throw json.wrong("'scales' need 'given'");
    }
    ParameterDefinition parameter;
    if (node.has("role")) {
      parameter = ParameterDefinition.value(kind, role(json.text(node, "role")));
    } else if (node.has("given")) {
      parameter = dependent(node, kind);
    } else {
      parameter = ParameterDefinition.of(kind, bands(node, kind));
    }
    if (node.has("or")) {
      for (JsonNode other : json.list(node, "or")) {
        json.only(other, "kind", "digits", "bands", "codes");
        VitalKind otherKind = VitalKind.named(json.text(other, "kind"));
        parameter = parameter.or(otherKind, bands(other, otherKind));
      }
    }
    if (node.has("horizon")) {
      Duration horizon = ShortDuration.parsePositive("scores", json.text(node, "horizon"));
      if (horizon.compareTo(VitalSettings.LONGEST_HORIZON) > 0) {
        throw json.wrong(
            "horizon '%s' is longer than %dd"
                .formatted(json.text(node, "horizon"), VitalSettings.LONGEST_HORIZON.toDays()));
      }
      parameter = parameter.within(horizon);
    }
    return parameter;
  }

  private static Role role(String text) {
    return switch (text) {
      case "greatest" -> Role.GREATEST_VALUE;
      case "least" -> Role.LEAST_VALUE;
      case "shown" -> Role.SHOWN;
      default ->
          throw new IllegalArgumentException(
              "role '" + text + "' is none of greatest, least, shown");
    };
  }

  private ParameterDefinition dependent(JsonNode node, VitalKind kind) throws UsageException {
    String given = json.text(node, "given");
    List<String> codes = codes(VitalKind.named(given));
    json.only(node.path("scales"), codes.toArray(String[]::new));
    List<Bands> byRank = new ArrayList<>();
    for (String code : codes) {
      byRank.add(bands(json.list(node.path("scales"), code), digits(node)));
    }
    return ParameterDefinition.dependent(kind, given, byRank);
  }

  private Bands bands(JsonNode node, VitalKind kind) throws UsageException {
    json.notBeside("codes", node, "bands", "digits");
    if (!kind.isCoded()) {
      json.notBeside("kind", node, "codes");
      return bands(json.list(node, "bands"), digits(node));
    }
    List<String> codes = codes(kind);
    JsonNode points = node.path("codes");
    json.only(points, codes.toArray(String[]::new));
    int[] byRank = new int[codes.size()];
    for (int i = 0; i < byRank.length; i++) {
      byRank[i] = json.whole(points, codes.get(i));
    }
    return Bands.byRank(byRank);
  }

  private int digits(JsonNode node) throws UsageException {
    return node.has("digits") ? json.whole(node, "digits") : 0;
  }

  private Bands bands(Iterable<JsonNode> nodes, int digits) throws UsageException {
    Bands.Open open = Bands.printedTo(digits);
    for (Iterator<JsonNode> i = nodes.iterator(); i.hasNext(); ) {
      JsonNode band = i.next();
      json.only(band, "upTo", "below", "points");
      json.notBeside("upTo", band, "below");
      int points = json.whole(band, "points");
      if (band.has("upTo")) {
        open = open.upTo(json.number(band, "upTo"), points);
      } else if (band.has("below")) {
        open = open.below(json.number(band, "below"), points);
      } else if (i.hasNext()) {
        throw json.wrong("a band without upTo or below must be the last");
      } else {
        return open.above(points);
      }
    }
    throw json.wrong("the last band must have points only, for all values above");
  }

  private ScoreFormula formula(JsonNode node, ScoreDefinition score) throws UsageException {
    json.only(node, "ratio", "weights", "divisor");
    List<String> names = score.parameters().stream().map(ParameterDefinition::name).toList();
    json.notBeside("ratio", node, "weights", "divisor");
    if (node.has("ratio")) {
      List<Integer> places = new ArrayList<>();
      for (JsonNode name : json.list(node, "ratio")) {
        places.add(place(names, name.asText()));
      }
      if (places.size() != 2) {
        throw json.wrong("a ratio is of two parameters");
      }
      return ScoreFormula.ratio(places.get(0), places.get(1));
    }
    List<Double> weights = new ArrayList<>();
    names.forEach(name -> weights.add(0.0));
    if (node.path("weights").isEmpty()) {
      throw json.wrong("a formula has a ratio or weights");
    }
    for (Map.Entry<String, JsonNode> e : node.path("weights").properties()) {
      weights.set(place(names, e.getKey()), json.number(node.path("weights"), e.getKey()));
    }
    double divisor = node.has("divisor") ? json.number(node, "divisor") : 1;
    if (divisor == 0) {
      throw json.wrong("the divisor is 0");
    }
    return ScoreFormula.weighted(divisor, weights);
  }

  private int place(List<String> names, String name) throws UsageException {
    if (!names.contains(name)) {
      throw json.wrong("the formula names '" + name + "', which is no parameter");
    }
    return names.indexOf(name);
  }

  private static List<String> codes(VitalKind kind) {
    return switch (kind) {
      case CONSCIOUSNESS ->
          List.of(ConsciousnessLevel.values()).stream().map(ConsciousnessLevel::code).toList();
      case INSPIRED_OXYGEN ->
          List.of(OxygenSupply.values()).stream().map(OxygenSupply::code).toList();
      default -> throw new IllegalArgumentException(kind.kindName() + " has no codes");
    };
  }
}
