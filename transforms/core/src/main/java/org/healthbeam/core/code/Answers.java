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

  private static final int[] EMPTY = {};

  private List<Answer> answers = List.of();
  // Places in the list by hash, with others in the places that follow; more than half are empty.
  private int[] table = EMPTY;
  private int[] hashes = EMPTY;

  void add(Answer answer) {
    if (answers.isEmpty()) {
      answers = new ArrayList<>(2);
    }
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
    int hash = hash(answer);
    int place = Integer.remainderUnsigned(hash, table.length);
    for (; table[place] != NONE; place = next(place)) {
      int earlier = table[place];
      if (hashes[earlier] == hash && isSame(answers.get(earlier), answer)) {
        return;
      }
    }
    put(place, answers.size(), hash);
    answers.add(answer);
  }

  private void put(int place, int number, int hash) {
    table[place] = number;
    hashes[number] = hash;
  }

  private void grow() {
    int known = hashes.length;
    table = new int[4 * Math.max(FEW, answers.size())];
    hashes = Arrays.copyOf(hashes, table.length / 2 + 1);
    Arrays.fill(table, NONE);
    for (int i = 0; i < answers.size(); i++) {
      // They are all different.
      int hash = known == 0 ? hash(answers.get(i)) : hashes[i];
      int place = Integer.remainderUnsigned(hash, table.length);
      while (table[place] != NONE) {
        place = next(place);
      }
      put(place, i, hash);
    }
  }

  private static int hash(Answer answer) {
    int hash = mixed(SEED, answer.target().code());
    hash = mixed(hash, answer.target().system());
    return mixed(hash, answer.detail().valueSet());
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

  /** Returns whether all targets are in one system. */
  boolean isOfOneSystem() {
    for (Answer answer : answers) {
      if (!answer.target().system().equals(answers.get(0).target().system())) {
        return false;
      }
    }
    return true;
  }

  int size() {
    return answers.size();
  }

  List<Answer> toList() {
    return answers;
  }
}
