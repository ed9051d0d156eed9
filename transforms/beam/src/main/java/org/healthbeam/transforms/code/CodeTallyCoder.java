package org.healthbeam.transforms.code;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.coders.CustomCoder;
import org.apache.beam.sdk.coders.ListCoder;
import org.healthbeam.core.code.count.CodeTally;

/** Encodes what is counted so far, in no order. */
final class CodeTallyCoder extends CustomCoder<CodeTally> {
  private static final long serialVersionUID = 1L;
  private static final ListCoder<CodeCount> COUNTS = ListCoder.of(CodeCountCoder.of());

  @Override
  public void encode(CodeTally tally, OutputStream out) throws IOException {
    List<CodeCount> parts = new ArrayList<>(tally.size());
    tally.forEachDisplay((type, translation, n) -> parts.add(new CodeCount(type, translation, n)));
    COUNTS.encode(parts, out);
  }

  /** {@return what was counted, each translation once} */
  static List<CodeCount> counts(CodeTally tally) {
    List<CodeCount> counts = new ArrayList<>(tally.size());
    tally.forEach((type, translation, n) -> counts.add(new CodeCount(type, translation, n)));
    return counts;
  }

  @Override
  public CodeTally decode(InputStream in) throws IOException {
    CodeTally tally = new CodeTally();
    COUNTS.decode(in).forEach(each -> tally.add(each.resourceType(), each.translation(), each.n()));
    return tally;
  }

  @Override
  public void verifyDeterministic() throws NonDeterministicException {
    throw new NonDeterministicException(this, "the codes are in no order");
  }
}
