package org.healthbeam.core.code.read;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapSink;

/** One of the layouts that a file of rows may have, told by its name or its first lines. */
interface TableLayout {

  /** All layouts; the last one takes what no other recognises, and says what is wrong with it. */
  List<TableLayout> ALL =
      List.of(
          SnomedMap.LAYOUT,
          V2Table.LAYOUT,
          GemFile.LAYOUT,
          SourceToConceptMap.LAYOUT,
          MapTable.LAYOUT);

  /**
   * {@return whether a file has this layout}
   *
   * @param name of the file, without folders and without {@code .gz}
   * @param head the first lines, up to some kilobytes
   */
  boolean recognises(String name, String head);

  /** Tells a sink what the file says; {@code delimiter} follows from its name. */
  void read(InputStream in, char delimiter, String file, String version, MapSink sink)
      throws InvalidMapException, IOException;

  /** {@return the first line of the head, without a byte order mark} */
  static String firstLine(String head) {
    return TableRows.withoutMark(head.lines().findFirst().orElse(""));
  }

  /** {@return the layout of a file} */
  static TableLayout of(String name, String head) {
    return ALL.stream().filter(layout -> layout.recognises(name, head)).findFirst().orElseThrow();
  }
}
