package org.healthbeam.core.code;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Answers in the order in which they came, each target once. As many targets as there may be take
 * time in proportion, also where a map is made so that its codes have one and the same hash.
 */
class Answers {
  /** Up to here a walk through the list is faster than a table. */
  private static final int FEW = 12;

  /** Odd, and another one in each process, so that nobody can make a map for it. */
  private static final int SEED = ThreadLocalRandom.current().nextInt() | 1;

  private static final int NONE = -1;

  private final List<Answer> answers = new ArrayList<>(2);
  // Places in the list by hash, with others in the places that follow; more than half are empty.
  private int[] table = {};

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
    if (2 * answers.size() >= table.length) {
      grow();
    }
    int place = placeOf(answer);
    if (table[place] == NONE) {
      table[place] = answers.size();
      answers.add(answer);
    }
  }

  private void grow() {
    table = new int[Math.max(4 * FEW, 4 * answers.size())];
    Arrays.fill(table, NONE);
    for (int i = 0; i < answers.size(); i++) {
      // They are all different.
      int place = start(answers.get(i));
      while (table[place] != NONE) {
        place = next(place);
      }
      table[place] = i;
    }
  }

  /** Returns the place of the same target, or the empty one where it would be. */
  private int placeOf(Answer answer) {
    int place = start(answer);
    while (table[place] != NONE && !isSame(answers.get(table[place]), answer)) {
      place = next(place);
    }
    return place;
  }

  private int start(Answer answer) {
    int hash = mixed(SEED, answer.target().code());
    hash = mixed(hash, answer.target().system());
    hash = mixed(hash, answer.detail().valueSet());
    return Integer.remainderUnsigned(hash, table.length);
  }

  private static int mixed(int hash, String text) {
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * SEED;
      hash ^= hash >>> 15;
    }
    return hash * SEED + text.length();
  }

  private int next(int place) {
    return place + 1 == table.length ? 0 : place + 1;
  }

  void addAllWithTarget(List<Answer> more) {
    for (Answer answer : more) {
      if (answer.hasTarget()) {
        add(answer);
      }
    }
  }

  /** Returns whether both have one target; a test counts how often this is asked. */
  boolean isSame(Answer a, Answer b) {
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
