package org.healthbeam.transforms.variant;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.beam.sdk.coders.AtomicCoder;
import org.healthbeam.core.variant.vcf.FileRemarks;

/** Encodes {@link FileRemarks}, deterministically. */
public final class FileRemarksCoder extends AtomicCoder<FileRemarks> {
  private static final long serialVersionUID = 1L;
  private static final FileRemarksCoder INSTANCE = new FileRemarksCoder();

  private FileRemarksCoder() {}

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
}
