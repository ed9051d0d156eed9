package org.healthbeam.io.replay;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import javax.annotation.Nullable;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.transforms.outcome.InputRecordCoder;

/**
 * What a file holds at one place: a record, or why there is none.
 *
 * @param reason null for a record
 * @param detail empty for a record
 * @param record the record, or what is known of it
 */
record ReplayItem(@Nullable RejectReason reason, String detail, InputRecord record) {

  static ReplayItem of(InputRecord record) {
    return new ReplayItem(null, "", record);
  }

  /** Encodes an item, deterministically. */
  static final class ItemCoder extends AtomicCoder<ReplayItem> {
    private static final long serialVersionUID = 1L;
    private static final ItemCoder INSTANCE = new ItemCoder();

    static ItemCoder of() {
      return INSTANCE;
    }

    @Override
    public void encode(ReplayItem item, OutputStream out) throws IOException {
      out.write(item.reason == null ? 0 : 1);
      if (item.reason != null) {
        StringUtf8Coder.of().encode(item.reason.code(), out);
        StringUtf8Coder.of().encode(item.detail, out);
      }
      InputRecordCoder.of().encode(item.record, out);
    }

    @Override
    public ReplayItem decode(InputStream in) throws IOException {
      if (in.read() == 0) {
        return ReplayItem.of(InputRecordCoder.of().decode(in));
      }
      return new ReplayItem(
          RejectReason.fromCode(StringUtf8Coder.of().decode(in)),
          StringUtf8Coder.of().decode(in),
          InputRecordCoder.of().decode(in));
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
