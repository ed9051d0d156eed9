package org.healthbeam.transforms.vital;

import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.score.Horizons;
import org.healthbeam.core.vital.score.News2;
import org.healthbeam.core.vital.score.ScoreDefinition;

/** The scores that are asked for, and which subjects have variants of them. */
public final class ScoreSet implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ArrayList<ScoreDefinition> definitions;
  private final ArrayList<Variant> variants;

  private ScoreSet(List<ScoreDefinition> definitions, List<Variant> variants) {
    this.definitions = new ArrayList<>(definitions);
    this.variants = new ArrayList<>(variants);
  }

  /**
   * {@return these scores}
   *
   * @param definitions with different names
   * @throws IllegalArgumentException if a definition does not fit together, or a name stands twice
   */
  public static ScoreSet of(List<ScoreDefinition> definitions) {
    Set<String> names = new HashSet<>();
    for (ScoreDefinition definition : definitions) {
      definition.check();
      if (!names.add(definition.name())) {
        throw new IllegalArgumentException("score " + definition.name() + " is asked for twice");
      }
    }
    return new ScoreSet(definitions, List.of());
  }

  /**
   * {@return the scores with a variant; as they are, if nobody has it or it is not asked for}
   *
   * @param variant of the definition of its name
   * @param subjects who are scored by it
   */
  public ScoreSet withVariant(ScoreDefinition variant, Set<String> subjects) {
    variant.check();
    boolean asked = definitions.stream().anyMatch(d -> d.name().equals(variant.name()));
    if (!asked || subjects.isEmpty()) {
      return this;
    }
    List<Variant> more = new ArrayList<>(variants);
    more.add(new Variant(new HashSet<>(subjects), variant));
    return new ScoreSet(definitions, more);
  }

  /**
   * {@return the scores with scale 2 of NEWS2, if NEWS2 itself is asked for}
   *
   * @param subjects who are scored by it
   */
  public ScoreSet withSpo2Scale2(Set<String> subjects) {
    return definitions.contains(News2.SCALE_1) ? withVariant(News2.SCALE_2, subjects) : this;
  }

  /**
   * {@return the scores of a subject}
   *
   * @param subject anyone
   */
  public List<ScoreDefinition> of(String subject) {
    List<ScoreDefinition> result = definitions;
    for (Variant variant : variants) {
      if (variant.subjects().contains(subject)) {
        result =
            result.stream()
                .map(d -> d.name().equals(variant.definition().name()) ? variant.definition() : d)
                .toList();
      }
    }
    return result;
  }

  /** {@return the kinds that any of the scores looks at} */
  public Set<VitalKind> kinds() {
    Set<VitalKind> kinds = EnumSet.noneOf(VitalKind.class);
    definitions.forEach(d -> kinds.addAll(d.kinds()));
    variants.forEach(v -> kinds.addAll(v.definition().kinds()));
    return kinds;
  }

  /**
   * {@return the longest time for which any value counts}
   *
   * @param horizons by kind or parameter
   */
  public Duration longest(Horizons horizons) {
    Duration longest = Duration.ofMillis(1);
    List<ScoreDefinition> all = new ArrayList<>(definitions);
    variants.forEach(v -> all.add(v.definition()));
    for (ScoreDefinition definition : all) {
      Duration one = definition.longest(horizons);
      longest = longest.compareTo(one) < 0 ? one : longest;
    }
    return longest;
  }

  /** Hides who is in it wherever a runner shows a transform's fields. */
  private record Variant(HashSet<String> subjects, ScoreDefinition definition)
      implements Serializable {
    @Override
    public String toString() {
      return definition.name() + " for " + subjects.size() + " subjects";
    }
  }

  @Override
  public String toString() {
    return definitions + " " + variants;
  }
}
