package org.healthbeam.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The matrix with a parallelism of 1 and of 4. */
@Tag("slow")
class ClusterMatrixTest extends ClusterMatrix {
  ClusterMatrixTest() {
    super(1, 4);
  }

  /** The columns that are not made here are those of the long form. */
  @Test
  void pageSaysWhatWasFound() throws Exception {
    List<List<String>> found = table();
    List<List<String>> page = LongClusterMatrixTest.PAGE.cells();
    List<Integer> columns = found.get(0).stream().map(page.get(0)::indexOf).toList();
    List<List<String>> ours = new ArrayList<>();
    for (List<String> line : page) {
      ours.add(columns.stream().map(line::get).toList());
    }
    assertEquals(found, ours);
  }
}
