package org.healthbeam.transforms.code;

import com.google.auto.service.AutoService;
import java.util.List;
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.CoderProviderRegistrar;
import org.apache.beam.sdk.coders.CoderProviders;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.Translation;

/** Makes the coders of this package known to every pipeline. */
@AutoService(CoderProviderRegistrar.class)
public final class CodeCoders implements CoderProviderRegistrar {
  @Override
  public List<CoderProvider> getCoderProviders() {
    return List.of(
        CoderProviders.forCoder(TypeDescriptor.of(Coding.class), CodingCoder.of()),
        CoderProviders.forCoder(TypeDescriptor.of(CodeMaps.class), CodeMapsCoder.of()),
        CoderProviders.forCoder(TypeDescriptor.of(Translation.class), TranslationCoder.of()),
        CoderProviders.forCoder(
            TypeDescriptor.of(PlacedTranslation.class), PlacedTranslationCoder.of()),
        CoderProviders.forCoder(TypeDescriptor.of(Coverage.class), CoverageCoder.of()),
        CoderProviders.forCoder(TypeDescriptor.of(CodeCount.class), CodeCountCoder.of()),
        CoderProviders.forCoder(TypeDescriptor.of(CodeChange.class), CodeChangeCoder.of()));
  }
}
