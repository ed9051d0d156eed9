package org.healthbeam.transforms.variant;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import javax.annotation.Nullable;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.MapCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.healthbeam.core.variant.CohortTotals;
import org.healthbeam.core.variant.Region;
import org.healthbeam.core.variant.SiteTotals;
import org.healthbeam.core.variant.reference.ContigNames;
import org.healthbeam.core.variant.reference.DifferentAssembliesException;

/**
 * Calls the sequences of regions as the records do; where the records have several names for one,
 * by the first in the order of characters.
 */
final class NameContigs
    extends PTransform<PCollection<KV<Region, SiteTotals>>, PCollection<KV<Region, SiteTotals>>> {
  private static final long serialVersionUID = 1L;

  @Nullable private final ContigNames contigs;
  private final transient PCollection<CohortTotals> cohort;

  /**
   * @param contigs by whose keys the regions call their sequences; null where they call them as the
   *     records do
   */
  NameContigs(@Nullable ContigNames contigs, PCollection<CohortTotals> cohort) {
    this.contigs = contigs;
    this.cohort = cohort;
  }

  @Override
  public PCollection<KV<Region, SiteTotals>> expand(PCollection<KV<Region, SiteTotals>> regions) {
    PCollectionView<Map<String, String>> names =
        cohort
            .apply("Names of sequences", ParDo.of(new NamesByKey(contigs)))
            .setCoder(MapCoder.of(StringUtf8Coder.of(), StringUtf8Coder.of()))
            .apply("All names", View.asSingleton());
    return regions
        .apply("Name", ParDo.of(new Name(names)).withSideInputs(names))
        .setCoder(KvCoder.of(RegionCoder.of(), SiteTotalsCoder.of()));
  }

  /** Says how the records call each sequence. */
  private static final class NamesByKey extends DoFn<CohortTotals, Map<String, String>> {
    private static final long serialVersionUID = 1L;

    @Nullable private final ContigNames contigs;

    NamesByKey(@Nullable ContigNames contigs) {
      this.contigs = contigs;
    }

    @ProcessElement
    public void process(
        @Element CohortTotals cohort, OutputReceiver<Map<String, String>> receiver) {
      Map<String, String> names = new HashMap<>();
      String assembly = null;
      for (String name : cohort.recordsByContig().keySet()) {
        names.putIfAbsent(contigs == null ? name : contigs.key(name), name);
        String here = ContigNames.assembly(name);
        if (here != null && assembly != null && !here.equals(assembly)) {
          throw new DifferentAssembliesException("One VCF", assembly, "another", here);
        }
        assembly = here == null ? assembly : here;
      }
      receiver.output(names);
    }
  }

  private static final class Name extends DoFn<KV<Region, SiteTotals>, KV<Region, SiteTotals>> {
    private static final long serialVersionUID = 1L;

    private final PCollectionView<Map<String, String>> names;

    Name(PCollectionView<Map<String, String>> names) {
      this.names = names;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      Region region = Objects.requireNonNull(context.element().getKey());
      String name = context.sideInput(names).getOrDefault(region.contig(), region.contig());
      context.output(
          KV.of(
              new Region(name, region.start(), region.end(), region.name()),
              context.element().getValue()));
    }
  }
}
