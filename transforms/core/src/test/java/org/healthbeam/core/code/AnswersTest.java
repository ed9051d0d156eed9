package org.healthbeam.core.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswersTest {
  private static final MapId MAP = new MapId("urn:m", "1");

  /** Counts how often two answers are compared. */
  private static final class Counted extends Answers {
    long compared;

    @Override
    boolean isSame(Answer a, Answer b) {
      compared++;
      return super.isSame(a, b);
    }
  }

  private static Answer answer(String system, String code) {
    return new Answer(Coding.of(system, code), Relationship.EQUIVALENT, MAP, MAP);
  }

  /** Different texts with one and the same hash. */
  private static String colliding(int number) {
    StringBuilder code = new StringBuilder();
    for (int bit = 0; bit < 14; bit++) {
      code.append((number >> bit & 1) == 0 ? "Aa" : "BB");
    }
    return code.toString();
  }

  @Test
  void manyTargetsTakeWorkInProportionAlsoWhereTheirHashesAreTheSame() {
    assertEquals(colliding(0).hashCode(), colliding(5).hashCode());
    int n = 1 << 14;
    Counted answers = new Counted();
    for (int twice = 0; twice < 2; twice++) {
      for (int i = 0; i < n; i++) {
        answers.add(answer("urn:t", colliding(i)));
      }
    }
    assertEquals(n, answers.size());
    assertTrue(answers.compared < 10L * n, () -> answers.compared + " for " + n);
  }

  @Test
  void eachTargetStandsOnceInTheOrderInWhichItCame() {
    Answers answers = new Answers();
    List<Answer> expected = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      for (String system : List.of("urn:t", "urn:u")) {
        expected.add(answer(system, "c" + i));
        answers.add(answer(system, "c" + i));
        answers.add(answer(system, "c" + i / 2));
      }
      Answer valueSet =
          new Answer(
              Coding.of("urn:t", ""),
              Relationship.EQUIVALENT,
              MAP,
              MAP,
              Condition.NONE,
              new Answer.Detail("urn:v" + i, List.of(), List.of(), ""));
      expected.add(valueSet);
      answers.add(valueSet);
      answers.add(valueSet);
    }
    assertEquals(expected, answers.toList());
  }
}
