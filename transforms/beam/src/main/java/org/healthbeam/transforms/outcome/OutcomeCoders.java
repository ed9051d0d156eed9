package org.healthbeam.transforms.outcome;

import com.google.auto.service.AutoService;
import java.util.List;
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.CoderProviderRegistrar;
import org.apache.beam.sdk.coders.CoderProviders;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.outcome.Rejected;

/** Makes the coders of this package known to every pipeline. */
@AutoService(CoderProviderRegistrar.class)
public final class OutcomeCoders implements CoderProviderRegistrar {
  @Override
  public List<CoderProvider> getCoderProviders() {
    return List.of(
        CoderProviders.forCoder(TypeDescriptor.of(Rejected.class), RejectedCoder.of()),
        CoderProviders.forCoder(TypeDescriptor.of(InputRecord.class), InputRecordCoder.of()),
        CoderProviders.forCoder(TypeDescriptor.of(StageCount.class), StageCount.CountCoder.of()));
  }
}
