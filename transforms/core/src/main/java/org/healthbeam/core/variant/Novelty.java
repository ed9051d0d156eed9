package org.healthbeam.core.variant;

import java.util.Locale;

/** Whether an alternate is on the list of known ones. */
public enum Novelty {
  /** There is no list, or the alternate is no bases: {@code *}, {@code <DEL>}, a breakend. */
  NOT_ASKED,
  KNOWN,
  NOVEL;

  /** {@return the name as it stands in files; empty if it was not asked for} */
  public String label() {
    return this == NOT_ASKED ? "" : name().toLowerCase(Locale.ROOT);
  }

  /** {@return what has this {@link #label}} */
  public static Novelty ofLabel(String label) {
    return label.isEmpty() ? NOT_ASKED : valueOf(label.toUpperCase(Locale.ROOT));
  }
}
