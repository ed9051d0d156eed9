package org.healthbeam.transforms.variant.join;

import com.google.auto.service.AutoService;
import java.util.List;
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.CoderProviderRegistrar;
import org.apache.beam.sdk.coders.CoderProviders;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.healthbeam.core.variant.join.GenomeBin;
import org.healthbeam.core.variant.join.SampleCalls;
import org.healthbeam.core.variant.join.TotalsRevision;
import org.healthbeam.core.variant.join.VariantRevision;

/** Makes the coders of this package known to every pipeline. */
@AutoService(CoderProviderRegistrar.class)
public final class JoinCoders implements CoderProviderRegistrar {
  @Override
  public List<CoderProvider> getCoderProviders() {
    return List.of(
        CoderProviders.forCoder(TypeDescriptor.of(GenomeBin.class), GenomeBinCoder.of()),
        CoderProviders.forCoder(TypeDescriptor.of(SampleCalls.class), SampleCallsCoder.of()),
        CoderProviders.forCoder(
            TypeDescriptor.of(VariantRevision.class), VariantRevisionCoder.of()),
        CoderProviders.forCoder(TypeDescriptor.of(TotalsRevision.class), TotalsRevisionCoder.of()));
  }
}
