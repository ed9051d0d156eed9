package org.healthbeam.pipelines.monitorvitals;

import java.util.List;
import javax.annotation.Nullable;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.healthbeam.pipelines.run.StreamOptions;
import org.healthbeam.templates.annotations.ParameterType;
import org.healthbeam.templates.annotations.PipelineTemplate;
import org.healthbeam.templates.annotations.TemplateParameter;

/** The options of {@link MonitorVitals}. */
@PipelineTemplate(
    name = "monitor-vitals",
    displayName = "Monitor vital signs",
    description =
        "Reads vital signs as FHIR R4 Observations, HL7 v2 messages or CSV, converts units, sets"
            + " implausible values aside, summarizes windows of time and scores patients by NEWS2.")
public interface MonitorVitalsOptions extends StreamOptions {
  /** Matches a {@link #DURATION}, and those of single kinds after it, with commas between. */
  String DURATIONS = "([a-z_0-9]+=)?[0-9]+(ms|s|m|h|d)(,[a-z_0-9]+=[0-9]+(ms|s|m|h|d))*";

  /**
   * {@return the columns of CSV files that are called otherwise, {@code NAME=COLUMN} with commas
   * between; may be empty}
   */
  @Description(
      "What the columns of CSV files are called, where they are not called subject, time,"
          + " kind_or_code, value and unit: NAME=COLUMN, several with commas. The columns status,"
          + " id and issued, which tell corrections, and received, by which delays are told, are"
          + " read only if they are named here.")
  @Default.String("")
  @TemplateParameter(
      order = 110,
      group = "Vital signs",
      example = "subject=hospitalization_id,time=recorded_dttm")
  String getColumns();

  /**
   * @param value the columns of CSV files that are called otherwise, {@code NAME=COLUMN} with
   *     commas between; may be empty
   */
  void setColumns(String value);

  /** {@return the zone, as {@code Europe/Berlin}, of times that name none, but those of FHIR} */
  @Description(
      "The time zone of times in CSV files and HL7 v2 messages that name none. In FHIR a time"
          + " without a zone is rejected.")
  @Default.String("UTC")
  @TemplateParameter(order = 120, group = "Vital signs", example = "Europe/Berlin")
  String getTimeZone();

  /**
   * @param value the zone, as {@code Europe/Berlin}, of times that name none, but those of FHIR
   */
  void setTimeZone(String value);

  /** {@return the files, folders or globs of code maps to LOINC; null for none} */
  @Description(
      "Code maps from local codes to LOINC: FHIR ConceptMaps (.json), tables with named columns"
          + " (.tsv, .csv), FHIR packages (.tgz), compiled maps (.hbmap), as for map-codes.")
  @Nullable
  @TemplateParameter(
      order = 122,
      group = "Vital signs",
      example = "maps/monitors.tsv",
      type = ParameterType.GCS_READ_FILE,
      label = "Code maps")
  List<String> getMaps();

  /**
   * @param value the files, folders or globs of code maps to LOINC; null for none
   */
  void setMaps(@Nullable List<String> value);

  /** {@return the code system of local codes that name none} */
  @Description(
      "The code system of the local codes in tables, and in HL7 v2 messages that name none, as"
          + " --maps calls it.")
  @Default.String("local")
  @TemplateParameter(order = 124, group = "Vital signs", example = "https://example.org/monitors")
  String getCodeSystem();

  /**
   * @param value the code system of local codes that name none
   */
  void setCodeSystem(String value);

  /** {@return {@code mimic}, {@code clif} or a file} */
  @Description(
      "Which values are plausible: mimic, clif, or a file with lines like: heart_rate (0, 300)")
  @Default.String("mimic")
  @TemplateParameter(order = 130, group = "Vital signs", example = "clif")
  String getPlausibility();

  /**
   * @param value {@code mimic}, {@code clif} or a file
   */
  void setPlausibility(String value);

  /** {@return {@code none}, {@code hampel} or a file} */
  @Description(
      "Which readings are left out as artefacts by their neighbours in time: none, hampel, or a"
          + " file with lines like: span 5m, neighbours 5, sigmas 3, heart_rate 5. What is left out"
          + " stands in artefacts.tsv.")
  @Default.String("none")
  @TemplateParameter(order = 135, group = "Vital signs", example = "hampel")
  String getArtefacts();

  /**
   * @param value {@code none}, {@code hampel} or a file
   */
  void setArtefacts(String value);

  /** {@return the length of windows as a duration, at most {@code 7d}} */
  @Description(
      "The length of the windows of summaries.tsv, at most 7d; they begin at multiples of it in"
          + " UTC. Of no account with --sessionGap and --ladder.")
  @Default.String("1m")
  @TemplateParameter(
      order = 140,
      group = "Vital signs",
      example = "1h",
      unit = "ms, s, m, h or d",
      regexes = DURATION)
  String getWindow();

  /**
   * @param value the length of windows as a duration, at most {@code 7d}
   */
  void setWindow(String value);

  /** {@return the step of sliding windows as a duration; empty for windows that do not overlap} */
  @Description(
      "Sliding windows: one of the length of --window begins at every multiple of this, which must"
          + " divide it; at most 300 may overlap.")
  @Default.String("")
  @TemplateParameter(
      order = 141,
      group = "Vital signs",
      example = "5m",
      unit = "ms, s, m, h or d",
      regexes = DURATION)
  String getSlide();

  /**
   * @param value the step of sliding windows as a duration; empty for windows that do not overlap
   */
  void setSlide(String value);

  /**
   * {@return the silence that ends a session as a duration, at least {@code 1s}; empty for no
   * sessions}
   */
  @Description(
      "Sessions instead of windows of one length: a stay, or a period of wear. A subject's session"
          + " ends when nothing of it is read for so long, at least 1s.")
  @Default.String("")
  @TemplateParameter(
      order = 142,
      group = "Vital signs",
      example = "4h",
      unit = "ms, s, m, h or d",
      regexes = DURATION)
  String getSessionGap();

  /**
   * @param value the silence that ends a session as a duration, at least {@code 1s}; empty for no
   *     sessions
   */
  void setSessionGap(String value);

  /** {@return the length at which sessions are cut as a duration; empty for the usual one} */
  @Description(
      "Sessions are cut at multiples of this length since 1970. The default is 30d, and 4320 times"
          + " the gap where that is below 10m; it cannot be longer.")
  @Default.String("")
  @TemplateParameter(
      order = 143,
      group = "Vital signs",
      example = "7d",
      unit = "ms, s, m, h or d",
      regexes = DURATION)
  String getLongestSession();

  /**
   * @param value the length at which sessions are cut as a duration; empty for the usual one
   */
  void setLongestSession(String value);

  /**
   * {@return the lengths of windows as durations with commas between, from short to long; empty for
   * one length}
   */
  @Description(
      "Windows of several lengths in one pass, from short to long, each a multiple of the one"
          + " before, at most 7d.")
  @Default.String("")
  @TemplateParameter(
      order = 144,
      group = "Vital signs",
      example = "10s,1m,10m,1h,1d",
      unit = "ms, s, m, h or d",
      regexes = "[0-9]+(ms|s|m|h|d)(,[0-9]+(ms|s|m|h|d))+")
  String getLadder();

  /**
   * @param value the lengths of windows as durations with commas between, from short to long; empty
   *     for one length
   */
  void setLadder(String value);

  /**
   * {@return how long after a new reading windows are told that are not over, as a duration; empty
   * for not}
   */
  @Description(
      "Streaming: tells windows before they are over, so long after a reading that was not told"
          + " yet came in. The default is not to.")
  @Default.String("")
  @TemplateParameter(
      order = 145,
      group = "Vital signs",
      example = "30s",
      unit = "ms, s, m, h or d",
      regexes = DURATION)
  String getEarlyFirings();

  /**
   * @param value how long after a new reading windows are told that are not over, as a duration;
   *     empty for not
   */
  void setEarlyFirings(String value);

  /**
   * {@return how often a reading is expected, as a duration, then {@code kind=duration} for single
   * kinds}
   */
  @Description(
      "How often a reading is expected; coverage is told against it. One for all kinds, then those"
          + " of single kinds.")
  @Default.String("1m")
  @TemplateParameter(
      order = 150,
      group = "Vital signs",
      example = "1m,temperature=1h",
      unit = "ms, s, m, h or d",
      regexes = DURATIONS)
  String getExpectedInterval();

  /**
   * @param value how often a reading is expected, as a duration, then {@code kind=duration} for
   *     single kinds
   */
  void setExpectedInterval(String value);

  /**
   * {@return how long a value counts for a score, as a duration, then {@code kind=duration} for
   * single kinds}
   */
  @Description(
      "How long a value counts for a score after it was measured. One for all kinds, then those of"
          + " single kinds.")
  @Default.String("12h")
  @TemplateParameter(
      order = 160,
      group = "Scores",
      example = "4h,temperature=12h",
      unit = "ms, s, m, h or d",
      regexes = DURATIONS)
  String getHorizon();

  /**
   * @param value how long a value counts for a score, as a duration, then {@code kind=duration} for
   *     single kinds
   */
  void setHorizon(String value);

  /** {@return names of scores and files with definitions, with commas between} */
  @Description(
      "The scores, several with commas: news2, qsofa, qsofa-gcs13, mews-subbe, mews-subbe-35,"
          + " shock-index, map, or a JSON file with a definition of your own.")
  @Default.String("news2")
  @TemplateParameter(order = 155, group = "Scores", example = "news2,qsofa,shock-index")
  String getScores();

  /**
   * @param value names of scores and files with definitions, with commas between
   */
  void setScores(String value);

  /** {@return the file with the subjects of NEWS2's second scale; null for none} */
  @Description(
      "File with the subjects whose oxygen saturation is scored on scale 2 of NEWS2, one a line,"
          + " as 123 or Patient/123.")
  @Nullable
  @TemplateParameter(
      order = 170,
      group = "Scores",
      example = "samples/data/vitals/spo2-scale-2.txt",
      type = ParameterType.GCS_READ_FILE,
      label = "Subjects scored on SpO2 scale 2")
  String getSpo2Scale2();

  /**
   * @param value the file with the subjects of NEWS2's second scale; null for none
   */
  void setSpo2Scale2(@Nullable String value);

  /** {@return how often scores are computed, as a duration, at most {@code 7d}} */
  @Description(
      "How often scores are computed, at most 7d, rounded up to whole windows. It changes the cost"
          + " and, in streaming, the delay of scores, not the scores.")
  @Default.String("3h")
  @TemplateParameter(
      order = 180,
      group = "Scores",
      example = "1h",
      unit = "ms, s, m, h or d",
      regexes = DURATION)
  String getScorePeriod();

  /**
   * @param value how often scores are computed, as a duration, at most {@code 7d}
   */
  void setScorePeriod(String value);

  /** {@return how long a late reading still corrects what was told, as a duration} */
  @Description(
      "Streaming: how long after its window's end a reading still corrects it; of windows that are"
          + " made of slots (sliding ones, sessions, ladders, beyond 1h), after its slot's. Later"
          + " ones are rejected as late.")
  @Default.String("1h")
  @TemplateParameter(
      order = 190,
      group = "Vital signs",
      example = "6h",
      unit = "ms, s, m, h or d",
      regexes = DURATION)
  String getAllowedLateness();

  /**
   * @param value how long a late reading still corrects what was told, as a duration
   */
  void setAllowedLateness(String value);

  /** {@return {@code on} or {@code off}} */
  @Description("Whether alerts are told: on or off.")
  @Default.String("on")
  @TemplateParameter(order = 200, group = "Alerts", example = "off", regexes = "on|off")
  String getAlerts();

  /**
   * @param value {@code on} or {@code off}
   */
  void setAlerts(String value);

  /** {@return the JSON file with the rules of alerts; null for those that come with HealthBeam} */
  @Description(
      "JSON file with the rules of alerts. Without it: NEWS2 by its thresholds, values that alone"
          + " have 3 points, and no reading for 12 hours.")
  @Nullable
  @TemplateParameter(
      order = 210,
      group = "Alerts",
      example = "alert-rules.json",
      type = ParameterType.GCS_READ_FILE,
      parent = "alerts",
      parentValues = "on")
  String getAlertRules();

  /**
   * @param value the JSON file with the rules of alerts; null for those that come with HealthBeam
   */
  void setAlertRules(@Nullable String value);

  /** {@return the CSV file with who has seen what; null for none} */
  @Description(
      "CSV file of who has seen what: subject,time,rule; an empty rule means all that are active"
          + " then.")
  @Nullable
  @TemplateParameter(
      order = 220,
      group = "Alerts",
      example = "acknowledged.csv",
      type = ParameterType.GCS_READ_FILE,
      parent = "alerts",
      parentValues = "on")
  String getAcknowledgements();

  /**
   * @param value the CSV file with who has seen what; null for none
   */
  void setAcknowledgements(@Nullable String value);

  /**
   * {@return the formats of tables with commas between: {@code tsv}, {@code parquet}, {@code avro}}
   */
  @Description(
      "What tables are written as besides tsv, separated by commas: parquet, avro, with a type for"
          + " each column; of a batch.")
  @Default.String("tsv")
  @TemplateParameter(
      order = 800,
      group = "What is written",
      example = "tsv,parquet",
      label = "Formats of tables")
  String getFormat();

  /**
   * @param value the formats of tables with commas between: {@code tsv}, {@code parquet}, {@code
   *     avro}
   */
  void setFormat(String value);

  /** {@return {@code day} if tables in formats with types are parted by it; null if not} */
  @Nullable
  @Description(
      "By what the tables in parquet and avro are parted: day, a folder for each in UTC as Hive has"
          + " them (summaries.parquet/day=2026-11-20/), that of the event or on which the window"
          + " began.")
  @TemplateParameter(
      order = 805,
      group = "What is written",
      example = "day",
      label = "Folders of tables")
  String getPartitionBy();

  /**
   * @param value {@code day} if tables in formats with types are parted by it; null if not
   */
  void setPartitionBy(@Nullable String value);
}
