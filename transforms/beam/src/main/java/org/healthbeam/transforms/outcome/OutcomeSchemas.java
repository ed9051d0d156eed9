package org.healthbeam.transforms.outcome;

import com.google.auto.service.AutoService;
import org.apache.beam.sdk.schemas.SchemaProviderRegistrar;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.Rejected;
import org.healthbeam.transforms.row.RowForm;
import org.healthbeam.transforms.row.RowForms;

/** Makes the schemas of what every stage takes and counts known to every pipeline. */
@AutoService(SchemaProviderRegistrar.class)
public final class OutcomeSchemas extends RowForms {
  /** The columns of {@code rejected/*.jsonl}. */
  static final RowForm<Rejected> REJECTED =
      RowForm.of(Rejected.class)
          .text("stage", Rejected::stage)
          .text("reason", rejected -> rejected.reason().code())
          .text("detail", Rejected::detail)
          .text("source", Rejected::source)
          .text("position", Rejected::position)
          .text("payload_hash", Rejected::payloadHash)
          .from(
              row ->
                  new Rejected(
                      row.text("stage"),
                      RejectReason.fromCode(row.text("reason")),
                      row.text("detail"),
                      row.text("source"),
                      row.text("position"),
                      row.text("payload_hash")));

  static final RowForm<InputRecord> RECORD =
      RowForm.of(InputRecord.class)
          .text("source", InputRecord::source)
          .text("position", InputRecord::position)
          .bytes("bytes", InputRecord::bytes)
          .from(
              row -> new InputRecord(row.text("source"), row.text("position"), row.bytes("bytes")));

  static final RowForm<StageCount> COUNT =
      RowForm.of(StageCount.class)
          .text("stage", StageCount::stage)
          .text("outcome", StageCount::outcome)
          .whole("n", StageCount::n)
          .from(row -> new StageCount(row.text("stage"), row.text("outcome"), row.whole("n")));

  /** For the service loader. */
  public OutcomeSchemas() {
    super(REJECTED, RECORD, COUNT);
  }
}
