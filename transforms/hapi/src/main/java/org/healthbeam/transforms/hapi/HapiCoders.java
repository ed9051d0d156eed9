package org.healthbeam.transforms.hapi;

import com.google.auto.service.AutoService;
import java.util.List;
import org.apache.beam.sdk.coders.CannotProvideCoderException;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderProvider;
import org.apache.beam.sdk.coders.CoderProviderRegistrar;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.hl7.fhir.instance.model.api.IBaseResource;

/** Makes the coder of HAPI's resources known to every pipeline. */
@AutoService(CoderProviderRegistrar.class)
public final class HapiCoders implements CoderProviderRegistrar {
  @Override
  public List<CoderProvider> getCoderProviders() {
    return List.of(new OfResources());
  }

  private static final class OfResources extends CoderProvider {
    @Override
    @SuppressWarnings("unchecked") // Checked by the line before; resources have no parameters.
    public <T> Coder<T> coderFor(TypeDescriptor<T> type, List<? extends Coder<?>> components)
        throws CannotProvideCoderException {
      if (!IBaseResource.class.isAssignableFrom(type.getRawType())) {
        throw new CannotProvideCoderException(type + " is not a resource of HAPI's");
      }
      return (Coder<T>) ResourceCoder.of(type.getRawType().asSubclass(IBaseResource.class));
    }
  }
}
