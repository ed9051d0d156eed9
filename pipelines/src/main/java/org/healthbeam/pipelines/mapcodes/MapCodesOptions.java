package org.healthbeam.pipelines.mapcodes;

import java.util.List;
import javax.annotation.Nullable;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Validation;
import org.healthbeam.core.code.ConceptPolicy;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.pipelines.run.HealthOptions;
import org.healthbeam.templates.annotations.ParameterType;
import org.healthbeam.templates.annotations.PipelineTemplate;
import org.healthbeam.templates.annotations.TemplateParameter;

/** The options of {@code map-codes}. */
@PipelineTemplate(
    name = "map-codes",
    displayName = "Map codes",
    description =
        "Adds target codings to FHIR R4 JSON by ConceptMaps and tables, and accounts for every"
            + " coding.")
public interface MapCodesOptions extends HealthOptions {
  /** {@return the files, folders or globs of the code maps; never empty in a run} */
  @Description(
      "Code maps: FHIR ConceptMaps, ValueSets and Bundles (.json), tables with named columns (.tsv,"
          + " .csv), OMOP vocabularies, general equivalence mappings, SNOMED CT map reference sets"
          + " and HL7 v2-to-FHIR tables, also gzipped, FHIR packages (.tgz), compiled maps"
          + " (.hbmap). Files, folders or globs on any file system, separated by commas.")
  @Validation.Required
  @TemplateParameter(
      order = 100,
      group = "Code maps",
      example = "samples/data/maps",
      type = ParameterType.GCS_READ_FILE,
      label = "Code maps")
  List<String> getMaps();

  /**
   * @param value the files, folders or globs of the code maps; never empty in a run
   */
  void setMaps(List<String> value);

  /** {@return what a code with several targets in one target system comes to} */
  @Description(
      "What a code with several targets in one target system comes to: 'ambiguous' adds none of"
          + " them, 'all' adds them all.")
  @Default.Enum("AMBIGUOUS")
  @TemplateParameter(order = 110, group = "Code maps", example = "all")
  SeveralTargets getSeveralTargets();

  /**
   * @param value what a code with several targets in one target system comes to
   */
  void setSeveralTargets(SeveralTargets value);

  /** {@return which codings of one CodeableConcept are translated} */
  @Description(
      "Which codings of one CodeableConcept are translated: 'all'; 'first-that-maps', the first"
          + " one with a target; 'by-systems', one, by the order of --systems.")
  @Default.Enum("ALL")
  @TemplateParameter(order = 120, group = "Code maps", example = "first-that-maps")
  ConceptPolicy.Kind getConceptPolicy();

  /**
   * @param value which codings of one CodeableConcept are translated
   */
  void setConceptPolicy(ConceptPolicy.Kind value);

  /**
   * {@return code systems by any of their names, the preferred one first; null unless the policy
   * goes by systems}
   */
  @Description(
      "Code systems for --conceptPolicy=by-systems, the preferred one first, by any of their names,"
          + " separated by commas. Codings of other systems come after them.")
  @TemplateParameter(
      order = 130,
      group = "Code maps",
      example = "http://snomed.info/sct,http://loinc.org",
      parent = "conceptPolicy",
      parentValues = "by-systems")
  List<String> getSystems();

  /**
   * @param value code systems by any of their names, the preferred one first; null unless the
   *     policy goes by systems
   */
  void setSystems(List<String> value);

  /** {@return the files, folders or globs of an earlier run's maps; null to map every record} */
  @Description(
      "The code maps of an earlier run: only records with a coding that --maps may answer otherwise"
          + " are mapped and written. The input is that of the earlier run. Files, folders or globs"
          + " as for --maps.")
  @TemplateParameter(
      order = 140,
      group = "Code maps",
      example = "maps/2026-01",
      type = ParameterType.GCS_READ_FILE,
      label = "Code maps of an earlier run")
  List<String> getChangedSince();

  /**
   * @param value the files, folders or globs of an earlier run's maps; null to map every record
   */
  void setChangedSince(List<String> value);

  /** {@return the files, folders or globs of maps to compare with; null to compare with none} */
  @Description(
      "Another version of the maps, only to be compared with: changes.tsv and the report then say"
          + " which codes of the data it would answer otherwise.")
  @TemplateParameter(
      order = 150,
      group = "Code maps",
      example = "maps-2027.hbmap",
      type = ParameterType.GCS_READ_FILE)
  List<String> getNewerMaps();

  /**
   * @param value the files, folders or globs of maps to compare with; null to compare with none
   */
  void setNewerMaps(List<String> value);

  /** {@return which maps are asked, as {@code url} or {@code url|version}; null for all} */
  @Description(
      "Which of the maps are asked, by url or url|version, separated by commas; the others only"
          + " where one of these names them as its other-map. Needed where a map is there in"
          + " several versions. Default: all maps.")
  @TemplateParameter(
      order = 160,
      group = "Code maps",
      example = "http://example.org/maps/local|2.0",
      label = "Maps that are asked")
  List<String> getUseMaps();

  /**
   * @param value which maps are asked, as {@code url} or {@code url|version}; null for all
   */
  void setUseMaps(List<String> value);

  /**
   * {@return which maps of {@link #getChangedSince} are asked; null for those of the URLs of {@link
   * #getUseMaps}}
   */
  @Description(
      "Which of the maps of --changedSince are asked, as for --useMaps. Default: the maps of the"
          + " same URLs as in --useMaps. Needed where a map is there in several versions.")
  @TemplateParameter(
      order = 180,
      group = "Code maps",
      example = "http://example.org/maps/local|1.0")
  List<String> getUseEarlierMaps();

  /**
   * @param value which maps of {@link #getChangedSince} are asked; null for those of the URLs of
   *     {@link #getUseMaps}
   */
  void setUseEarlierMaps(List<String> value);

  /**
   * {@return which maps of {@link #getNewerMaps} are asked; null for those of the URLs of {@link
   * #getUseMaps}}
   */
  @Description(
      "Which of the maps of --newerMaps are asked, as for --useMaps. Default: the maps of the same"
          + " URLs as in --useMaps. Needed where a map is there in several versions.")
  @TemplateParameter(
      order = 190,
      group = "Code maps",
      example = "http://example.org/maps/local|3.0")
  List<String> getUseNewerMaps();

  /**
   * @param value which maps of {@link #getNewerMaps} are asked; null for those of the URLs of
   *     {@link #getUseMaps}
   */
  void setUseNewerMaps(List<String> value);

  /** {@return whether the maps are turned round} */
  @Description(
      "Turn the maps round: from their targets to their sources. A map is one-way, so what comes"
          + " out are all codes that might be mapped to a code.")
  @Default.Boolean(false)
  @TemplateParameter(order = 170, group = "Code maps", example = "true")
  boolean getReverse();

  /**
   * @param value whether the maps are turned round
   */
  void setReverse(boolean value);

  /** {@return whether files in FHIR packages that cannot be used are left out, not refused} */
  @Description(
      "Leave out the files in FHIR packages that cannot be used, of --maps, --newerMaps and"
          + " --changedSince: maps and value sets that break a rule, or name others that are not"
          + " there. They are named with the reason in left-out.tsv and the report, and counted in"
          + " run.json. Without it the first such file is refused.")
  @Default.Boolean(false)
  @TemplateParameter(order = 200, group = "Code maps", example = "true")
  boolean getLeaveOutBrokenMaps();

  /**
   * @param value whether files in FHIR packages that cannot be used are left out, not refused
   */
  void setLeaveOutBrokenMaps(boolean value);

  /** {@return the columns that hold codes; null if the input is FHIR} */
  @Description(
      "The columns that hold codes, separated by commas: then --input is claims, registries or"
          + " other tables, as comma- or tab-separated text with a header line, plain or gzipped,"
          + " or as Parquet (.parquet), not FHIR.")
  @TemplateParameter(order = 300, group = "Tables", example = "diagnosis_1,diagnosis_2")
  List<String> getCodeColumns();

  /**
   * @param value the columns that hold codes; null if the input is FHIR
   */
  void setCodeColumns(List<String> value);

  /**
   * {@return the code system of all code columns, or of each, a dash for one whose rows say it;
   * null if all rows do}
   */
  @Description(
      "The code system of the columns of --codeColumns: one for all, or one for each in their"
          + " order, separated by commas, with a dash for a column whose systems stand in"
          + " --systemColumns.")
  @TemplateParameter(order = 310, group = "Tables", example = "http://hl7.org/fhir/sid/icd-10-cm")
  List<String> getCodeSystem();

  /**
   * @param value the code system of all code columns, or of each, a dash for one whose rows say it;
   *     null if all rows do
   */
  void setCodeSystem(List<String> value);

  /**
   * {@return the columns with the code systems, one or one for each code column, a dash for none;
   * null for none}
   */
  @Description(
      "The columns that hold the code system of each code: one for all of --codeColumns, or one for"
          + " each, with a dash for a column whose system --codeSystem says.")
  @TemplateParameter(order = 320, group = "Tables", example = "diagnosis_system")
  List<String> getSystemColumns();

  /**
   * @param value the columns with the code systems, one or one for each code column, a dash for
   *     none; null for none
   */
  void setSystemColumns(List<String> value);

  /**
   * {@return the columns with the systems' versions, one or one for each code column, a dash for
   * none; null for none}
   */
  @Description(
      "The columns that hold the version of the code system: one for all of --codeColumns, or one"
          + " for each, with a dash for none.")
  @TemplateParameter(order = 330, group = "Tables", example = "diagnosis_version")
  List<String> getVersionColumns();

  /**
   * @param value the columns with the systems' versions, one or one for each code column, a dash
   *     for none; null for none
   */
  void setVersionColumns(List<String> value);

  /**
   * {@return the columns with the displays, one or one for each code column, a dash for none; null
   * for none}
   */
  @Description(
      "The columns that hold what a person reads of a code: one for all of --codeColumns, or one"
          + " for each, with a dash for none.")
  @TemplateParameter(order = 340, group = "Tables", example = "diagnosis_name")
  List<String> getDisplayColumns();

  /**
   * @param value the columns with the displays, one or one for each code column, a dash for none;
   *     null for none
   */
  void setDisplayColumns(List<String> value);

  /** {@return the column that tells which row it is; null for none} */
  @Description("The column that tells which row it is, for resource_id in translations.tsv.")
  @TemplateParameter(order = 350, group = "Tables", example = "claim_id")
  String getIdColumn();

  /**
   * @param value the column that tells which row it is; null for none
   */
  void setIdColumn(String value);

  /** {@return the column with the date of the event; null for none} */
  @Description(
      "The column of the date of the event, for mappings that hold for a time: ISO 8601, or a date"
          + " or time of Parquet.")
  @TemplateParameter(order = 360, group = "Tables", example = "service_date")
  String getDateColumn();

  /**
   * @param value the column with the date of the event; null for none
   */
  void setDateColumn(String value);

  /**
   * {@return the code system of the targets that are added to the table; null if they are of one
   * only}
   */
  @Description(
      "The code system of the targets that are added to the table, where codes have targets in"
          + " several; the others stand in translations.tsv only.")
  @TemplateParameter(order = 370, group = "Tables", example = "http://snomed.info/sct")
  String getTargetSystem();

  /**
   * @param value the code system of the targets that are added to the table; null if they are of
   *     one only
   */
  void setTargetSystem(String value);

  /**
   * {@return the formats of tables with commas between: {@code tsv}, {@code parquet}, {@code avro}}
   */
  @Description(
      "What tables are written as besides tsv, separated by commas: parquet, avro, with a type for"
          + " each column; translations and codes, not what is mapped.")
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

  /** {@return the column by which tables in formats with types are parted; null for none} */
  @Nullable
  @Description(
      "By what the tables in parquet and avro are parted: resource_type or outcome, a folder for"
          + " each as Hive has them (translations.parquet/outcome=mapped/), where a table has this"
          + " column.")
  @TemplateParameter(
      order = 805,
      group = "What is written",
      example = "resource_type",
      label = "Folders of tables")
  String getPartitionBy();

  /**
   * @param value the column by which tables in formats with types are parted; null for none
   */
  void setPartitionBy(@Nullable String value);
}
