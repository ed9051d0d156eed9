package org.healthbeam.core.code;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Answers in the order in which they came, each target once. */
final class Answers {
  /** Up to here a walk through the list is faster than a set. */
  private static final int FEW = 12;

  private record Target(String system, String code, String valueSet) {
    static Target of(Answer answer) {
      return new Target(
          answer.target().system(), answer.target().code(), answer.detail().valueSet());
    }
  }

  private final List<Answer> answers = new ArrayList<>(2);
  private Set<Target> targets = Set.of();

  void add(Answer answer) {
    if (answers.size() < FEW) {
      for (Answer earlier : answers) {
        if (isSame(earlier, answer)) {
          return;
        }
      }
      answers.add(answer);
      return;
    }
    if (targets.isEmpty()) {
      targets = new HashSet<>();
      answers.forEach(earlier -> targets.add(Target.of(earlier)));
    }
    if (targets.add(Target.of(answer))) {
      answers.add(answer);
    }
  }

  void addAllWithTarget(List<Answer> more) {
    for (Answer answer : more) {
      if (answer.hasTarget()) {
        add(answer);
      }
    }
  }

  private static boolean isSame(Answer a, Answer b) {
    return a.target().code().equals(b.target().code())
        && a.target().system().equals(b.target().system())
        && a.detail().valueSet().equals(b.detail().valueSet());
  }

  int size() {
    return answers.size();
  }

  List<Answer> toList() {
    return answers;
  }
}
