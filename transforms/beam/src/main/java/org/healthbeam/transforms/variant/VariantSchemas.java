package org.healthbeam.transforms.variant;

import com.google.auto.service.AutoService;
import org.apache.beam.sdk.schemas.SchemaProviderRegistrar;
import org.healthbeam.transforms.row.RowForms;

/** Makes the schemas of what the genotypes come to known to every pipeline. */
@AutoService(SchemaProviderRegistrar.class)
public final class VariantSchemas extends RowForms {
  /** For the service loader. */
  public VariantSchemas() {
    super(
        SiteRows.VARIANT,
        SiteRows.POPULATION,
        SiteRows.REVISION,
        SiteRows.COUNTS,
        TotalRows.REGION,
        TotalRows.TOTALS,
        TotalRows.REGION_SUMMARY,
        TotalRows.SAMPLE,
        TotalRows.COHORT,
        TotalRows.COMPAT,
        TotalRows.REMARKS,
        TotalRows.REVISION);
  }
}
