package org.healthbeam.transforms.code;

import java.io.Serializable;
import org.healthbeam.core.code.Circumstances;
import org.healthbeam.core.code.Coding;
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

  /** Returns the result for one value, which is not null. */
  R map(T value, Lookup lookup);

  /** Translates codings; each call is one coding in the ledger and in the translations. */
  @FunctionalInterface
  interface Lookup {
    /** Returns what the maps answer for a coding that stands at this place. */
    default Translation translate(Coding coding, Place place) {
      return translate(coding, place, Circumstances.NONE);
    }

    /** Returns what the maps answer, where more than the coding is known. */
    Translation translate(Coding coding, Place place, Circumstances circumstances);
  }
}
