package org.healthbeam.core.code;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.annotation.Nullable;
import org.healthbeam.core.code.ConceptMap.Combination;

/** What maps said about one coding, sorted by what it is worth. */
final class Said {
  private record Whole(MapId map, String system) {}

  private record Part(Answer answer, Combination place) {}

  // Most often nothing is said, or one thing: room is made when something comes.
  private final Answers matches = new Answers();
  private List<Answer> open = List.of();
  private List<Answer> denied = List.of();
  private Map<Whole, List<Part>> combinations = Map.of();

  void add(Answer answer, @Nullable Combination combination) {
    if (combination != null) {
      if (combinations.isEmpty()) {
        combinations = new LinkedHashMap<>();
      }
      combinations
          .computeIfAbsent(
              new Whole(answer.map(), answer.target().system()), w -> new ArrayList<>())
          .add(new Part(answer, combination));
    } else if (answer.condition() == Condition.UNKNOWN) {
      addOpen(answer);
    } else if (!answer.isMatch()) {
      addDenied(answer);
    } else if (answer.isDecided()) {
      matches.add(answer);
    } else {
      addOpen(answer);
    }
  }

  private void addOpen(Answer answer) {
    if (open.isEmpty()) {
      open = new ArrayList<>(2);
    }
    open.add(answer);
  }

  private void addDenied(Answer answer) {
    if (denied.isEmpty()) {
      denied = new ArrayList<>(2);
    }
    denied.add(answer);
  }

  /** Returns the matches, if each is decided by itself and nothing is open; else null. */
  @Nullable
  Answers plainMatches() {
    return open.isEmpty() && combinations.isEmpty() ? matches : null;
  }

  /** Returns whether nothing was said. */
  boolean isEmpty() {
    return matches.size() == 0 && open.isEmpty() && denied.isEmpty() && combinations.isEmpty();
  }

  /** Returns what is explicitly not a target. */
  List<Answer> denied() {
    return denied;
  }

  /** Returns what cannot be taken: under conditions that are not known, and value sets. */
  List<Answer> open() {
    return open;
  }

  /** Returns the alternatives; call once. */
  List<Alternative> alternatives() {
    List<Alternative> result = new ArrayList<>(matches.size());
    for (Answer match : matches.toList()) {
      result.add(new Alternative(match.target().system(), List.of(match), true));
    }
    combinations.forEach(
        (whole, parts) -> {
          TreeMap<Integer, TreeMap<Integer, List<Part>>> scenarios = new TreeMap<>();
          for (Part part : parts) {
            scenarios
                .computeIfAbsent(part.place().scenario(), s -> new TreeMap<>())
                .computeIfAbsent(part.place().part(), p -> new ArrayList<>())
                .add(part);
          }
          scenarios.values().forEach(scenario -> join(whole.system(), scenario, result));
        });
    return combinations.isEmpty() ? result : once(result);
  }

  /** Returns each way to say it once: two maps, or two scenarios, may lead to the same targets. */
  private static List<Alternative> once(List<Alternative> all) {
    List<Alternative> result = new ArrayList<>(all.size());
    Set<Object> seen = new HashSet<>();
    for (Alternative each : all) {
      Set<String> codes = new HashSet<>();
      each.answers().forEach(answer -> codes.add(answer.target().code()));
      if (!each.decided() || seen.add(List.of(each.system(), codes))) {
        result.add(each);
      }
    }
    return result;
  }

  /** Takes one target for each part, if it is known which. */
  private void join(String system, Map<Integer, List<Part>> scenario, List<Alternative> result) {
    List<Answer> taken = new ArrayList<>();
    boolean decided = true;
    for (List<Part> candidates : scenario.values()) {
      List<Answer> possible = possible(candidates);
      List<Answer> hits = possible.stream().filter(Answer::isMatch).toList();
      decided &=
          possible.size() == 1
              && possible.get(0).condition() != Condition.UNKNOWN
              && (hits.isEmpty() || hits.get(0).isDecided());
      taken.addAll(hits);
      possible.stream()
          .filter(each -> !each.isMatch())
          .forEach(
              each -> {
                if (each.condition() == Condition.UNKNOWN) {
                  addOpen(each);
                } else {
                  addDenied(each);
                }
              });
    }
    if (!taken.isEmpty()) {
      boolean openOnly = taken.stream().noneMatch(Answer::isDecided);
      if (openOnly) {
        taken.forEach(this::addOpen);
      } else {
        result.add(new Alternative(system, List.copyOf(taken), decided));
      }
    }
  }

  /** Returns what is left of a part when its order of priority has been followed. */
  private static List<Answer> possible(List<Part> candidates) {
    List<Part> ordered = new ArrayList<>(candidates);
    ordered.sort(java.util.Comparator.comparingInt(part -> part.place().priority()));
    Answers result = new Answers();
    for (Part part : ordered) {
      result.add(part.answer());
      if (part.place().priority() > 0 && part.answer().condition() != Condition.UNKNOWN) {
        break;
      }
    }
    return result.toList();
  }
}
