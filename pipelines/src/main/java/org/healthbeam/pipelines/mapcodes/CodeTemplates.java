package org.healthbeam.pipelines.mapcodes;

import java.util.List;
import org.apache.beam.sdk.options.Validation;
import org.healthbeam.templates.annotations.Mode;
import org.healthbeam.templates.annotations.ParameterType;
import org.healthbeam.templates.annotations.PipelineTemplate;
import org.healthbeam.templates.annotations.TemplateParameter;

/** The templates of {@link MapCodesPipeline}. */
public final class CodeTemplates {
  private CodeTemplates() {}

  /** FHIR in files. */
  @PipelineTemplate(
      name = "map-fhir-codes",
      displayName = "Map codes of FHIR files",
      description =
          "Adds target codings to FHIR R4 resources in JSON files by code maps, and writes what"
              + " every coding came to.",
      category = "Codes",
      mode = Mode.BATCH,
      without = {
        "codeColumns",
        "codeSystem",
        "systemColumns",
        "versionColumns",
        "displayColumns",
        "idColumn",
        "dateColumn",
        "targetSystem"
      })
  public interface FhirFiles extends MapCodesOptions {}

  /** Tables in files. */
  @PipelineTemplate(
      name = "map-table-codes",
      displayName = "Map codes in tables",
      description =
          "Adds columns with target codes to claims, registries and other tables in CSV or Parquet"
              + " files by code maps, and writes what every code came to.",
      category = "Codes",
      mode = Mode.BATCH,
      without = {"conceptPolicy", "systems"})
  public interface TableFiles extends MapCodesOptions {
    @Override
    @Validation.Required
    @TemplateParameter(
        order = 1,
        group = "Input and output",
        example = "samples/data/tables/claims.csv",
        type = ParameterType.GCS_READ_FILE)
    List<String> getInput();

    @Override
    @Validation.Required
    @TemplateParameter(order = 300, group = "Tables", example = "diagnosis_1,diagnosis_2")
    List<String> getCodeColumns();

    @Override
    @Validation.Required
    @TemplateParameter(order = 310, group = "Tables", example = "http://snomed.info/sct")
    List<String> getCodeSystem();
  }
}
