package org.healthbeam.transforms.vital;

import com.google.auto.service.AutoService;
import org.apache.beam.sdk.schemas.SchemaProviderRegistrar;
import org.healthbeam.transforms.row.RowForms;

/** Makes the schemas of vital signs, and of what becomes of them, known to every pipeline. */
@AutoService(SchemaProviderRegistrar.class)
public final class VitalSchemas extends RowForms {
  /** For the service loader. */
  public VitalSchemas() {
    super(
        SignRows.READING,
        SignRows.SIGN,
        SignRows.ARTEFACT,
        SignRows.GAPS,
        SignRows.QUALITY,
        ToldRows.KEY,
        ToldRows.SUMMARY,
        ToldRows.PARAMETER,
        ToldRows.SCORE,
        ToldRows.ALERT,
        ToldRows.BURDEN,
        ToldRows.ACKNOWLEDGEMENT);
  }
}
