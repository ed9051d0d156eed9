package org.healthbeam.core.code;

import java.util.List;

/**
 * One way to say a coding in a target system: one answer, or several that are taken together.
 *
 * @param system of the targets
 * @param answers all of them matches
 * @param decided whether it is known that all of them are to be taken; if not, which of them are is
 *     not known
 */
record Alternative(String system, List<Answer> answers, boolean decided) {

  boolean isDecided(SeveralTargets policy) {
    return policy == SeveralTargets.ALL ? answers.stream().allMatch(Answer::isDecided) : decided;
  }
}
