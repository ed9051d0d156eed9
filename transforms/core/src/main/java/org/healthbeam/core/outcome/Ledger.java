package org.healthbeam.core.outcome;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The account of a run: every stage, what went in and what became of it.
 *
 * <p>It is made from counters, in the order in which the stages were declared. {@link #violations}
 * is empty exactly if every stage is conserved and no stage got other than what the stage before it
 * let through.
 */
public final class Ledger {

  /**
   * A stage as the pipeline declares it.
   *
   * @param name unique within the run
   * @param unit what is counted, in the plural
   * @param after the stage whose survivors are this one's input, or empty if the unit changes
   */
  public record Stage(String name, String unit, String after) {
    /**
     * Refuses what is null.
     *
     * @param name unique within the run
     * @param unit what is counted, in the plural
     * @param after the stage whose survivors are this one's input, or empty if the unit changes
     */
    public Stage {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(unit, "unit");
      Objects.requireNonNull(after, "after");
    }
  }

  private final Map<String, Stage> stages = new LinkedHashMap<>();
  private final Map<String, Long> in = new TreeMap<>();
  private final Map<String, Map<String, Long>> outcomes = new TreeMap<>();

  /**
   * Declares a stage; the order of declaration is the order of the account.
   *
   * @param stage whose name no other has; the one that it comes after may be declared later
   * @return this account
   * @throws IllegalArgumentException if a stage of this name is declared
   */
  public Ledger declare(Stage stage) {
    if (stages.putIfAbsent(stage.name(), stage) != null) {
      throw new IllegalArgumentException("Stage '" + stage.name() + "' is declared twice");
    }
    return this;
  }

  /**
   * Adds to what went into a stage.
   *
   * @param stage the name of a declared one
   * @param n how many, 0 or more
   */
  public void addIn(String stage, long n) {
    in.merge(declared(stage), n, Long::sum);
  }

  /**
   * Adds to one outcome of a stage.
   *
   * @param stage the name of a declared one
   * @param outcome as the stage names it; those that begin with {@link StageLedger#REJECTED} are
   *     rejects
   * @param n how many, 0 or more
   */
  public void addOutcome(String stage, String outcome, long n) {
    outcomes.computeIfAbsent(declared(stage), s -> new TreeMap<>()).merge(outcome, n, Long::sum);
  }

  /**
   * {@return whether a stage of this name is declared}
   *
   * @param stage any name
   */
  public boolean isDeclared(String stage) {
    return stages.containsKey(stage);
  }

  /** {@return the account of every declared stage, in order} */
  public List<StageLedger> stages() {
    List<StageLedger> result = new ArrayList<>();
    for (Stage stage : stages.values()) {
      result.add(
          new StageLedger(
              stage.name(),
              stage.unit(),
              in.getOrDefault(stage.name(), 0L),
              outcomes.getOrDefault(stage.name(), Map.of())));
    }
    return result;
  }

  /** {@return a sentence for each stage that does not add up; empty if all do} */
  public List<String> violations() {
    Map<String, StageLedger> byName = new LinkedHashMap<>();
    stages().forEach(s -> byName.put(s.stage(), s));
    List<String> result = new ArrayList<>();
    for (StageLedger s : byName.values()) {
      if (!s.isConserved()) {
        result.add(
            "Stage '%s': in %d is not out %d + rejected %d"
                .formatted(s.stage(), s.in(), s.out(), s.rejected()));
      }
      String after = stages.get(s.stage()).after();
      if (!after.isEmpty()) {
        StageLedger before = byName.get(after);
        if (before == null) {
          result.add("Stage '%s' follows '%s', which is not declared".formatted(s.stage(), after));
        } else if (before.out() != s.in()) {
          result.add(
              "Stage '%s': %d came out of '%s' but %d went in"
                  .formatted(s.stage(), before.out(), after, s.in()));
        }
      }
    }
    return result;
  }

  /**
   * {@return the largest share of inputs that were rejected on the way from where a unit is first
   * counted to the end of its last stage}
   *
   * <p>Stages that follow one another lose parts of the same inputs, so their rejects are added;
   * stages that count something else, or stand side by side, are not.
   */
  public double rejectedFraction() {
    Map<String, StageLedger> byName = new LinkedHashMap<>();
    stages().forEach(s -> byName.put(s.stage(), s));
    double largest = 0;
    for (StageLedger last : byName.values()) {
      long rejected = 0;
      long first = 0;
      StageLedger s = last;
      // No chain is longer than there are stages: this ends even if they follow one another round.
      for (int i = 0; s != null && i < byName.size(); i++) {
        rejected += s.rejected();
        first = s.in();
        s = byName.get(stages.get(s.stage()).after());
      }
      if (first > 0) {
        largest = Math.max(largest, (double) rejected / first);
      }
    }
    return largest;
  }

  private String declared(String stage) {
    if (!isDeclared(stage)) {
      throw new IllegalArgumentException("Stage '" + stage + "' is not declared");
    }
    return stage;
  }
}
