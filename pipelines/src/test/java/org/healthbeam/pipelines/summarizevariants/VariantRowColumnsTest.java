package org.healthbeam.pipelines.summarizevariants;

import java.util.Set;
import org.healthbeam.core.variant.PopulationSummary;
import org.healthbeam.core.variant.RegionSummary;
import org.healthbeam.core.variant.SampleSummary;
import org.healthbeam.core.variant.VariantSummary;
import org.healthbeam.pipelines.schema.TableSchema;
import org.junit.jupiter.api.Test;

/** Rows of variants in a pipeline have the columns of the tables in files. */
class VariantRowColumnsTest {
  /** What follows from the numbers of the known alone. */
  private static final Set<String> OF_KNOWN =
      Set.of("n_novel", "n_ti_novel", "n_tv_novel", "ti_tv_known", "ti_tv_novel");

  @Test
  void variants() throws Exception {
    TableSchema.assertBegins(VariantSummary.class, VariantTable.columns(true), Set.of());
  }

  @Test
  void samples() throws Exception {
    TableSchema.assertBegins(SampleSummary.class, SampleTable.columns(false), Set.of());
    TableSchema.assertHolds(SampleSummary.class, SampleTable.columns(true), OF_KNOWN);
  }

  @Test
  void regions() throws Exception {
    TableSchema.assertBegins(
        RegionSummary.class,
        RegionTable.columns(false),
        Set.of("n_known", "n_ti_known", "n_tv_known"));
    TableSchema.assertHolds(RegionSummary.class, RegionTable.columns(true), OF_KNOWN);
  }

  @Test
  void populations() throws Exception {
    TableSchema.assertBegins(PopulationSummary.class, PopulationTable.COLUMNS, Set.of());
  }
}
