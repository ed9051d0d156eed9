package org.healthbeam.pipelines.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import javax.annotation.Nullable;
import org.apache.beam.sdk.io.FileSystems;
import org.healthbeam.core.outcome.PayloadHash;

/** Reads the secret key of pseudonyms and payload hashes, where the pipeline is built. */
public final class PseudonymKey {
  /** More than anybody's key; a larger file was named by mistake. */
  private static final int LARGEST = 4096;

  private PseudonymKey() {}

  /**
   * Returns the keyed hash of this file's content without white space at its end, or the salted one
   * if there is no file.
   *
   * @throws UsageException if there is a file but no key in it
   */
  public static PayloadHash read(@Nullable String file) throws UsageException {
    if (file == null) {
      return PayloadHash.salted();
    }
    if (file.isBlank()) {
      throw new UsageException("--pseudonymKeyFile is empty; it names a file");
    }
    byte[] key;
    try (InputStream in =
        Channels.newInputStream(
            FileSystems.open(FileSystems.matchSingleFileSpec(file).resourceId()))) {
      key = in.readNBytes(LARGEST + 1);
    } catch (IOException e) {
      throw new UsageException(
          "--pseudonymKeyFile=" + file + " cannot be read: no such file, or no permission", e);
    }
    int length = key.length;
    while (length > 0 && Character.isWhitespace(key[length - 1])) {
      length--;
    }
    if (length < 16 || length > LARGEST) {
      throw new UsageException(
          "--pseudonymKeyFile=%s has %s bytes; a key has from 16 to %d. For example: head -c 32"
                  .formatted(file, length > LARGEST ? "more than " + LARGEST : length, LARGEST)
              + " /dev/urandom | base64 > "
              + file);
    }
    return PayloadHash.keyed(java.util.Arrays.copyOf(key, length));
  }
}
