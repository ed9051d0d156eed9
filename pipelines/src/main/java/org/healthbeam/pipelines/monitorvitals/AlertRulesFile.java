package org.healthbeam.pipelines.monitorvitals;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.alert.AlertPriority;
import org.healthbeam.core.vital.alert.AlertRule;
import org.healthbeam.core.vital.alert.AlertSignal;
import org.healthbeam.pipelines.run.ShortDuration;
import org.healthbeam.pipelines.run.UsageException;

/** Rules of alerts as a JSON file; docs/vitals.md has the format. */
final class AlertRulesFile {
  private static final String OPTION = "alertRules";
  private static final List<String> SIGNALS =
      List.of("score", "risk", "points", "value", "delta", "slope", "missing");

  private final Json json;

  private AlertRulesFile(Json json) {
    this.json = json;
  }

  /**
   * Reads rules.
   *
   * @throws UsageException with the file and what is wrong there
   */
  static List<AlertRule> parse(String file, String text) throws UsageException {
    Json json = Json.parse(OPTION, file, text);
    if (!json.root().isArray()) {
      throw json.wrong("a list of rules is expected");
    }
    List<AlertRule> rules = new ArrayList<>();
    for (JsonNode node : json.root()) {
      try {
        rules.add(new AlertRulesFile(json).rule(node));
      } catch (IllegalArgumentException e) {
        throw json.wrong("rule %d: %s".formatted(rules.size() + 1, e.getMessage()));
      }
    }
    return rules;
  }

  private AlertRule rule(JsonNode node) throws UsageException {
    json.only(
        node,
        "name",
        "priority",
        "signal",
        "raise",
        "clear",
        "onDelay",
        "offDelay",
        "suppression",
        "expiry",
        "repeatEvery",
        "repeats",
        "source");
    AlertRule rule =
        AlertRule.of(
                json.text(node, "name"),
                AlertPriority.named(json.text(node, "priority")),
                signal(node.path("signal")),
                texts(node, "raise"))
            .clearing(texts(node, "clear"))
            .from(node.path("source").asText(""));
    if (rule.signal().type() == AlertSignal.Type.MISSING) {
      none(node, "of missing readings", "onDelay", "offDelay", "expiry");
    } else {
      none(node, "of values or scores", "repeatEvery", "repeats");
    }
    if (node.has("expiry")) {
      rule = rule.expiringAfter(duration(node, "expiry"));
    }
    rule =
        rule.delayed(duration(node, "onDelay"), duration(node, "offDelay"))
            .suppressedFor(duration(node, "suppression"));
    return rule.repeating(
        node.has("repeatEvery") ? duration(node, "repeatEvery") : rule.repeatEvery(),
        node.has("repeats") ? json.whole(node, "repeats") : rule.repeats());
  }

  private void none(JsonNode node, String of, String... names) throws UsageException {
    for (String name : names) {
      if (node.has(name)) {
        throw json.wrong("'" + name + "' has no effect on a rule " + of);
      }
    }
  }

  private AlertSignal signal(JsonNode node) throws UsageException {
    json.only(
        node,
        "score",
        "risk",
        "points",
        "parameter",
        "value",
        "delta",
        "slope",
        "over",
        "missing",
        "after");
    List<String> found = SIGNALS.stream().filter(node::has).toList();
    if (found.size() != 1) {
      throw json.wrong("a signal must have exactly one of " + String.join(", ", SIGNALS));
    }
    String type = found.get(0);
    noSignal(node, type, "parameter", "points");
    noSignal(node, type, "over", "delta", "slope");
    noSignal(node, type, "after", "missing");
    if (node.has("score")) {
      return AlertSignal.score(json.text(node, "score"));
    }
    if (node.has("risk")) {
      return AlertSignal.risk(json.text(node, "risk"));
    }
    if (node.has("points")) {
      return AlertSignal.points(json.text(node, "points"), json.text(node, "parameter"));
    }
    if (node.has("value")) {
      return AlertSignal.value(kind(node, "value"));
    }
    if (node.has("delta")) {
      return AlertSignal.delta(kind(node, "delta"), duration(node, "over"));
    }
    if (node.has("slope")) {
      return AlertSignal.slope(kind(node, "slope"), duration(node, "over"));
    }
    return AlertSignal.missing(
        json.text(node, "missing").equals("any") ? null : kind(node, "missing"),
        duration(node, "after"));
  }

  private void noSignal(JsonNode node, String type, String name, String... of)
      throws UsageException {
    if (node.has(name) && !List.of(of).contains(type)) {
      throw json.wrong("'" + name + "' has no effect on the signal '" + type + "'");
    }
  }

  private VitalKind kind(JsonNode node, String name) throws UsageException {
    return VitalKind.named(json.text(node, name));
  }

  private Duration duration(JsonNode node, String name) throws UsageException {
    return node.has(name)
        ? ShortDuration.parse(json.place(), json.text(node, name))
        : Duration.ZERO;
  }

  private String[] texts(JsonNode node, String name) throws UsageException {
    List<String> texts = new ArrayList<>();
    if (node.has(name)) {
      json.list(node, name).forEach(text -> texts.add(text.asText()));
    }
    return texts.toArray(String[]::new);
  }
}
