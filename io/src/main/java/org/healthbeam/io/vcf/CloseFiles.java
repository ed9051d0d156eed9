package org.healthbeam.io.vcf;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTagList;
import org.healthbeam.core.outcome.Rejected;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.variant.OnInvalid;
import org.healthbeam.transforms.outcome.Outcomes;

/** Says of each file, once all its parts are read, what became of it. */
final class CloseFiles extends DoFn<KV<String, Iterable<PartReport>>, Rejected> {
  private static final long serialVersionUID = 1L;
  private static final byte[] NOTHING = new byte[0];

  private final Outcomes outcomes;
  private final OnInvalid policy;

  CloseFiles(Outcomes outcomes, OnInvalid policy) {
    this.outcomes = outcomes;
    this.policy = policy;
  }

  static ParDo.MultiOutput<KV<String, Iterable<PartReport>>, Rejected> with(
      Outcomes outcomes, OnInvalid policy) {
    return ParDo.of(new CloseFiles(outcomes, policy))
        .withOutputTags(Outcomes.REJECTED, TupleTagList.of(Outcomes.COUNTED));
  }

  @ProcessElement
  public void process(@Element KV<String, Iterable<PartReport>> file, MultiOutputReceiver out) {
    outcomes.begin();
    close(file, out.get(Outcomes.REJECTED));
    outcomes.tell(out.get(Outcomes.COUNTED));
  }

  private void close(KV<String, Iterable<PartReport>> file, OutputReceiver<Rejected> receiver) {
    List<PartReport> parts = new ArrayList<>();
    file.getValue().forEach(parts::add);
    parts.sort(Comparator.comparingInt(PartReport::index));
    String remark = "";
    long damages = 0;
    String position = "";
    long lines = 0;
    RejectedException why = null;
    for (PartReport part : parts) {
      if (why == null && part.damages() > 0) {
        why = part.why();
        position = part.position(lines);
      }
      damages += part.damages();
      lines += part.lines();
      remark = remark.isEmpty() ? part.remark() : remark;
    }
    boolean strict = policy == OnInvalid.STRICT;
    if (why == null && strict && remark.equals(PartLines.NO_END_MARKER)) {
      why = PartLines.noEndMarker();
      position = Long.toString(lines + 1);
    }
    if (why == null) {
      outcomes.out(remark.isEmpty() ? Outcomes.PASSED : remark);
      return;
    }
    if (strict) {
      throw new InvalidFileException(file.getKey(), position, why);
    }
    String detail = damages == 1 ? why.detail() : why.detail() + "; one of " + damages + " places";
    outcomes.reject(receiver, why.reason(), detail, file.getKey(), position, NOTHING);
  }
}
