package org.healthbeam.pipelines.monitorvitals;

import java.util.List;
import java.util.Set;
import org.healthbeam.core.vital.VitalSummary;
import org.healthbeam.core.vital.alert.Alert;
import org.healthbeam.core.vital.alert.AlertBurden;
import org.healthbeam.core.vital.artefact.VitalArtefact;
import org.healthbeam.core.vital.quality.QualityItem;
import org.healthbeam.core.vital.quality.ReadingGaps;
import org.healthbeam.core.vital.score.EarlyWarningScore;
import org.healthbeam.pipelines.schema.TableSchema;
import org.junit.jupiter.api.Test;

/** Rows of vital signs in a pipeline have the columns of the tables in files. */
class VitalRowColumnsTest {
  /** In files the values of a coded kind are words. */
  @Test
  void summaries() throws Exception {
    TableSchema.assertBegins(VitalSummary.class, SummaryLines.COLUMNS, Set.of("first", "last"));
  }

  /** In rows the parameters are one array, in files three columns each. */
  @Test
  void scores() throws Exception {
    TableSchema.assertBegins(
        EarlyWarningScore.class,
        ScoreLines.columns(List.of(), true),
        Set.of("missing", "parameters"));
  }

  @Test
  void alerts() throws Exception {
    TableSchema.assertBegins(Alert.class, AlertLines.columns(true), Set.of());
  }

  @Test
  void burden() throws Exception {
    TableSchema.assertBegins(AlertBurden.class, BurdenLines.COLUMNS, Set.of());
  }

  @Test
  void artefacts() throws Exception {
    TableSchema.assertBegins(VitalArtefact.class, ArtefactLines.COLUMNS, Set.of());
  }

  @Test
  void gaps() throws Exception {
    TableSchema.assertBegins(ReadingGaps.class, GapLines.COLUMNS, Set.of());
  }

  /** Rows are pairs of an item and its count. */
  @Test
  void quality() throws Exception {
    TableSchema.assertBegins(QualityItem.class, QualityLines.COLUMNS, Set.of("n"));
  }
}
