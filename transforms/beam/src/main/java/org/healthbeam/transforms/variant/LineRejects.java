package org.healthbeam.transforms.variant;

import java.io.Serializable;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.beam.sdk.transforms.DoFn.MultiOutputReceiver;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.variant.OnInvalid;
import org.healthbeam.core.variant.VcfBlock;
import org.healthbeam.transforms.outcome.Outcomes;

/**
 * What becomes of a line that breaks a rule: a reject at once where its number in the file is
 * known; else it waits, without its content, until the lines of all parts are counted.
 *
 * <p>The payload that is hashed is the line's SHA-256 either way, so that the hash does not depend
 * on the parts and no line is carried along.
 */
final class LineRejects implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What waits for {@link NumberRejects}. */
  static final TupleTag<UnnumberedReject> UNNUMBERED =
      new TupleTag<UnnumberedReject>("unnumbered") {
        private static final long serialVersionUID = 1L;
      };

  /** By file, the number of a part and how many lines it has. */
  static final TupleTag<KV<String, KV<Integer, Long>>> LINES =
      new TupleTag<KV<String, KV<Integer, Long>>>("lines") {
        private static final long serialVersionUID = 1L;
      };

  private final Outcomes outcomes;
  private final OnInvalid policy;

  LineRejects(Outcomes outcomes, OnInvalid policy) {
    this.outcomes = outcomes;
    this.policy = policy;
  }

  /** Says how many lines a part has if the block is the one that tells it. */
  static void countLines(VcfBlock block, MultiOutputReceiver out) {
    VcfBlock.Part part = block.part();
    if (!part.isWhole() && part.hasLines()) {
      out.get(LINES).output(KV.of(block.source(), KV.of(part.index(), part.lines())));
    }
  }

  /**
   * Rejects the bytes of a block from {@code from} to {@code to}.
   *
   * @param line the number of the line, counted as in the block
   */
  void reject(
      VcfBlock block, long line, RejectedException why, int from, int to, MultiOutputReceiver out) {
    byte[] digest = digest(block.bytes(), from, to);
    if (block.part().isWhole()) {
      if (policy == OnInvalid.STRICT) {
        throw new InvalidRecordException(block.source(), line, why);
      }
      outcomes.reject(
          out.get(Outcomes.REJECTED),
          why.reason(),
          why.detail(),
          block.source(),
          Long.toString(line),
          digest);
      return;
    }
    out.get(UNNUMBERED)
        .output(
            new UnnumberedReject(
                block.source(),
                block.part().index(),
                line,
                why.reason().code(),
                why.detail(),
                digest));
  }

  private static byte[] digest(byte[] bytes, int from, int to) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(bytes, from, to - from);
      return sha256.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("The Java platform lacks SHA-256", e);
    }
  }
}
