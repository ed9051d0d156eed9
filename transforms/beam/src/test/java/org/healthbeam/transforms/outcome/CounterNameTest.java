package org.healthbeam.transforms.outcome;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class CounterNameTest {

  @Property
  void aCountersNameReadsBack(@ForAll String stage, @ForAll String outcome) {
    Assume.that(stage.indexOf('|') < 0);
    assertEquals(
        Optional.of(new Outcomes.CounterName(stage, true, "")),
        Outcomes.CounterName.parse(stage + "|in"));
    assertEquals(
        Optional.of(new Outcomes.CounterName(stage, false, outcome)),
        Outcomes.CounterName.parse(stage + "|=" + outcome));
  }

  @Example
  void otherCountersAreNotReadAsOurs() {
    for (String name : List.of("", "elements", "|", "Sort|", "Sort|out")) {
      assertEquals(Optional.empty(), Outcomes.CounterName.parse(name), name);
    }
  }
}
