package org.healthbeam.core.variant.bcf;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;

/** What holds of any bytes that are read as a BCF, for the fuzz. */
public final class AnyBcf {
  private static final int LIMIT = 1 << 20;

  private AnyBcf() {}

  /** Says whether it is one; otherwise it is refused as such. */
  public static boolean check(byte[] bytes) throws IOException {
    try (BcfText in = new BcfText(new ByteArrayInputStream(bytes), LIMIT)) {
      in.readAllBytes();
      return true;
    } catch (InvalidBcfException | EOFException e) {
      return false;
    }
  }

  /** Returns a file with records of every kind of value. */
  public static byte[] small() {
    return BcfTextTest.small();
  }
}
