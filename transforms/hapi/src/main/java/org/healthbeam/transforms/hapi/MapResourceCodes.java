package org.healthbeam.transforms.hapi;

import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.healthbeam.core.code.ConceptPolicy;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.fhir.EventDates;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.transforms.code.CodeMaps;
import org.healthbeam.transforms.code.MapCodes;
import org.healthbeam.transforms.code.MapValueCodes;
import org.healthbeam.transforms.code.Mapped;
import org.healthbeam.transforms.outcome.Rejects;
import org.hl7.fhir.instance.model.api.IBaseResource;

/**
 * Adds target codings to HAPI's resources, beside the source codings in the same CodeableConcept:
 * what {@link MapCodes} does to FHIR JSON without a model.
 *
 * <p>Input: resources or Bundles of a version of FHIR whose structures are on the class path,
 * bounded or unbounded, in any windows. Output {@link Mapped#values}: the resources, copied where a
 * target is added and the same otherwise; {@link Mapped#translations}: one for every coding, with
 * type and identifier of the resource around it and the FHIRPath from the root. Both are emitted at
 * once, in the resource's window and with its timestamp; nothing is late and nothing is rejected: a
 * coding that cannot be looked up has the outcome {@code invalid}. Codes have no units.
 *
 * <p>A mapping that holds for a time is asked for the date of the resource around the coding, by
 * the same table as in JSON ({@link EventDates}), or else for that of the resource that contains
 * it.
 *
 * <p>What is mapped is what HAPI writes of a resource: a resource that only a reference holds
 * ({@code Reference.setResource}) is mapped as a contained one where HAPI would contain it. Each
 * resource is encoded and parsed once for this. HAPI puts such a resource among the contained ones
 * of the one that was given, too, as it does wherever it writes.
 *
 * <p>A Coding that stands alone is translated and stays alone; labels of the record, {@code
 * meta.tag} and {@code meta.security}, are left out. HAPI strips white space around a code where it
 * parses, so that a code that is invalid in the JSON can be valid here.
 *
 * <p>Results have the coder of the input, which is a {@link ResourceCoder} unless another was set.
 *
 * <p>Source of the rules: FHIR R4 and R5, CodeableConcept and ConceptMap.
 *
 * <pre>{@code
 * Mapped<Condition> mapped =
 *     conditions.apply("Map codes", HapiCodes.<Condition>map(maps).countedIn(rejects));
 * PCollection<Condition> resources = mapped.values();
 * PCollection<PlacedTranslation> translations = mapped.translations();
 * }</pre>
 *
 * @param <T> a type of resource, or what all of them are: {@code IBaseResource}
 */
public final class MapResourceCodes<T extends IBaseResource>
    extends PTransform<PCollection<T>, Mapped<T>> {
  private static final long serialVersionUID = 1L;

  private final MapValueCodes<T, T> mapping;

  MapResourceCodes(MapValueCodes<T, T> mapping) {
    this.mapping = mapping;
  }

  /**
   * Says what several targets in one system come to; without it, to ambiguous.
   *
   * @param policy for a coding with several targets in one system
   * @return this transform with the policy
   */
  public MapResourceCodes<T> withSeveralTargets(SeveralTargets policy) {
    return new MapResourceCodes<>(mapping.withSeveralTargets(policy));
  }

  /**
   * Says which codings of a CodeableConcept are translated; without it, all.
   *
   * @param concept for the codings of one CodeableConcept
   * @return this transform with the policy
   */
  public MapResourceCodes<T> withConceptPolicy(ConceptPolicy concept) {
    return new MapResourceCodes<>(mapping.withConceptPolicy(concept));
  }

  /**
   * Names the stage in the ledger, for pipelines that translate more than once.
   *
   * @param stage unique in the pipeline
   * @return this transform with the name
   */
  public MapResourceCodes<T> withStage(String stage) {
    return new MapResourceCodes<>(mapping.withStage(stage));
  }

  /**
   * Replaces the resources' identifiers in the translations by pseudonyms. The resources themselves
   * keep theirs.
   *
   * @param pseudonyms a hash with a key
   * @return this transform with pseudonyms
   */
  public MapResourceCodes<T> withPseudonyms(PayloadHash pseudonyms) {
    return new MapResourceCodes<>(mapping.withPseudonyms(pseudonyms));
  }

  /**
   * Maps only resources with at least one coding that other maps may have answered otherwise; see
   * {@link MapValueCodes#changedSince}.
   *
   * @param earlier the maps of an earlier run
   * @return this transform, which emits only such resources
   * @throws IllegalStateException if the maps are watched, since they have no one version
   */
  public MapResourceCodes<T> changedSince(CodeMaps earlier) {
    return new MapResourceCodes<>(mapping.changedSince(earlier));
  }

  /**
   * Counts the outcomes in this pipeline's ledger.
   *
   * @param rejects the pipeline's
   * @return this transform, which declares its stage there
   */
  public MapResourceCodes<T> countedIn(Rejects rejects) {
    return new MapResourceCodes<>(mapping.countedIn(rejects));
  }

  @Override
  public Mapped<T> expand(PCollection<T> resources) {
    TypeDescriptor<T> type = resources.getCoder().getEncodedTypeDescriptor();
    Mapped<T> mapped = resources.apply("Map", mapping.into(type));
    mapped.values().setCoder(resources.getCoder());
    return mapped;
  }
}
