package org.healthbeam.pipelines.run;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import javax.annotation.Nullable;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.transforms.files.NamedFiles;

/**
 * Reads the secret key of pseudonyms and payload hashes, where the pipeline is built; the workers
 * read it again from the same file, so that it does not travel with the job.
 */
public final class PseudonymKey {
  /** More than anybody's key; a larger file was named by mistake. */
  private static final int LARGEST = 4096;

  private static final int SHORTEST = 16;

  private PseudonymKey() {}

  /**
   * {@return the keyed hash of this file's content without white space at its end, or the salted
   * one if there is no file}
   *
   * @param file on any file system; null for none, not empty
   * @throws UsageException if there is a file but no key in it
   */
  public static PayloadHash read(@Nullable String file) throws UsageException {
    if (file == null) {
      return PayloadHash.salted();
    }
    if (file.isBlank()) {
      throw new UsageException("--pseudonymKeyFile is empty; it names a file");
    }
    KeyFile key;
    byte[] found;
    try {
      key = new KeyFile(NamedFiles.resource(file).toString());
      found = key.read();
    } catch (IOException e) {
      throw new UsageException(
          "--pseudonymKeyFile=" + file + " cannot be read: no such file, or no permission", e);
    }
    if (found.length < SHORTEST || found.length > LARGEST) {
      throw new UsageException(
          "--pseudonymKeyFile=%s has %s bytes; a key has from %d to %d. For example: head -c 32"
                  .formatted(
                      file,
                      found.length > LARGEST ? "more than " + LARGEST : found.length,
                      SHORTEST,
                      LARGEST)
              + " /dev/urandom | base64 > "
              + file);
    }
    try {
      return PayloadHash.keyedFrom(file, key);
    } catch (IOException e) {
      throw new UsageException("--pseudonymKeyFile=" + file + " cannot be read twice", e);
    }
  }

  /** The key's file on any file system of Beam's; the workers must be able to read it too. */
  private record KeyFile(String file) implements PayloadHash.KeyFile {
    @Override
    public byte[] read() throws IOException {
      byte[] key;
      try (InputStream in = NamedFiles.open(file)) {
        key = in.readNBytes(LARGEST + 1);
      }
      int length = key.length;
      while (length > 0 && Character.isWhitespace(key[length - 1])) {
        length--;
      }
      return Arrays.copyOf(key, length);
    }
  }
}
