package org.healthbeam.transforms.vital.alert;

import com.google.auto.service.AutoService;
import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.CoderProviderRegistrar;
import org.apache.beam.sdk.coders.CoderProviders;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.healthbeam.core.vital.alert.Acknowledgement;
import org.healthbeam.core.vital.alert.Alert;
import org.healthbeam.core.vital.alert.AlertBurden;
import org.healthbeam.core.vital.alert.AlertInput;

/** Makes the coders of this package known to every pipeline. */
@AutoService(CoderProviderRegistrar.class)
public final class AlertCoders implements CoderProviderRegistrar {
  @Override
  public List<CoderProvider> getCoderProviders() {
    return List.of(
        provider(Acknowledgement.class, AcknowledgementCoder.of()),
        provider(Alert.class, AlertCoder.of()),
        provider(AlertBurden.class, AlertBurdenCoder.of()),
        provider(AlertInput.class, AlertInputCoder.of()),
        provider(Followed.class, FollowedCoder.of()));
  }

  private static <T> CoderProvider provider(Class<T> type, Coder<T> coder) {
    return CoderProviders.forCoder(TypeDescriptor.of(type), coder);
  }
}
