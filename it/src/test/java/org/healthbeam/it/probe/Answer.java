package org.healthbeam.it.probe;

import java.util.Locale;

/** What a runner did when it was asked. */
enum Answer {
  YES,
  /** The runner throws before it reads anything. */
  REFUSED,
  LOSES_OUTPUT,
  EMPTY_PANE,
  FIRES_TWICE,
  NEVER_FIRES,
  /** What should come in the order of time does not. */
  OUT_OF_ORDER,
  /** It started, and threw. */
  FAILS,
  /** It stood still until the probe lost its patience: nothing is known. */
  STANDS_STILL;

  /** Returns the words of the page. */
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
