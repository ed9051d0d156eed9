package org.healthbeam.core.variant;

import java.util.Locale;

/** Whether an alternate is on the list of known ones. */
public enum Novelty {
  /** There is no list, or the alternate is no bases: {@code *}, {@code <DEL>}, a breakend. */
  NOT_ASKED,
  /** The list of known alleles has it. */
  KNOWN,
  /** The list of known alleles does not have it. */
  NOVEL;

  /** {@return the name as it stands in files; empty if it was not asked for} */
  public String label() {
    return this == NOT_ASKED ? "" : name().toLowerCase(Locale.ROOT);
  }

  /**
   * {@return what has this {@link #label}}
   *
   * @param label as {@link #label} gives it, in any case; empty for {@link #NOT_ASKED}
   * @throws IllegalArgumentException if none has it
   */
  public static Novelty ofLabel(String label) {
    return label.isEmpty() ? NOT_ASKED : valueOf(label.toUpperCase(Locale.ROOT));
  }
}
