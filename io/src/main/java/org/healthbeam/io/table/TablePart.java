package org.healthbeam.io.table;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;

/**
 * A part of a table, which is made of a part of another.
 *
 * @param first where in the other it begins, by which parts are ordered
 * @param name of the file with its rows; empty if there is no row
 * @param header the line that names the columns; empty in a format that has them in each file
 */
public record TablePart(long first, String name, String header) {

  /** Encodes parts, deterministically. */
  public static final class PartCoder extends AtomicCoder<TablePart> {
    private static final long serialVersionUID = 1L;
    private static final PartCoder INSTANCE = new PartCoder();

    /** {@return the one} */
    public static PartCoder of() {
      return INSTANCE;
    }

    @Override
    public void encode(TablePart value, OutputStream out) throws IOException {
      VarLongCoder.of().encode(value.first, out);
      StringUtf8Coder.of().encode(value.name, out);
      StringUtf8Coder.of().encode(value.header, out);
    }

    @Override
    public TablePart decode(InputStream in) throws IOException {
      return new TablePart(
          VarLongCoder.of().decode(in),
          StringUtf8Coder.of().decode(in),
          StringUtf8Coder.of().decode(in));
    }

    @Override
    public boolean consistentWithEquals() {
      return true;
    }
  }
}
