package org.healthbeam.pipelines.monitorvitals;

import java.util.List;
import java.util.Set;
import org.healthbeam.core.vital.VitalSummary;
import org.healthbeam.core.vital.alert.Alert;
import org.healthbeam.core.vital.alert.AlertBurden;
import org.healthbeam.core.vital.artefact.VitalArtefact;
import org.healthbeam.core.vital.quality.ReadingGaps;
import org.healthbeam.core.vital.score.EarlyWarningScore;
import org.healthbeam.pipelines.schema.TableSchema;
import org.junit.jupiter.api.Test;

/** Rows of vital signs in a pipeline have the columns of the tables in files. */
class VitalRowColumnsTest {
  /** In files the values of a coded kind are words. */
  @Test
  void summaries() throws Exception {
    TableSchema.assertBegins(
        VitalSummary.class, VitalColumns.of(SummaryLines.COLUMNS), Set.of("first", "last"));
  }

  /** In rows the parameters are one array, in files three columns each. */
  @Test
  void scores() throws Exception {
    TableSchema.assertBegins(
        EarlyWarningScore.class,
        VitalColumns.of(ScoreLines.columns(List.of(), true)),
        Set.of("missing", "parameters"));
  }

  @Test
  void alerts() throws Exception {
    TableSchema.assertBegins(Alert.class, VitalColumns.of(AlertLines.columns(true)), Set.of());
  }

  @Test
  void burden() throws Exception {
    TableSchema.assertBegins(AlertBurden.class, VitalColumns.of(BurdenLines.COLUMNS), Set.of());
  }

  /** In files the verdict is text. */
  @Test
  void artefacts() throws Exception {
    TableSchema.assertBegins(
        VitalArtefact.class, VitalColumns.of(ArtefactLines.COLUMNS), Set.of("artefact"));
  }

  /** In files these times are text. */
  @Test
  void gaps() throws Exception {
    TableSchema.assertBegins(
        ReadingGaps.class, VitalColumns.of(GapLines.COLUMNS), Set.of("first", "last", "gap_from"));
  }
}
