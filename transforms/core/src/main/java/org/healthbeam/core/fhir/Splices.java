package org.healthbeam.core.fhir;

import java.util.ArrayList;
import java.util.List;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.RejectedException;

/** Bytes, and what is to be put between them, in order of place. */
final class Splices {
  @SuppressWarnings("ArrayRecordComponent")
  private record Splice(int at, byte[] bytes) {}

  /** A little less than what a JVM takes as an array. */
  private static final int MAX_LENGTH = Integer.MAX_VALUE - 64;

  private final byte[] original;
  private final List<Splice> splices = new ArrayList<>();
  private long added;

  Splices(byte[] original) {
    this.original = original;
  }

  /** Puts bytes before the one at this place, which is beyond that of every earlier call. */
  void insert(int at, byte[] bytes) throws RejectedException {
    splices.add(new Splice(at, bytes));
    added += bytes.length;
    if (original.length + added > MAX_LENGTH) {
      throw new RejectedException(
          RejectReason.TOO_LARGE, "has so many targets that it would become too long");
    }
  }

  byte[] result() {
    if (splices.isEmpty()) {
      return original;
    }
    byte[] result = new byte[(int) (original.length + added)];
    int from = 0;
    int to = 0;
    for (Splice splice : splices) {
      System.arraycopy(original, from, result, to, splice.at() - from);
      to += splice.at() - from;
      from = splice.at();
      System.arraycopy(splice.bytes(), 0, result, to, splice.bytes().length);
      to += splice.bytes().length;
    }
    System.arraycopy(original, from, result, to, original.length - from);
    return result;
  }
}
