package org.healthbeam.core.variant.vcf;

import java.util.Arrays;
import org.healthbeam.core.outcome.RejectedException;

/**
 * What happens to the broken rules of the record that is being read. A rule of which only a remark
 * comes is noted once a record, however many of its samples break it.
 */
public final class Violations {
  private static final VcfRule[] RULES = VcfRule.values();

  private final boolean strict;
  private final boolean repair;
  private boolean repaired;
  private int column;
  private final int[] remarked = new int[RULES.length];
  private int remarks;

  /**
   * @param strict whether values that are not counted must be right too
   * @param repair whether to go on where the rule has a repair
   */
  public Violations(boolean strict, boolean repair) {
    this.strict = strict;
    this.repair = repair;
  }

  /** Prepares for the next record. */
  public void clear() {
    repaired = false;
    column = 0;
    if (remarks > 0) {
      Arrays.fill(remarked, 0);
      remarks = 0;
    }
  }

  /**
   * Returns if the rule's repair is to be done or there is only a remark, and throws otherwise.
   *
   * @param rule that is broken
   * @param at the column, from 1
   * @throws RejectedException if the record cannot be used, or must not by the policy
   */
  public void found(VcfRule rule, int at) throws RejectedException {
    column = at;
    switch (rule.severity()) {
      case NOTICE -> remark(rule, at);
      case VALUE -> {
        if (strict) {
          throw rule.broken();
        }
        remark(rule, at);
      }
      default -> {
        if (!repair || !rule.isRepairable()) {
          throw rule.broken();
        }
        repaired = true;
      }
    }
  }

  /**
   * The same for a rule that is about one column, or about the whole line.
   *
   * @param rule that is broken
   * @throws RejectedException if the record cannot be used, or must not by the policy
   */
  public void found(VcfRule rule) throws RejectedException {
    found(rule, rule.column());
  }

  /**
   * {@return the rejection of the record, whatever the policy}
   *
   * @param rule that is broken
   */
  public RejectedException broken(VcfRule rule) {
    column = rule.column();
    return rule.broken();
  }

  private void remark(VcfRule rule, int at) {
    int i = rule.index();
    if (remarked[i] == 0) {
      // One more, so that a column of 0 is a remark too.
      remarked[i] = at + 1;
      remarks++;
    }
  }

  /** {@return whether something was set right in this record} */
  public boolean anyRepaired() {
    return repaired;
  }

  /** {@return the column of what was last found in this record, from 1, or 0} */
  public int column() {
    return column;
  }

  /**
   * Hands over the remarks on this record.
   *
   * @param into takes them, each rule once
   * @param line the record's number or place, as {@link FileRemarks#begin} has it
   */
  public void remarks(FileRemarks into, long line) {
    for (int i = 0; remarks > 0 && i < remarked.length; i++) {
      if (remarked[i] > 0) {
        into.remark(RULES[i], line, remarked[i] - 1);
      }
    }
  }
}
