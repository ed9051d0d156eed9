package org.healthbeam.core.variant;

import org.healthbeam.core.outcome.RejectedException;

/** What happens to the broken rules of the record that is being scanned. */
final class Violations {
  private final boolean repair;
  private boolean repaired;

  Violations(OnInvalid policy) {
    this.repair = policy == OnInvalid.REPAIR;
  }

  void clear() {
    repaired = false;
  }

  /** Returns if the rule's repair is to be done, and throws otherwise. */
  void found(VcfRule rule) throws RejectedException {
    if (!repair || !rule.isRepairable()) {
      throw rule.broken();
    }
    repaired = true;
  }

  boolean anyRepaired() {
    return repaired;
  }
}
