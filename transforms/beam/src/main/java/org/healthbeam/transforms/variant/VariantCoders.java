package org.healthbeam.transforms.variant;

import com.google.auto.service.AutoService;
import java.util.List;
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.CoderProviderRegistrar;
import org.apache.beam.sdk.coders.CoderProviders;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.healthbeam.core.variant.CohortTotals;
import org.healthbeam.core.variant.PopulationSummary;
import org.healthbeam.core.variant.Region;
import org.healthbeam.core.variant.RegionSummary;
import org.healthbeam.core.variant.SampleSummary;
import org.healthbeam.core.variant.SiteTotals;
import org.healthbeam.core.variant.VariantSummary;
import org.healthbeam.core.variant.VcfBlock;
import org.healthbeam.core.variant.compat.CompatTotals;
import org.healthbeam.core.variant.compat.SiteCounts;
import org.healthbeam.core.variant.vcf.FileRemarks;
import org.healthbeam.transforms.variant.lines.VcfBlockCoder;

/** Makes the coders of this package known to every pipeline. */
@AutoService(CoderProviderRegistrar.class)
public final class VariantCoders implements CoderProviderRegistrar {
  @Override
  public List<CoderProvider> getCoderProviders() {
    return List.of(
        CoderProviders.forCoder(TypeDescriptor.of(VcfBlock.class), VcfBlockCoder.of()),
        CoderProviders.forCoder(TypeDescriptor.of(VariantSummary.class), VariantSummaryCoder.of()),
        CoderProviders.forCoder(
            TypeDescriptor.of(PopulationSummary.class), PopulationSummaryCoder.of()),
        CoderProviders.forCoder(TypeDescriptor.of(CohortTotals.class), CohortTotalsCoder.of()),
        CoderProviders.forCoder(TypeDescriptor.of(Region.class), RegionCoder.of()),
        CoderProviders.forCoder(TypeDescriptor.of(SiteTotals.class), SiteTotalsCoder.of()),
        CoderProviders.forCoder(TypeDescriptor.of(SampleSummary.class), SampleSummaryCoder.of()),
        CoderProviders.forCoder(TypeDescriptor.of(RegionSummary.class), RegionSummaryCoder.of()),
        CoderProviders.forCoder(TypeDescriptor.of(FileRemarks.class), FileRemarksCoder.of()),
        CoderProviders.forCoder(TypeDescriptor.of(CompatTotals.class), CompatTotalsCoder.of()),
        CoderProviders.forCoder(TypeDescriptor.of(SiteCounts.class), SiteCountsCoder.of()));
  }
}
