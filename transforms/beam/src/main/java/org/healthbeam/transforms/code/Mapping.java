package org.healthbeam.transforms.code;

import java.io.Serializable;
import java.util.Objects;
import javax.annotation.Nullable;
import org.healthbeam.core.code.ConceptPolicy;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.code.TranslationPolicy;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.transforms.outcome.Rejects;

/** What can be set where values are mapped, whatever they are. */
final class Mapping implements Serializable {
  private static final long serialVersionUID = 1L;

  final MapsInUse maps;
  @Nullable final CodeMaps before;
  final TranslationPolicy policy;
  final String stage;
  @Nullable final PayloadHash pseudonyms;
  @Nullable final transient Rejects rejects;

  Mapping(MapsInUse maps) {
    this(
        Objects.requireNonNull(maps, "maps"),
        null,
        TranslationPolicy.DEFAULT,
        TranslateCodings.STAGE,
        null,
        null);
  }

  private Mapping(
      MapsInUse maps,
      @Nullable CodeMaps before,
      TranslationPolicy policy,
      String stage,
      @Nullable PayloadHash pseudonyms,
      @Nullable Rejects rejects) {
    this.maps = maps;
    this.before = before;
    this.policy = policy;
    this.stage = Objects.requireNonNull(stage, "stage");
    this.pseudonyms = pseudonyms;
    this.rejects = rejects;
  }

  Mapping changedSince(CodeMaps earlier) {
    return new Mapping(maps, maps.earlier(earlier), policy, stage, pseudonyms, rejects);
  }

  Mapping with(SeveralTargets several) {
    return with(policy.with(several));
  }

  Mapping with(ConceptPolicy concept) {
    return with(policy.with(concept));
  }

  private Mapping with(TranslationPolicy policy) {
    return new Mapping(maps, before, policy, stage, pseudonyms, rejects);
  }

  Mapping withStage(String stage) {
    return new Mapping(maps, before, policy, stage, pseudonyms, rejects);
  }

  Mapping withPseudonyms(PayloadHash pseudonyms) {
    return new Mapping(
        maps, before, policy, stage, Objects.requireNonNull(pseudonyms, "pseudonyms"), rejects);
  }

  Mapping countedIn(Rejects rejects) {
    return new Mapping(
        maps, before, policy, stage, pseudonyms, Objects.requireNonNull(rejects, "rejects"));
  }

  /** {@return the place with a pseudonym for the identifier, if there is a key} */
  Place pseudonymized(Place place) {
    return pseudonyms == null || place.resourceId().isEmpty()
        ? place
        : place.withResourceId(pseudonyms.pseudonym(place.resourceId()));
  }
}
