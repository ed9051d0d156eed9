package org.healthbeam.core.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AnswersTest {
  private static final MapId MAP = new MapId("urn:m", "1");
  private static final Property P = new Property("p", "", "1", "", "");
  private static final Property Q = new Property("p", "", "2", "", "");

  /** Answers that differ in one thing each. */
  private static List<Answer> different() {
    Coding x = new Coding("urn:t", "1", "x", "d");
    Answer.Detail detail = new Answer.Detail("urn:v", List.of(P), List.of(P), "c");
    Answer one = new Answer(x, Relationship.EQUIVALENT, MAP, MAP, Condition.HOLDS, detail, false);
    List<Answer> all = new ArrayList<>(List.of(one, one.asFallback(), one.withoutDisplay()));
    for (String[] each :
        new String[][] {
          {"urn:u", "1", "x", "d"}, {"urn:t", "2", "x", "d"}, {"urn:t", "1", "y", "d"}
        }) {
      Coding other = new Coding(each[0], each[1], each[2], each[3]);
      all.add(new Answer(other, one.relationship(), MAP, MAP, one.condition(), detail, false));
    }
    all.add(new Answer(x, Relationship.RELATED_TO, MAP, MAP, one.condition(), detail, false));
    for (MapId other : List.of(new MapId("urn:n", "1"), new MapId("urn:m", "2"))) {
      all.add(new Answer(x, one.relationship(), other, MAP, one.condition(), detail, false));
      all.add(one.askedOf(other));
    }
    all.add(new Answer(x, one.relationship(), MAP, MAP, Condition.UNKNOWN, detail, false));
    for (Answer.Detail other :
        List.of(
            new Answer.Detail("urn:w", List.of(P), List.of(P), "c"),
            new Answer.Detail("urn:v", List.of(Q), List.of(P), "c"),
            new Answer.Detail("urn:v", List.of(P, P), List.of(P), "c"),
            new Answer.Detail("urn:v", List.of(P), List.of(Q), "c"),
            new Answer.Detail("urn:v", List.of(P), List.of(), "c"),
            new Answer.Detail("urn:v", List.of(P), List.of(P), "d"))) {
      all.add(new Answer(x, one.relationship(), MAP, MAP, one.condition(), other, false));
    }
    return all;
  }

  @Test
  void theOrderTellsApartWhateverDiffersAndNothingElse() {
    List<Answer> all = different();
    for (int i = 0; i < all.size(); i++) {
      for (int j = 0; j < all.size(); j++) {
        int order = Answers.ORDER.compare(all.get(i), all.get(j));
        assertEquals(i == j, order == 0, i + " and " + j);
        assertEquals(
            -Integer.signum(Answers.ORDER.compare(all.get(j), all.get(i))), Integer.signum(order));
      }
    }
  }

  @Test
  void eachAnswerStandsOnceInTheOrderInWhichItCame() {
    List<Answer> all = different();
    Answers answers = new Answers();
    answers.addAll(all);
    answers.addAll(all);
    assertEquals(all, answers.toList());
  }

  @Test
  void sortedAnswersAreTheSameWhateverTheirOrderWas() {
    List<Answer> twice = new ArrayList<>(different());
    twice.addAll(different());
    List<Answer> sorted = List.copyOf(Answers.sorted(new ArrayList<>(twice)));
    assertEquals(different().size(), sorted.size());
    assertNotEquals(different(), sorted);
    for (int seed = 0; seed < 20; seed++) {
      Collections.shuffle(twice, new Random(seed));
      assertEquals(sorted, Answers.sorted(new ArrayList<>(twice)));
    }
  }
}
