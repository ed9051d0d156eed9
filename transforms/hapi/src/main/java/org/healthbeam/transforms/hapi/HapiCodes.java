package org.healthbeam.transforms.hapi;

import org.apache.beam.sdk.values.PCollectionView;
import org.healthbeam.transforms.code.CodeMaps;
import org.healthbeam.transforms.code.Codes;
import org.hl7.fhir.instance.model.api.IBaseResource;

/**
 * Code mapping on HAPI's resources: the front door of this package, beside {@link Codes} for all
 * else.
 *
 * <pre>{@code
 * CodeMaps maps = CodeMaps.fromFiles(List.of("maps/"));
 * Mapped<Condition> mapped =
 *     conditions.apply("Map codes", HapiCodes.<Condition>map(maps).countedIn(rejects));
 * }</pre>
 */
public final class HapiCodes {
  private HapiCodes() {}

  /**
   * Adds target codings to resources of any version of FHIR; see {@link MapResourceCodes}.
   *
   * @param <T> a type of resource, or {@code IBaseResource}
   * @param maps the same for the whole run
   * @return the transform
   */
  public static <T extends IBaseResource> MapResourceCodes<T> map(CodeMaps maps) {
    return new MapResourceCodes<>(Codes.mapValues(maps, new ResourceMapper<>()));
  }

  /**
   * Adds target codings to resources by maps that may change; see {@link Codes#watch}.
   *
   * @param <T> a type of resource, or {@code IBaseResource}
   * @param maps as they are when a resource comes
   * @return the transform
   */
  public static <T extends IBaseResource> MapResourceCodes<T> map(PCollectionView<CodeMaps> maps) {
    return new MapResourceCodes<>(Codes.mapValues(maps, new ResourceMapper<>()));
  }
}
