package org.healthbeam.transforms.vital;

import java.time.Duration;
import java.util.Locale;
import org.healthbeam.core.vital.ReadingVersion;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.VitalReading;
import org.healthbeam.core.vital.VitalSign;
import org.healthbeam.core.vital.artefact.VitalArtefact;
import org.healthbeam.core.vital.quality.QualityAspect;
import org.healthbeam.core.vital.quality.QualityItem;
import org.healthbeam.core.vital.quality.ReadingGaps;
import org.healthbeam.transforms.row.RowCells;
import org.healthbeam.transforms.row.RowForm;

/** Vital signs, and what is said of single ones, as rows. */
final class SignRows {
  /** A coded value is a number too: the rank of the code. */
  static final RowForm<VitalReading> READING =
      RowForm.of(VitalReading.class)
          .text("subject", VitalReading::subject)
          .time("time", VitalReading::time)
          .text("kind", reading -> reading.kind().kindName())
          .number("value", VitalReading::value)
          .text("unit", VitalReading::unit)
          .flag("coded", VitalReading::coded)
          .text("source", VitalReading::source)
          .text("position", VitalReading::position)
          .text("status", reading -> status(reading.version()))
          .whole("version_order", reading -> reading.version().order())
          .whole("observation", reading -> reading.version().observation())
          .from(
              row ->
                  new VitalReading(
                      row.text("subject"),
                      kind(row),
                      row.number("value"),
                      row.text("unit"),
                      row.flag("coded"),
                      row.time("time"),
                      row.text("source"),
                      row.text("position"),
                      version(row)));

  /** A coded value is a number too: the rank of the code. */
  static final RowForm<VitalSign> SIGN =
      RowForm.of(VitalSign.class)
          .text("subject", VitalSign::subject)
          .time("time", VitalSign::time)
          .text("kind", sign -> sign.kind().kindName())
          .number("value", VitalSign::value)
          .text("unit", sign -> sign.kind().unit())
          .text("source", VitalSign::source)
          .text("position", VitalSign::position)
          .text("status", sign -> status(sign.version()))
          .whole("version_order", sign -> sign.version().order())
          .whole("observation", sign -> sign.version().observation())
          .from(
              row ->
                  new VitalSign(
                      row.text("subject"),
                      kind(row),
                      row.number("value"),
                      row.time("time"),
                      row.text("source"),
                      row.text("position"),
                      version(row)));

  /** The columns of {@code artefacts.tsv}. */
  static final RowForm<VitalArtefact> ARTEFACT =
      RowForm.of(VitalArtefact.class)
          .text("subject", VitalArtefact::subject)
          .time("time", VitalArtefact::time)
          .text("kind", artefact -> artefact.kind().kindName())
          .text("unit", artefact -> artefact.kind().unit())
          .number("value", VitalArtefact::value)
          .number("median", VitalArtefact::median)
          .number("limit", VitalArtefact::limit)
          .whole("revision", VitalArtefact::revision)
          .flag("artefact", VitalArtefact::artefact)
          .from(
              row ->
                  new VitalArtefact(
                      row.text("subject"),
                      kind(row),
                      row.time("time"),
                      row.number("value"),
                      row.number("median"),
                      row.number("limit"),
                      row.whole("revision"),
                      row.flag("artefact")));

  /** The columns of {@code gaps.tsv}. */
  static final RowForm<ReadingGaps> GAPS =
      RowForm.of(ReadingGaps.class)
          .text("subject", ReadingGaps::subject)
          .text("kind", gaps -> gaps.kind().kindName())
          .time("first", ReadingGaps::first)
          .time("last", ReadingGaps::last)
          .whole("hours", ReadingGaps::hours)
          .whole("hours_with_reading", ReadingGaps::hoursWithReading)
          .whole("longest_gap_s", gaps -> gaps.longestGap().toSeconds())
          .time("gap_from", ReadingGaps::gapFrom)
          .from(
              row ->
                  new ReadingGaps(
                      row.text("subject"),
                      kind(row),
                      row.time("first"),
                      row.time("last"),
                      row.whole("hours"),
                      row.whole("hours_with_reading"),
                      Duration.ofSeconds(row.whole("longest_gap_s")),
                      row.time("gap_from")));

  /** The columns of {@code quality.tsv} but for the count. */
  static final RowForm<QualityItem> QUALITY =
      RowForm.of(QualityItem.class)
          .text("aspect", item -> item.aspect().code())
          .text("kind", item -> item.kind().kindName())
          .text("item", QualityItem::item)
          .text("detail", QualityItem::detail)
          .from(
              row ->
                  new QualityItem(
                      QualityAspect.valueOf(row.text("aspect").toUpperCase(Locale.ROOT)),
                      kind(row),
                      row.text("item"),
                      row.text("detail")));

  private SignRows() {}

  static VitalKind kind(RowCells row) {
    return VitalKind.named(row.text("kind"));
  }

  private static String status(ReadingVersion version) {
    return version.status().name().toLowerCase(Locale.ROOT);
  }

  private static ReadingVersion version(RowCells row) {
    return new ReadingVersion(
        ReadingVersion.Status.valueOf(row.text("status").toUpperCase(Locale.ROOT)),
        row.whole("version_order"),
        row.whole("observation"));
  }
}
