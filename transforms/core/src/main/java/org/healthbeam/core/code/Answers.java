package org.healthbeam.core.code;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * Answers in the order in which they came, each once: two are one only if they say the same in
 * every respect. As many as there may be take n log n comparisons, whatever a map is made for.
 */
final class Answers {
  /** Up to here a walk through the list is faster than a tree. */
  private static final int FEW = 12;

  /**
   * The order of answers: by what is said, target first, so that it does not hang on where and in
   * which order it was read. The versions of maps come last, since another version of a map that
   * says the same changes nothing.
   */
  static final Comparator<Answer> ORDER = Answers::compare;

  private final List<Answer> answers = new ArrayList<>(2);
  private final TreeSet<Answer> known = new TreeSet<>(ORDER);

  void add(Answer answer) {
    if (answers.size() < FEW) {
      if (!answers.contains(answer)) {
        answers.add(answer);
      }
      return;
    }
    if (known.isEmpty()) {
      known.addAll(answers);
    }
    if (known.add(answer)) {
      answers.add(answer);
    }
  }

  void addAll(List<Answer> more) {
    more.forEach(this::add);
  }

  void addAllWithTarget(List<Answer> more) {
    for (Answer answer : more) {
      if (answer.hasTarget()) {
        add(answer);
      }
    }
  }

  int size() {
    return answers.size();
  }

  List<Answer> toList() {
    return answers;
  }

  /** {@return the answers sorted, each once; the list may be the same one} */
  static List<Answer> sorted(List<Answer> all) {
    if (all.size() < 2) {
      return all;
    }
    all.sort(ORDER);
    int n = 1;
    for (int i = 1; i < all.size(); i++) {
      if (!all.get(i).equals(all.get(n - 1))) {
        all.set(n++, all.get(i));
      }
    }
    return n == all.size() ? all : all.subList(0, n);
  }

  /** {@return whether two answers have one target} */
  static boolean isOneTarget(Answer a, Answer b) {
    return target(a, b) == 0;
  }

  /** {@return the order of two ways to say something: answer by answer} */
  static int compare(List<Answer> a, List<Answer> b) {
    int n = Math.min(a.size(), b.size());
    for (int i = 0; i < n; i++) {
      int order = compare(a.get(i), b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  private static int compare(Answer a, Answer b) {
    int order = target(a, b);
    return order != 0 ? order : rest(a, b);
  }

  private static int target(Answer a, Answer b) {
    int order = a.target().system().compareTo(b.target().system());
    if (order == 0) {
      order = a.target().code().compareTo(b.target().code());
    }
    return order != 0 ? order : a.detail().valueSet().compareTo(b.detail().valueSet());
  }

  private static int rest(Answer a, Answer b) {
    int order = a.relationship().compareTo(b.relationship());
    if (order == 0) {
      order = a.map().url().compareTo(b.map().url());
    }
    if (order == 0) {
      order = a.asked().url().compareTo(b.asked().url());
    }
    if (order == 0) {
      order = a.target().version().compareTo(b.target().version());
    }
    if (order == 0) {
      order = a.target().display().compareTo(b.target().display());
    }
    if (order == 0) {
      order = a.condition().compareTo(b.condition());
    }
    if (order == 0) {
      order = Boolean.compare(a.fallback(), b.fallback());
    }
    if (order == 0) {
      order = properties(a.detail().dependsOn(), b.detail().dependsOn());
    }
    if (order == 0) {
      order = properties(a.detail().products(), b.detail().products());
    }
    if (order == 0) {
      order = a.detail().comment().compareTo(b.detail().comment());
    }
    if (order == 0) {
      order = a.map().version().compareTo(b.map().version());
    }
    return order != 0 ? order : a.asked().version().compareTo(b.asked().version());
  }

  private static int properties(List<Property> a, List<Property> b) {
    int n = Math.min(a.size(), b.size());
    for (int i = 0; i < n; i++) {
      int order = property(a.get(i), b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  private static int property(Property a, Property b) {
    int order = a.name().compareTo(b.name());
    if (order == 0) {
      order = a.system().compareTo(b.system());
    }
    if (order == 0) {
      order = a.value().compareTo(b.value());
    }
    if (order == 0) {
      order = a.display().compareTo(b.display());
    }
    return order != 0 ? order : a.valueSet().compareTo(b.valueSet());
  }
}
