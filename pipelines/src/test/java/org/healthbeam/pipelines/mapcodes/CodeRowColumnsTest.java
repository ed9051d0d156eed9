package org.healthbeam.pipelines.mapcodes;

import java.util.Set;
import org.healthbeam.pipelines.schema.TableSchema;
import org.healthbeam.transforms.code.CodeChange;
import org.healthbeam.transforms.code.CodeCount;
import org.healthbeam.transforms.code.Coverage;
import org.healthbeam.transforms.code.PlacedTranslation;
import org.junit.jupiter.api.Test;

/** Rows of codes in a pipeline have the columns of the tables in files. */
class CodeRowColumnsTest {
  // In rows the answers to a code are an array; each says whether it was "accepted", and has its
  // properties as rows. A change has what was before and after as rows. Coverage is by "system".
  @Test
  void translations() throws Exception {
    TableSchema.assertHolds(
        PlacedTranslation.class,
        TranslationRows.TABLE,
        Set.of(
            "taken",
            "depends_on",
            "products",
            "concept_id",
            "domain_id",
            "cdm_table",
            "source_concept_id",
            "value_as_concept_id"));
  }

  @Test
  void codes() throws Exception {
    TableSchema.assertHolds(CodeCount.class, CodeLines.CODES, Set.of("taken", "answer"));
  }

  @Test
  void coverage() throws Exception {
    TableSchema.assertHolds(Coverage.class, CodeLines.COVERAGE, Set.of("source_system"));
  }

  @Test
  void changes() throws Exception {
    TableSchema.assertHolds(
        CodeChange.class,
        CodeLines.CHANGES,
        Set.of(
            "outcome_before",
            "targets_before",
            "taken_before",
            "outcome_after",
            "targets_after",
            "taken_after"));
  }
}
