package org.healthbeam.core.code;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.annotation.Nullable;
import org.healthbeam.core.code.ConceptMap.Combination;

/** What maps said about one coding, sorted by what it is worth; the order of saying is nothing. */
final class Said {
  private record Whole(MapId map, String system) {}

  private record Part(Answer answer, Combination place) {}

  /** What a scenario of a combination comes to. */
  private record Joined(
      List<Answer> taken, boolean decided, List<Answer> open, List<Answer> denied) {
    static final Comparator<Joined> ORDER =
        Comparator.comparing(Joined::taken, Answers::compare)
            .thenComparing(Joined::open, Answers::compare)
            .thenComparing(Joined::denied, Answers::compare);
  }

  // Most often nothing is said, or one thing: room is made when something comes.
  private List<Answer> matches = List.of();
  private List<Answer> open = List.of();
  private List<Answer> denied = List.of();
  private Map<Whole, List<Part>> combinations = Map.of();

  void add(Answer answer, @Nullable Combination combination) {
    if (combination != null) {
      if (combinations.isEmpty()) {
        combinations = new HashMap<>();
      }
      combinations
          .computeIfAbsent(
              new Whole(answer.map(), answer.target().system()), w -> new ArrayList<>())
          .add(new Part(answer, combination));
    } else if (answer.condition() == Condition.UNKNOWN) {
      open = with(open, answer);
    } else if (!answer.isMatch()) {
      denied = with(denied, answer);
    } else if (answer.isDecided()) {
      matches = with(matches, answer);
    } else {
      open = with(open, answer);
    }
  }

  private static List<Answer> with(List<Answer> answers, Answer answer) {
    List<Answer> result = answers.isEmpty() ? new ArrayList<>(2) : answers;
    result.add(answer);
    return result;
  }

  /** {@return the matches, sorted, if they are all that was said; else null} */
  @Nullable
  List<Answer> plainMatches() {
    return open.isEmpty() && denied.isEmpty() && combinations.isEmpty()
        ? Answers.sorted(matches)
        : null;
  }

  /** {@return whether nothing was said} */
  boolean isEmpty() {
    return matches.isEmpty() && open.isEmpty() && denied.isEmpty() && combinations.isEmpty();
  }

  /** {@return whether some targets are taken together only} */
  boolean hasCombinations() {
    return !combinations.isEmpty();
  }

  /** {@return what is explicitly not a target; after {@link #alternatives}} */
  List<Answer> denied() {
    return denied;
  }

  /**
   * {@return what cannot be taken: under conditions that are not known, and value sets; after
   * {@link #alternatives}}
   */
  List<Answer> open() {
    return open;
  }

  /** {@return the alternatives; call once} */
  List<Alternative> alternatives() {
    matches = Answers.sorted(matches);
    open = Answers.sorted(open);
    denied = Answers.sorted(denied);
    List<Alternative> result = new ArrayList<>(matches.size());
    for (int i = 0, end; i < matches.size(); i = end) {
      end = i + 1;
      while (end < matches.size() && Answers.isOneTarget(matches.get(i), matches.get(end))) {
        end++;
      }
      result.add(new Alternative(matches.get(i).target().system(), matches.subList(i, end), true));
    }
    if (!combinations.isEmpty()) {
      join(result);
    }
    return result;
  }

  private void join(List<Alternative> result) {
    List<Joined> all = new ArrayList<>();
    for (List<Part> parts : combinations.values()) {
      TreeMap<Integer, TreeMap<Integer, List<Part>>> scenarios = new TreeMap<>();
      for (Part part : parts) {
        scenarios
            .computeIfAbsent(part.place().scenario(), s -> new TreeMap<>())
            .computeIfAbsent(part.place().part(), p -> new ArrayList<>())
            .add(part);
      }
      scenarios.values().forEach(scenario -> all.add(joined(scenario)));
    }
    all.sort(Joined.ORDER);
    open = new ArrayList<>(open);
    denied = new ArrayList<>(denied);
    for (Joined each : all) {
      if (each.taken().stream().anyMatch(Answer::isDecided)) {
        String system = each.taken().get(0).target().system();
        result.add(new Alternative(system, each.taken(), each.decided()));
      } else {
        open.addAll(each.taken());
      }
      open.addAll(each.open());
      denied.addAll(each.denied());
    }
  }

  /** Takes one target for each part, if it is known which. */
  private static Joined joined(Map<Integer, List<Part>> scenario) {
    Joined result = new Joined(new ArrayList<>(), true, new ArrayList<>(), new ArrayList<>());
    boolean decided = true;
    for (List<Part> candidates : scenario.values()) {
      List<Answer> possible = possible(candidates);
      boolean certain = isCertain(possible);
      decided &= certain;
      for (Answer each : possible) {
        boolean unknown = each.condition() == Condition.UNKNOWN;
        if (!each.isMatch()) {
          // Where there is no target in any case, no condition matters.
          (unknown && !certain ? result.open() : result.denied()).add(each);
        } else {
          // A target that holds in any case is taken for the rule that is known to hold.
          (unknown && certain ? result.open() : result.taken()).add(each);
        }
      }
    }
    return new Joined(result.taken(), decided, result.open(), result.denied());
  }

  /**
   * {@return whether it is known what a part comes to: one of its rules holds, and each that may
   * says the same}
   */
  private static boolean isCertain(List<Answer> possible) {
    Answer first = possible.get(0);
    boolean holds = false;
    for (Answer each : possible) {
      if (each.isMatch() != first.isMatch()
          || (each.isMatch() && !Answers.isOneTarget(each, first))) {
        return false;
      }
      holds |= each.isMatch() ? each.isDecided() : each.condition() != Condition.UNKNOWN;
    }
    return holds;
  }

  /** {@return what is left of a part when its order of priority has been followed} */
  private static List<Answer> possible(List<Part> candidates) {
    List<Part> ordered = new ArrayList<>(candidates);
    ordered.sort(
        Comparator.<Part>comparingInt(part -> part.place().priority())
            .thenComparing(Part::answer, Answers.ORDER));
    Answers result = new Answers();
    int last = Integer.MAX_VALUE;
    for (Part part : ordered) {
      int priority = part.place().priority();
      if (priority > last) {
        break;
      }
      result.add(part.answer());
      if (priority > 0 && part.answer().condition() != Condition.UNKNOWN) {
        last = priority;
      }
    }
    return result.toList();
  }
}
