package org.healthbeam.transforms.code;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.healthbeam.core.code.Circumstances;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.ConceptPolicy;
import org.healthbeam.core.code.Translation;

/**
 * How one value is mapped: finds its codings, asks for the translation of each, and makes the
 * result of them. It changes nothing in the value that it is given.
 *
 * @param <T> what is mapped
 * @param <R> what it becomes
 */
@FunctionalInterface
public interface CodingsMapper<T, R> extends Serializable {

  /**
   * {@return the result for one value, which is not null}
   *
   * @param value one element
   * @param lookup answers for its codings
   */
  R map(T value, Lookup lookup);

  /** Translates codings; each call is one coding in the ledger and in the translations. */
  @FunctionalInterface
  interface Lookup {
    /**
     * {@return what the maps answer for a coding that stands at this place}
     *
     * @param coding of the value
     * @param place where it stands in the value
     */
    default Translation translate(Coding coding, Place place) {
      return translate(coding, place, Circumstances.NONE);
    }

    /**
     * {@return what the maps answer, where more than the coding is known}
     *
     * @param coding of the value
     * @param place where it stands in the value
     * @param circumstances the date of the event, and properties
     */
    Translation translate(Coding coding, Place place, Circumstances circumstances);

    /**
     * {@return what the maps answer for all codings of one concept, in their order, after the
     * choice among them that the policy makes ({@link ConceptPolicy})}
     *
     * @param codings of one concept
     * @param places one for each coding
     * @param circumstances the date of the event, and properties
     */
    default List<Translation> translateConcept(
        List<Coding> codings, List<Place> places, Circumstances circumstances) {
      List<Translation> translations = new ArrayList<>(codings.size());
      for (int i = 0; i < codings.size(); i++) {
        translations.add(translate(codings.get(i), places.get(i), circumstances));
      }
      return translations;
    }
  }
}
