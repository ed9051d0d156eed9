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

  void setMaps(List<String> value);

  @Description(
      "What a code with several targets in one target system comes to: 'ambiguous' adds none of"
          + " them, 'all' adds them all.")
  @Default.Enum("AMBIGUOUS")
  @TemplateParameter(order = 110, group = "Code maps", example = "all")
  SeveralTargets getSeveralTargets();

  void setSeveralTargets(SeveralTargets value);

  @Description(
      "Which codings of one CodeableConcept are translated: 'all'; 'first-that-maps', the first"
          + " one with a target; 'by-systems', one, by the order of --systems.")
  @Default.Enum("ALL")
  @TemplateParameter(order = 120, group = "Code maps", example = "first-that-maps")
  ConceptPolicy.Kind getConceptPolicy();

  void setConceptPolicy(ConceptPolicy.Kind value);

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

  void setSystems(List<String> value);

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

  void setChangedSince(List<String> value);

  @Description(
      "Another version of the maps, only to be compared with: changes.tsv and the report then say"
          + " which codes of the data it would answer otherwise.")
  @TemplateParameter(
      order = 150,
      group = "Code maps",
      example = "maps-2027.hbmap",
      type = ParameterType.GCS_READ_FILE)
  List<String> getNewerMaps();

  void setNewerMaps(List<String> value);

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

  void setUseMaps(List<String> value);

  @Description(
      "Which of the maps of --changedSince are asked, as for --useMaps. Default: the maps of the"
          + " same URLs as in --useMaps. Needed where a map is there in several versions.")
  @TemplateParameter(
      order = 180,
      group = "Code maps",
      example = "http://example.org/maps/local|1.0")
  List<String> getUseEarlierMaps();

  void setUseEarlierMaps(List<String> value);

  @Description(
      "Which of the maps of --newerMaps are asked, as for --useMaps. Default: the maps of the same"
          + " URLs as in --useMaps. Needed where a map is there in several versions.")
  @TemplateParameter(
      order = 190,
      group = "Code maps",
      example = "http://example.org/maps/local|3.0")
  List<String> getUseNewerMaps();

  void setUseNewerMaps(List<String> value);

  @Description(
      "Turn the maps round: from their targets to their sources. A map is one-way, so what comes"
          + " out are all codes that might be mapped to a code.")
  @Default.Boolean(false)
  @TemplateParameter(order = 170, group = "Code maps", example = "true")
  boolean getReverse();

  void setReverse(boolean value);

  @Description(
      "Leave out the files in FHIR packages that cannot be used, of --maps, --newerMaps and"
          + " --changedSince: maps and value sets that break a rule, or name others that are not"
          + " there. They are named with the reason in left-out.tsv and the report, and counted in"
          + " run.json. Without it the first such file is refused.")
  @Default.Boolean(false)
  @TemplateParameter(order = 200, group = "Code maps", example = "true")
  boolean getLeaveOutBrokenMaps();

  void setLeaveOutBrokenMaps(boolean value);

  @Description(
      "The columns that hold codes, separated by commas: then --input is claims, registries or"
          + " other tables, as comma- or tab-separated text with a header line, plain or gzipped,"
          + " or as Parquet (.parquet), not FHIR.")
  @TemplateParameter(order = 300, group = "Tables", example = "diagnosis_1,diagnosis_2")
  List<String> getCodeColumns();

  void setCodeColumns(List<String> value);

  @Description(
      "The code system of the columns of --codeColumns: one for all, or one for each in their"
          + " order, separated by commas, with a dash for a column whose systems stand in"
          + " --systemColumns.")
  @TemplateParameter(order = 310, group = "Tables", example = "http://hl7.org/fhir/sid/icd-10-cm")
  List<String> getCodeSystem();

  void setCodeSystem(List<String> value);

  @Description(
      "The columns that hold the code system of each code: one for all of --codeColumns, or one for"
          + " each, with a dash for a column whose system --codeSystem says.")
  @TemplateParameter(order = 320, group = "Tables", example = "diagnosis_system")
  List<String> getSystemColumns();

  void setSystemColumns(List<String> value);

  @Description(
      "The columns that hold the version of the code system: one for all of --codeColumns, or one"
          + " for each, with a dash for none.")
  @TemplateParameter(order = 330, group = "Tables", example = "diagnosis_version")
  List<String> getVersionColumns();

  void setVersionColumns(List<String> value);

  @Description(
      "The columns that hold what a person reads of a code: one for all of --codeColumns, or one"
          + " for each, with a dash for none.")
  @TemplateParameter(order = 340, group = "Tables", example = "diagnosis_name")
  List<String> getDisplayColumns();

  void setDisplayColumns(List<String> value);

  @Description("The column that tells which row it is, for resource_id in translations.tsv.")
  @TemplateParameter(order = 350, group = "Tables", example = "claim_id")
  String getIdColumn();

  void setIdColumn(String value);

  @Description(
      "The column of the date of the event, for mappings that hold for a time: ISO 8601, or a date"
          + " or time of Parquet.")
  @TemplateParameter(order = 360, group = "Tables", example = "service_date")
  String getDateColumn();

  void setDateColumn(String value);

  @Description(
      "The code system of the targets that are added to the table, where codes have targets in"
          + " several; the others stand in translations.tsv only.")
  @TemplateParameter(order = 370, group = "Tables", example = "http://snomed.info/sct")
  String getTargetSystem();

  void setTargetSystem(String value);

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

  void setFormat(String value);

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

  void setPartitionBy(@Nullable String value);
}
