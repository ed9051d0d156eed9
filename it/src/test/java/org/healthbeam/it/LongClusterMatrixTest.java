package org.healthbeam.it;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The whole matrix, with a parallelism of 2 besides. With {@code -Dhealthbeam.matrix.write=true}
 * the table of the page is written anew.
 */
@Tag("long")
class LongClusterMatrixTest extends ClusterMatrix {
  static final PageTable PAGE = new PageTable("LongClusterMatrixTest");

  LongClusterMatrixTest() {
    super(1, 2, 4);
  }

  @Test
  void pageSaysWhatWasFound() throws Exception {
    PAGE.holdCells(table(), "healthbeam.matrix.write");
  }
}
