package org.healthbeam.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.healthbeam.it.KeyedTables.Fault;
import org.healthbeam.it.KeyedTables.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What finds faults must find them. */
class KeyedTablesTest {
  private static final String HEADER = "subject\ttime\tscore_name\tscore\trevision";

  @TempDir Path folder;

  private KeyedTables batch() throws Exception {
    Path out = folder.resolve("batch");
    Inputs.text(out.resolve("scores.tsv"), HEADER, "a\t1\tN\t5\t0", "a\t2\tN\t6\t0");
    Inputs.text(out.resolve("burden.tsv"), "subject\tday\traised", "a\t1\t3");
    return KeyedTables.of(out, Set.of());
  }

  private KeyedTables stream(String name, String... parts) throws Exception {
    Path out = folder.resolve(name);
    Inputs.text(out.resolve("burden/part-00000000.tsv"), "subject\tday\traised", "a\t1\t3");
    for (int i = 0; i < parts.length; i++) {
      Inputs.text(out.resolve("scores/part-0000000" + i + ".tsv"), HEADER, parts[i]);
    }
    Inputs.text(out.resolve("scores/.temp-beam-part-x"), "not whole");
    return KeyedTables.of(out, Set.of("left out"));
  }

  @Test
  void partsWithTheRowsOfTheBatchAreAsItWhateverTheirRevision() throws Exception {
    KeyedTables stream = stream("same", "a\t2\tN\t6\t4", "left out\t2\tN\t6\t0", "a\t1\tN\t5\t0");
    assertEquals(List.of(), batch().faults(stream));
    assertEquals(3, stream.size());
  }

  @Test
  void eachKindOfFaultIsFound() throws Exception {
    assertEquals(
        List.of(new Fault("scores", Kind.MISSING, "a 2 N")),
        batch().faults(stream("missing", "a\t1\tN\t5\t0")));
    assertEquals(
        List.of(new Fault("scores", Kind.DOUBLE, "a 1 N")),
        batch().faults(stream("double", "a\t1\tN\t5\t0", "a\t2\tN\t6\t0", "a\t1\tN\t5\t1")));
    assertEquals(
        List.of(new Fault("scores", Kind.DIFFERENT, "a 2 N")),
        batch().faults(stream("different", "a\t1\tN\t5\t0", "a\t2\tN\t7\t0")));
    List<Fault> both =
        batch().faults(stream("both", "a\t1\tN\t5\t0", "a\t2\tN\t6\t0", "a\t2\tN\t7\t1"));
    assertEquals(
        List.of(
            new Fault("scores", Kind.DOUBLE, "a 2 N"),
            new Fault("scores", Kind.DIFFERENT, "a 2 N")),
        both);
    assertEquals(
        List.of(new Fault("scores", Kind.NOT_OF_THE_BATCH, "b 1 N")),
        batch().faults(stream("more", "a\t1\tN\t5\t0", "a\t2\tN\t6\t0", "b\t1\tN\t5\t0")));
  }
}
