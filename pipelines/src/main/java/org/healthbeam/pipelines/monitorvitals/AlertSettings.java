package org.healthbeam.pipelines.monitorvitals;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.vital.alert.Acknowledgement;
import org.healthbeam.core.vital.alert.AlertPlan;
import org.healthbeam.core.vital.alert.AlertRule;
import org.healthbeam.core.vital.alert.DefaultAlerts;
import org.healthbeam.core.vital.read.ObservationVitals;
import org.healthbeam.core.vital.score.Horizons;
import org.healthbeam.core.vital.score.KnownScores;
import org.healthbeam.core.vital.score.ScoreDefinition;
import org.healthbeam.pipelines.run.ShortDuration;
import org.healthbeam.pipelines.run.UsageException;

/**
 * How alerts are told.
 *
 * @param rules the rules
 * @param scores the scores that they may look at
 * @param tolerance how far ahead of the watermark a reading may be dated and be looked at at once
 * @param acknowledgements of subjects as they stand in the output, pseudonyms among them
 */
public record AlertSettings(
    List<AlertRule> rules,
    List<ScoreDefinition> scores,
    Duration tolerance,
    List<Acknowledgement> acknowledgements) {
  private static final String ACKNOWLEDGEMENTS = "acknowledgements";
  private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

  static Optional<AlertSettings> of(
      MonitorVitalsOptions options,
      List<ScoreDefinition> asked,
      Horizons horizons,
      Optional<PayloadHash> pseudonyms)
      throws UsageException {
    switch (options.getAlerts()) {
      case "off" -> {
        return Optional.empty();
      }
      case "on" -> {}
      default ->
          throw new UsageException("--alerts: '" + options.getAlerts() + "' is neither on nor off");
    }
    String file = options.getAlertRules();
    List<AlertRule> rules =
        file == null || file.isEmpty()
            ? DefaultAlerts.RULES
            : AlertRulesFile.parse(
                file, String.join("\n", VitalSettings.lines("alertRules", file)));
    List<ScoreDefinition> scores = new ArrayList<>(asked);
    for (ScoreDefinition known : KnownScores.ALL) {
      if (asked.stream().noneMatch(s -> s.name().equals(known.name()))) {
        scores.add(known);
      }
    }
    try {
      AlertPlan.of(rules, scores, horizons);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--alertRules=" + file + ": " + e.getMessage(), e);
    }
    // The watermark is the greatest delay behind the readings, which may be ahead by the tolerance.
    Duration tolerance =
        ShortDuration.parse("maxDelay", options.getMaxDelay())
            .plus(ShortDuration.parse("futureTolerance", options.getFutureTolerance()));
    Set<String> names = rules.stream().map(AlertRule::name).collect(Collectors.toSet());
    return Optional.of(
        new AlertSettings(
            rules, scores, tolerance, seen(options.getAcknowledgements(), names, pseudonyms)));
  }

  private static List<Acknowledgement> seen(
      @javax.annotation.Nullable String file, Set<String> rules, Optional<PayloadHash> pseudonyms)
      throws UsageException {
    List<Acknowledgement> seen = new ArrayList<>();
    if (file == null || file.isEmpty()) {
      return seen;
    }
    List<String> lines = VitalSettings.lines(ACKNOWLEDGEMENTS, file);
    if (lines.isEmpty() || !lines.get(0).strip().equals("subject,time,rule")) {
      throw wrong(file, 1, "is not subject,time,rule");
    }
    for (int i = 1; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        seen.add(seen(file, i + 1, lines.get(i), rules, pseudonyms));
      }
    }
    return seen;
  }

  private static Acknowledgement seen(
      String file, int number, String line, Set<String> rules, Optional<PayloadHash> pseudonyms)
      throws UsageException {
    try (CSVParser parser = CSVParser.parse(line, CSVFormat.DEFAULT)) {
      CSVRecord row = parser.iterator().next();
      if (row.size() != 3) {
        throw wrong(file, number, "has not the three fields subject,time,rule");
      }
      String subject = ObservationVitals.subjectId(row.get(0).strip());
      if (subject.isEmpty()) {
        throw wrong(file, number, "has no subject");
      }
      Instant time =
          java.time.OffsetDateTime.parse(row.get(1).strip())
              .toInstant()
              .truncatedTo(ChronoUnit.MILLIS);
      if (time.isBefore(Instant.EPOCH) || !time.isBefore(END)) {
        throw wrong(file, number, "has a time before 1970 or after 9999");
      }
      String rule = row.get(2).strip();
      if (!rule.isEmpty() && !rules.contains(rule)) {
        throw wrong(file, number, "names a rule that there is not");
      }
      return new Acknowledgement(
          pseudonyms.map(p -> p.pseudonym(subject)).orElse(subject), time, rule);
    } catch (java.time.format.DateTimeParseException e) {
      // The message would show the line.
      throw wrong(file, number, "has no time with date, time of day and zone");
    } catch (IOException | IllegalStateException | java.io.UncheckedIOException e) {
      throw wrong(file, number, "cannot be read");
    }
  }

  private static UsageException wrong(String file, int line, String what) {
    return new UsageException("--%s=%s: line %d %s".formatted(ACKNOWLEDGEMENTS, file, line, what));
  }

  /** Shows nothing: subjects are in it. */
  @Override
  public String toString() {
    return "AlertSettings";
  }
}
