package org.healthbeam.transforms.variant.join;

import java.util.Map;
import javax.annotation.Nullable;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.state.MapState;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.KV;
import org.healthbeam.core.variant.join.CohortEvent;
import org.healthbeam.core.variant.join.GenomeBin;

/**
 * Says what a sequence is called that files call by several names: the first, in the order of
 * characters, of those by which a file of a sample has it that is in. As long as there is one name,
 * nothing is said.
 */
final class NameArrivingSequences
    extends DoFn<KV<String, KV<String, Integer>>, KV<Integer, KV<GenomeBin, CohortEvent>>> {
  private static final long serialVersionUID = 1L;

  @StateId("samples")
  private final StateSpec<MapState<String, Integer>> samplesSpec =
      StateSpecs.map(StringUtf8Coder.of(), VarIntCoder.of());

  @StateId("said")
  private final StateSpec<ValueState<String>> saidSpec = StateSpecs.value(StringUtf8Coder.of());

  @StateId("version")
  private final StateSpec<ValueState<Long>> versionSpec = StateSpecs.value(VarLongCoder.of());

  @ProcessElement
  public void process(
      @Element KV<String, KV<String, Integer>> element,
      @StateId("samples") MapState<String, Integer> samples,
      @StateId("said") ValueState<String> said,
      @StateId("version") ValueState<Long> version,
      OutputReceiver<KV<Integer, KV<GenomeBin, CohortEvent>>> out) {
    String changed = element.getValue().getKey();
    Integer before = samples.get(changed).read();
    int after = (before == null ? 0 : before) + element.getValue().getValue();
    samples.put(changed, after);
    int names = 0;
    String first = null;
    for (Map.Entry<String, Integer> name : samples.entries().read()) {
      names++;
      if (name.getValue() > 0 && isBefore(name.getKey(), first)) {
        first = name.getKey();
      }
    }
    if (names > 1 && first != null && !first.equals(said.read())) {
      Long last = version.read();
      long next = last == null ? 1 : last + 1;
      version.write(next);
      said.write(first);
      GenomeBin sequence = new GenomeBin(element.getKey(), 0);
      out.output(KV.of(0, KV.of(sequence, CohortEvent.named(first, next))));
    }
  }

  private static boolean isBefore(String name, @Nullable String other) {
    return other == null || name.compareTo(other) < 0;
  }
}
