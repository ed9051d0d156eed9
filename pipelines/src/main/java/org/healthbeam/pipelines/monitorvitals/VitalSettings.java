package org.healthbeam.pipelines.monitorvitals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.vital.PlausibilityPolicy;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.artefact.ArtefactPolicy;
import org.healthbeam.core.vital.read.CsvColumns;
import org.healthbeam.core.vital.read.ObservationVitals;
import org.healthbeam.core.vital.score.Horizons;
import org.healthbeam.core.vital.score.KnownScores;
import org.healthbeam.core.vital.score.ScoreDefinition;
import org.healthbeam.core.vital.window.VitalWindows;
import org.healthbeam.pipelines.run.PseudonymKey;
import org.healthbeam.pipelines.run.ShortDuration;
import org.healthbeam.pipelines.run.UsageException;
import org.healthbeam.transforms.files.NamedFiles;
import org.healthbeam.transforms.vital.ExpectedIntervals;

/**
 * What the options of {@link MonitorVitals} say, read and checked.
 *
 * @param columns what those of CSV files are called
 * @param zone of times that name none
 * @param localCodes maps from local codes, if there are any
 * @param policy which values are plausible
 * @param artefacts how artefacts are told, if they are
 * @param windows that are summarized
 * @param earlyFirings how long after a new reading windows are told that are not over, if at all
 * @param expected how often readings of a kind are expected
 * @param scores that are computed
 * @param horizons how long a value counts for a score
 * @param scorePeriod how often scores are computed
 * @param allowedLateness how long a late reading still corrects what was told
 * @param spo2Scale2 subjects as they stand in the output, pseudonyms among them
 * @param alerts how alerts are told, if they are
 * @param pseudonyms makes the pseudonyms of subjects, if there are to be any
 */
public record VitalSettings(
    CsvColumns columns,
    ZoneId zone,
    Optional<LocalCodes> localCodes,
    PlausibilityPolicy policy,
    Optional<ArtefactPolicy> artefacts,
    VitalWindows windows,
    Optional<Duration> earlyFirings,
    ExpectedIntervals expected,
    List<ScoreDefinition> scores,
    Horizons horizons,
    Duration scorePeriod,
    Duration allowedLateness,
    Set<String> spo2Scale2,
    Optional<AlertSettings> alerts,
    Optional<PayloadHash> pseudonyms) {

  private static final Duration LONGEST = Duration.ofDays(7);

  /** Beyond it each reading is copied hundreds of times, once for each period that it is in. */
  static final Duration LONGEST_HORIZON = Duration.ofDays(31);

  /** Some editors put it before what they save as UTF-8. */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /**
   * Reads the options.
   *
   * @param options of the command
   * @return the settings, which fit together
   * @throws UsageException with the option, its value and what it may be
   */
  public static VitalSettings of(MonitorVitalsOptions options) throws UsageException {
    VitalWindows windows = WindowOptions.of(options);
    String key = options.getPseudonymKeyFile();
    Optional<PayloadHash> pseudonyms =
        key == null ? Optional.empty() : Optional.of(PseudonymKey.read(key));
    List<ScoreDefinition> scores = scores(options.getScores());
    Horizons horizons = horizons(options.getHorizon());
    return new VitalSettings(
        columns(options.getColumns()),
        zone(options.getTimeZone()),
        LocalCodes.of(options),
        policy(options.getPlausibility()),
        ArtefactOption.parse(options.getArtefacts(), VitalSettings::lines),
        windows,
        earlyFirings(options.getEarlyFirings()),
        expected(options.getExpectedInterval()),
        scores,
        horizons,
        wholeWindows(atMostLongest("scorePeriod", options.getScorePeriod()), windows.grain()),
        ShortDuration.parse("allowedLateness", options.getAllowedLateness()),
        subjects(options.getSpo2Scale2(), pseudonyms),
        AlertSettings.of(options, scores, horizons, pseudonyms),
        pseudonyms);
  }

  private static Optional<Duration> earlyFirings(String text) throws UsageException {
    return text.isBlank()
        ? Optional.empty()
        : Optional.of(ShortDuration.parsePositive("earlyFirings", text));
  }

  /** All readings of a period are held in memory at once, so its length bounds the memory. */
  private static Duration atMostLongest(String option, String text) throws UsageException {
    Duration duration = ShortDuration.parsePositive(option, text);
    if (duration.compareTo(LONGEST) > 0) {
      throw new UsageException(
          "--%s: '%s' is longer than %dd; all readings of that time are held in memory at once"
              .formatted(option, text, LONGEST.toDays()));
    }
    return duration;
  }

  /** A reading in time for its summary is then in time for its scores. */
  private static Duration wholeWindows(Duration period, Duration grain) {
    long windows = (period.toMillis() + grain.toMillis() - 1) / grain.toMillis();
    return grain.multipliedBy(windows);
  }

  private static CsvColumns columns(String text) throws UsageException {
    try {
      return text.isBlank() ? CsvColumns.standard() : CsvColumns.renamed(List.of(text.split(",")));
    } catch (IllegalArgumentException e) {
      throw new UsageException("--columns: " + e.getMessage(), e);
    }
  }

  private static ZoneId zone(String text) throws UsageException {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new UsageException(
          "--timeZone: '" + text + "' is no time zone like UTC, Europe/Berlin or +01:00", e);
    }
  }

  private static PlausibilityPolicy policy(String text) throws UsageException {
    if (text.equals(PlausibilityPolicy.MIMIC.name())) {
      return PlausibilityPolicy.MIMIC;
    }
    if (text.equals(PlausibilityPolicy.CLIF.name())) {
      return PlausibilityPolicy.CLIF;
    }
    try {
      return PlausibilityPolicy.parse("file", lines("plausibility", text));
    } catch (IllegalArgumentException e) {
      throw new UsageException("--plausibility=" + text + ": " + e.getMessage(), e);
    }
  }

  private static Horizons horizons(String text) throws UsageException {
    AtomicReference<Horizons> result = new AtomicReference<>(Horizons.STANDARD);
    KindDurations.parse(
        "horizon",
        text,
        all -> result.set(Horizons.all(all)),
        (kind, one) -> result.set(result.get().with(kind, one)));
    for (VitalKind kind : VitalKind.values()) {
      if (result.get().of(kind).compareTo(LONGEST_HORIZON) > 0) {
        throw new UsageException(
            "--horizon: '%s' is longer than %dd".formatted(text, LONGEST_HORIZON.toDays()));
      }
    }
    return result.get();
  }

  private static List<ScoreDefinition> scores(String text) throws UsageException {
    List<ScoreDefinition> scores = new ArrayList<>();
    for (String part : text.split(",")) {
      String name = part.strip();
      Optional<ScoreDefinition> known = KnownScores.find(name);
      ScoreDefinition score;
      if (known.isPresent()) {
        score = known.get();
      } else if (name.endsWith(".json")) {
        score = ScoreFile.parse(name, String.join("\n", lines("scores", name)));
      } else {
        throw new UsageException(
            "--scores: '%s' is none of %s, and no file that ends in .json"
                .formatted(
                    name,
                    String.join(
                        ", ",
                        KnownScores.ALL.stream()
                            .map(s -> s.name().toLowerCase(Locale.ROOT))
                            .toList())));
      }
      if (scores.stream().anyMatch(s -> s.name().equals(score.name()))) {
        throw new UsageException("--scores: " + score.name() + " stands twice");
      }
      scores.add(score);
    }
    return List.copyOf(scores);
  }

  private static ExpectedIntervals expected(String text) throws UsageException {
    AtomicReference<ExpectedIntervals> result =
        new AtomicReference<>(ExpectedIntervals.all(Duration.ofMinutes(1)));
    KindDurations.parse(
        "expectedInterval",
        text,
        all -> result.set(ExpectedIntervals.all(all)),
        (kind, one) -> result.set(result.get().with(kind, one)));
    for (VitalKind kind : VitalKind.values()) {
      if (result.get().of(kind).compareTo(LONGEST_HORIZON) > 0) {
        throw new UsageException(
            "--horizon: '%s' is longer than %dd".formatted(text, LONGEST_HORIZON.toDays()));
      }
    }
    return result.get();
  }

  private static Set<String> subjects(
      @javax.annotation.Nullable String file, Optional<PayloadHash> pseudonyms)
      throws UsageException {
    Set<String> subjects = new HashSet<>();
    if (file == null || file.isEmpty()) {
      return subjects;
    }
    for (String line : lines("spo2Scale2", file)) {
      if (!line.isBlank()) {
        String subject = ObservationVitals.subjectId(line.strip());
        subjects.add(pseudonyms.map(p -> p.pseudonym(subject)).orElse(subject));
      }
    }
    return subjects;
  }

  static List<String> lines(String option, String file) throws UsageException {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(NamedFiles.open(file), StandardCharsets.UTF_8))) {
      List<String> lines = new ArrayList<>(reader.lines().toList());
      if (!lines.isEmpty() && lines.get(0).startsWith(BYTE_ORDER_MARK)) {
        lines.set(0, lines.get(0).substring(1));
      }
      return lines;
    } catch (IOException | IllegalArgumentException e) {
      throw new UsageException(
          "--%s=%s cannot be read: no such file, or no permission".formatted(option, file), e);
    }
  }

  /** Shows nothing: subjects are in it. */
  @Override
  public String toString() {
    return "VitalSettings";
  }
}
