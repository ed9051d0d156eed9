package org.healthbeam.core.code;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.annotation.Nullable;

/**
 * One way to say a coding in a target system: one target, or several that are taken together. Each
 * target may be said several times.
 *
 * @param system of the targets
 * @param answers all of them matches
 * @param decided whether it is known that all of them are to be taken; if not, which of them are is
 *     not known
 * @param doubt why none of it can be taken under any policy, since a target is denied elsewhere;
 *     null if none is
 */
record Alternative(
    String system, List<Answer> answers, boolean decided, @Nullable TranslationReason doubt) {

  Alternative(String system, List<Answer> answers, boolean decided) {
    this(system, answers, decided, null);
  }

  boolean isDecided(SeveralTargets policy) {
    return doubt == null
        && (policy == SeveralTargets.ALL ? answers.stream().allMatch(Answer::isDecided) : decided);
  }

  Alternative doubtedFor(TranslationReason reason) {
    return new Alternative(system, answers, false, reason);
  }

  /**
   * {@return each way to say it once, with all that was said of its targets: two maps, or two
   * scenarios, may lead to the same targets}
   */
  static List<Alternative> once(List<Alternative> all) {
    List<Alternative> result = new ArrayList<>(all.size());
    Map<Object, Integer> seen = new HashMap<>();
    for (Alternative each : all) {
      Integer same = each.decided() ? seen.putIfAbsent(each.targets(), result.size()) : null;
      if (same == null) {
        result.add(each);
      } else {
        Answers joined = new Answers();
        joined.addAll(result.get(same).answers());
        joined.addAll(each.answers());
        result.set(same, new Alternative(each.system(), joined.toList(), true));
      }
    }
    return result;
  }

  private Object targets() {
    Set<String> codes = new HashSet<>();
    answers.forEach(answer -> codes.add(answer.target().code()));
    return List.of(system, codes);
  }
}
