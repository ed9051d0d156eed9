package org.healthbeam.transforms.variant.lines;

import java.io.Serializable;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import javax.annotation.Nullable;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.DoFn.MultiOutputReceiver;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.healthbeam.core.outcome.Rejected;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.variant.OnInvalid;
import org.healthbeam.core.variant.VcfBlock;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.outcome.Rejects;

/**
 * What becomes of a line that breaks a rule: a reject at once where its number in the file is
 * known; else it waits, without its content, until the lines of all parts are counted.
 *
 * <p>The payload that is hashed is the line's SHA-256 either way, so that the hash does not depend
 * on the parts and no line is carried along.
 */
public final class LineRejects implements Serializable {
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

  /** {@return the outputs that a DoFn must have to reject lines} */
  static TupleTagList tags() {
    return TupleTagList.of(Outcomes.REJECTED).and(Outcomes.COUNTED).and(UNNUMBERED).and(LINES);
  }

  /**
   * Collects what was rejected to these outputs, with the numbers that lines have in the file.
   *
   * @param rejects take what is rejected
   * @param scanned outputs of the step that scans
   * @param outcomes of that step
   * @param policy for records that break a rule
   */
  public static void collect(
      @Nullable Rejects rejects, PCollectionTuple scanned, Outcomes outcomes, OnInvalid policy) {
    Rejects.collect(rejects, scanned);
    Rejects.collect(rejects, numbered(scanned, outcomes, policy));
  }

  /**
   * Collects what was rejected to these outputs where a file may never end: the position of a line
   * of a file that is read in parts is the number of the part and that of the line in it, both from
   * 1, with a colon.
   *
   * @param rejects take what is rejected
   * @param scanned outputs of the step that scans
   * @param outcomes of that step
   * @param policy for records that break a rule
   */
  public static void collectByPart(
      @Nullable Rejects rejects, PCollectionTuple scanned, Outcomes outcomes, OnInvalid policy) {
    scanned
        .get(LINES)
        .setCoder(
            KvCoder.of(StringUtf8Coder.of(), KvCoder.of(VarIntCoder.of(), VarLongCoder.of())));
    Rejects.collect(rejects, scanned);
    Rejects.collect(
        rejects,
        scanned
            .get(UNNUMBERED)
            .setCoder(UnnumberedReject.RejectCoder.of())
            .apply("Reject by part", ParDo.of(new RejectByPart(outcomes, policy))));
  }

  /** {@return the rejects of files that are read in parts, with their lines' numbers} */
  private static PCollection<Rejected> numbered(
      PCollectionTuple scanned, Outcomes outcomes, OnInvalid policy) {
    PCollectionView<Map<String, Iterable<KV<Integer, Long>>>> lines =
        scanned
            .get(LineRejects.LINES)
            .setCoder(
                KvCoder.of(StringUtf8Coder.of(), KvCoder.of(VarIntCoder.of(), VarLongCoder.of())))
            .apply("Lines of parts", View.asMultimap());
    return scanned
        .get(LineRejects.UNNUMBERED)
        .setCoder(UnnumberedReject.RejectCoder.of())
        .apply(
            "Number rejects",
            ParDo.of(new NumberRejects(outcomes, policy, lines)).withSideInputs(lines));
  }

  /** Says how many lines a part has if the block is the one that tells it. */
  static void countLines(VcfBlock block, MultiOutputReceiver out) {
    VcfBlock.Part part = block.part();
    if (!part.isPlaced() && part.hasLines()) {
      out.get(LINES).output(KV.of(block.source(), KV.of(part.index(), part.lines())));
    }
  }

  /**
   * Rejects the bytes of a block from {@code from} to {@code to}.
   *
   * @param line the number of the line, counted as in the block
   * @param column the column, from 1, or 0 if the whole line is meant
   */
  void reject(
      VcfBlock block,
      long line,
      int column,
      RejectedException why,
      int from,
      int to,
      MultiOutputReceiver out) {
    byte[] digest = digest(block.bytes(), from, to);
    if (block.part().isPlaced()) {
      String position = position(block.part().position(line), column);
      if (policy == OnInvalid.STRICT) {
        throw new InvalidRecordException(block.source(), position, why);
      }
      outcomes.reject(
          out.get(Outcomes.REJECTED), why.reason(), why.detail(), block.source(), position, digest);
      return;
    }
    out.get(UNNUMBERED)
        .output(
            new UnnumberedReject(
                block.source(),
                block.part().index(),
                line,
                column,
                why.reason().code(),
                why.detail(),
                digest));
  }

  /** {@return the line, and the column after a colon if there is one} */
  static String position(String line, int column) {
    return column == 0 ? line : line + ":" + column;
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
