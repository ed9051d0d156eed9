package org.healthbeam.core.code.count;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.healthbeam.core.code.Answer;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.Translation;

/**
 * Counts translations by resource type, code and what became of it. Displays are not compared, so
 * that a code's spellings come together: the most frequent one stands, of equally frequent ones the
 * first in order; of a code with more than 16 displays the 16 that come first in order are told
 * apart. A target that is the source code as it is has no display.
 *
 * <p>Memory grows with the distinct translations and their displays: whoever counts looks at {@link
 * #size} and empties it in time. For one thread.
 */
public final class CodeTally {
  /** Takes what was counted. */
  @FunctionalInterface
  public interface Taker {
    /**
     * Takes one code.
     *
     * @param resourceType that the codings stood in; empty outside of FHIR
     * @param translation with the canonical source system and a display
     * @param n how often it came
     */
    void take(String resourceType, Translation translation, long n);
  }

  private final Map<Key, CodeDisplays> sums = new HashMap<>();
  private int size;

  /**
   * Counts one translation.
   *
   * @param resourceType that the coding stood in; empty outside of FHIR
   * @param translation of the coding, with its display
   */
  public void add(String resourceType, Translation translation) {
    add(resourceType, translation, 1);
  }

  /**
   * Counts the same translation several times.
   *
   * @param resourceType that the codings stood in; empty outside of FHIR
   * @param translation of the codings, with their display
   * @param n how often, from 1
   */
  public void add(String resourceType, Translation translation, long n) {
    Key key = new Key(resourceType, withoutDisplaysOfTargetsAsTheyAre(translation));
    CodeDisplays sum = sums.get(key);
    if (sum == null) {
      sum = new CodeDisplays();
      sums.put(key, sum);
    } else {
      size -= sum.size();
    }
    sum.add(translation.source().display(), n);
    size += sum.size();
  }

  /**
   * Counts what another has counted, which stays as it is.
   *
   * @param other another one
   */
  public void addAll(CodeTally other) {
    other.sums.forEach(
        (key, theirs) -> {
          CodeDisplays sum = sums.get(key);
          if (sum == null) {
            sum = new CodeDisplays();
            sums.put(key, sum);
          } else {
            size -= sum.size();
          }
          sum.addAll(theirs);
          size += sum.size();
        });
  }

  /** {@return how many distinct translations there are, each display by itself} */
  public int size() {
    return size;
  }

  /**
   * Shows each distinct translation once, with its most frequent display; in no order.
   *
   * @param taker is called once for each
   */
  public void forEach(Taker taker) {
    sums.forEach(
        (key, sum) ->
            taker.take(key.resourceType, withSource(key.translation, sum.best()), sum.total()));
  }

  /**
   * Shows each distinct translation once with each of its displays, so that whoever adds such parts
   * up knows which display is the most frequent one; in no order.
   *
   * @param taker is called once for each translation and display
   */
  public void forEachDisplay(Taker taker) {
    sums.forEach(
        (key, sum) ->
            sum.forEach(
                (display, n) ->
                    taker.take(key.resourceType, withSource(key.translation, display), n)));
  }

  /**
   * Hands out what was counted, as {@link #forEachDisplay} shows it, and forgets it.
   *
   * @param taker is called once for each translation and display
   */
  public void drainTo(Taker taker) {
    forEachDisplay(taker);
    sums.clear();
    size = 0;
  }

  /**
   * {@return what translations that are counted together have in common}
   *
   * @param translation any
   */
  public static Translation common(Translation translation) {
    return withSource(withoutDisplaysOfTargetsAsTheyAre(translation), "");
  }

  /**
   * {@return the same translation of the same code with the canonical system and this display}
   *
   * @param translation any
   * @param display empty for none
   */
  public static Translation withSource(Translation translation, String display) {
    Coding source = translation.source();
    return new Translation(
        new Coding(translation.system(), source.version(), source.code(), display),
        translation.system(),
        translation.outcome(),
        translation.reason(),
        translation.answers(),
        translation.accepted(),
        translation.maps());
  }

  /** A rule that takes the code as it is takes its display too, and there are many. */
  private static Translation withoutDisplaysOfTargetsAsTheyAre(Translation translation) {
    Coding source = translation.source();
    List<Answer> answers = translation.answers();
    boolean none = true;
    for (int i = 0; i < answers.size() && none; i++) {
      none = !isAsItIs(source, answers.get(i));
    }
    if (none) {
      return translation;
    }
    return new Translation(
        source,
        translation.system(),
        translation.outcome(),
        translation.reason(),
        answers.stream()
            .map(answer -> isAsItIs(source, answer) ? answer.withoutDisplay() : answer)
            .toList(),
        translation.accepted(),
        translation.maps());
  }

  private static boolean isAsItIs(Coding source, Answer answer) {
    return answer.fallback()
        && !source.display().isEmpty()
        && answer.target().code().equals(source.code())
        && answer.target().display().equals(source.display());
  }

  /** What makes two translations one: all but the source's display and how its system is called. */
  private static final class Key {
    final String resourceType;
    final Translation translation;
    final int hash;

    Key(String resourceType, Translation translation) {
      this.resourceType = resourceType;
      this.translation = translation;
      this.hash =
          (translation.source().code().hashCode() * 31 + translation.system().hashCode()) * 31
              + resourceType.hashCode();
    }

    @Override
    public boolean equals(Object other) {
      if (!(other instanceof Key key) || hash != key.hash) {
        return false;
      }
      Translation a = translation;
      Translation b = key.translation;
      return resourceType.equals(key.resourceType)
          && a.source().code().equals(b.source().code())
          && a.source().version().equals(b.source().version())
          && a.system().equals(b.system())
          && a.outcome() == b.outcome()
          && a.reason() == b.reason()
          && a.accepted() == b.accepted()
          && a.answers().equals(b.answers())
          && a.maps().equals(b.maps());
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }
}
