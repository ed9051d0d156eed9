package org.healthbeam.transforms.variant;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.healthbeam.core.variant.vcf.FileRemarks;
import org.healthbeam.transforms.row.CompactCoder;

/** Encodes {@link FileRemarks}, deterministically. */
public final class FileRemarksCoder extends CompactCoder<FileRemarks> {
  private static final long serialVersionUID = 1L;
  private static final FileRemarksCoder INSTANCE = new FileRemarksCoder();

  private FileRemarksCoder() {
    super(FileRemarks.class);
  }

  /** {@return the coder, of which there is one} */
  public static FileRemarksCoder of() {
    return INSTANCE;
  }

  @Override
  public void encode(FileRemarks value, OutputStream out) throws IOException {
    value.write(new DataOutputStream(out));
  }

  @Override
  public FileRemarks decode(InputStream in) throws IOException {
    return FileRemarks.read(new DataInputStream(in));
  }

  /** Remarks have no equality; their bytes have. */
  @Override
  public boolean consistentWithEquals() {
    return false;
  }
}
