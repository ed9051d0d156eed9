package org.healthbeam.core.vital.artefact;

import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.healthbeam.core.vital.VitalKind;

/**
 * How artefacts are told: a named table of the Hampel identifier's parameters.
 *
 * <p>Kinds that it does not list, and kinds whose values are codes, are not judged.
 */
public final class ArtefactPolicy implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Duration LONGEST = Duration.ofHours(6);

  /**
   * Five minutes to either side, at least five readings, three standard deviations. The least
   * spreads are this project's own choice, since the literature leaves them open: three times as
   * much (15 beats a minute, 6 % of saturation, 0.9 degrees) is more than a reading moves alone.
   */
  public static final ArtefactPolicy HAMPEL =
      parse(
          "hampel",
          List.of(
              "span 5m",
              "neighbours 5",
              "sigmas 3",
              "heart_rate 5",
              "respiratory_rate 3",
              "spo2 2",
              "systolic_bp 10",
              "diastolic_bp 7",
              "mean_bp 7",
              "temperature 0.3"));

  private final String name;
  private final Duration span;
  private final int neighbours;
  private final double sigmas;
  private final Map<VitalKind, Double> leastSpreads;

  private ArtefactPolicy(
      String name,
      Duration span,
      int neighbours,
      double sigmas,
      Map<VitalKind, Double> leastSpreads) {
    this.name = name;
    this.span = span;
    this.neighbours = neighbours;
    this.sigmas = sigmas;
    this.leastSpreads = leastSpreads;
  }

  /**
   * Reads a policy: lines {@code span 5m} (to either side; s, m or h), {@code neighbours 5}, {@code
   * sigmas 3}, and for each kind that is judged its least spread in its canonical unit, as in
   * {@code heart_rate 5}; {@code #} begins a comment.
   *
   * @param name of the policy, for messages and reports
   * @param lines without their ends
   * @return the policy, which judges the kinds that the lines name
   * @throws IllegalArgumentException with the number of the line that cannot be read
   */
  public static ArtefactPolicy parse(String name, List<String> lines) {
    Duration span = Duration.ofMinutes(5);
    int neighbours = 5;
    double sigmas = 3;
    Map<VitalKind, Double> leastSpreads = new EnumMap<>(VitalKind.class);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replaceFirst("#.*", "").strip();
      if (line.isEmpty()) {
        continue;
      }
      String[] parts = line.split("\\s+");
      try {
        if (parts.length != 2) {
          throw new IllegalArgumentException("the line is not a name and a value");
        }
        switch (parts[0]) {
          case "span" -> span = span(parts[1]);
          case "neighbours" -> neighbours = (int) number(parts[1], 3, 1000);
          case "sigmas" -> sigmas = number(parts[1], 1, 100);
          default -> {
            VitalKind kind = VitalKind.named(parts[0]);
            if (kind.isCoded()) {
              throw new IllegalArgumentException("kind '" + parts[0] + "' has codes, not numbers");
            }
            if (leastSpreads.put(kind, number(parts[1], 1e-6, 1e6)) != null) {
              throw new IllegalArgumentException("kind '" + parts[0] + "' stands twice");
            }
          }
        }
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "artefact policy '%s', line %d: %s".formatted(name, i + 1, e.getMessage()), e);
      }
    }
    if (leastSpreads.isEmpty()) {
      throw new IllegalArgumentException("artefact policy '" + name + "' lists no kind");
    }
    return new ArtefactPolicy(name, span, neighbours, sigmas, leastSpreads);
  }

  private static Duration span(String text) {
    Duration span;
    try {
      span = Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("span '" + text + "' is no duration like 5m", e);
    }
    if (span.toMillis() < 1 || span.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("span '" + text + "' is not between 1 ms and 6 h");
    }
    return span;
  }

  private static double number(String text, double least, double most) {
    double number;
    try {
      number = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is no number", e);
    }
    if (!(number >= least && number <= most)) {
      throw new IllegalArgumentException("'" + text + "' is not between " + least + " and " + most);
    }
    return number;
  }

  /** {@return the policy's name} */
  public String name() {
    return name;
  }

  /** {@return how far to either side neighbours are} */
  public Duration span() {
    return span;
  }

  /** {@return how many readings, the judged one among them, are needed to judge} */
  public int neighbours() {
    return neighbours;
  }

  /** {@return how many standard deviations from the median are an artefact} */
  public double sigmas() {
    return sigmas;
  }

  /**
   * {@return whether readings of a kind are judged}
   *
   * @param kind any
   */
  public boolean judges(VitalKind kind) {
    return leastSpreads.containsKey(kind);
  }

  /**
   * {@return the standard deviation that is assumed where the neighbours have a smaller one}
   *
   * @param kind any; one that is not judged has an infinite one
   */
  public double leastSpread(VitalKind kind) {
    return leastSpreads.getOrDefault(kind, Double.POSITIVE_INFINITY);
  }

  /** {@return the least spreads by kind} */
  public Map<VitalKind, Double> leastSpreads() {
    return Collections.unmodifiableMap(leastSpreads);
  }
}
