package org.healthbeam.pipelines.mapcodes;

import org.healthbeam.templates.annotations.Mode;
import org.healthbeam.templates.annotations.PipelineTemplate;

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
      mode = Mode.BATCH)
  public interface FhirFiles extends MapCodesOptions {}
}
