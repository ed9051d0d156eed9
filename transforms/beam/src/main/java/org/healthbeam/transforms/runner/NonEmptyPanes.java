package org.healthbeam.transforms.runner;

import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollection.IsBounded;

/**
 * Lets the groupings after it leave out panes with nothing in them, whatever windows its caller
 * has: a runner without {@link RunnerNeed#NO_EMPTY_PANES} would tell of a window, after all that it
 * holds, that it holds nothing.
 */
public final class NonEmptyPanes {
  private NonEmptyPanes() {}

  /**
   * {@return the same elements in the same windows} Bounded input gives no empty pane.
   *
   * @param <T> the type of the elements
   * @param what what the elements are, for the name of the step
   * @param collection bounded or not
   */
  public static <T> PCollection<T> of(String what, PCollection<T> collection) {
    return collection.isBounded() == IsBounded.BOUNDED
        ? collection
        : collection.apply(
            "No empty panes of " + what,
            Window.<T>configure().withOnTimeBehavior(Window.OnTimeBehavior.FIRE_IF_NON_EMPTY));
  }
}
