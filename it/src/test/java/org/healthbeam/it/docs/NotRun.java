package org.healthbeam.it.docs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A command, or the Java of a page, that is looked at only.
 *
 * @param page where it stands
 * @param start of the command; {@code java} for the page's Java
 * @param reason why it is not run, and which test runs it if one does
 */
record NotRun(String page, String start, String reason) {

  /** Returns those of the list beside this class. */
  static List<NotRun> all() throws IOException {
    List<NotRun> all = new ArrayList<>();
    try (InputStream in = NotRun.class.getResourceAsStream("not-run.tsv")) {
      for (String line : new String(in.readAllBytes(), UTF_8).lines().skip(1).toList()) {
        String[] columns = line.split("\t", -1);
        if (columns.length != 3 || columns[2].isBlank()) {
          throw new AssertionError("not-run.tsv: page, command and reason are needed: " + line);
        }
        all.add(new NotRun(columns[0], columns[1], columns[2]));
      }
    }
    return all;
  }

  static Optional<NotRun> of(List<NotRun> all, String page, String command) {
    return all.stream()
        .filter(n -> n.page().equals(page) && command.startsWith(n.start()))
        .findFirst();
  }
}
