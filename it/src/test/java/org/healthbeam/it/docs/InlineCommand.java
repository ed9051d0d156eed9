package org.healthbeam.it.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command of the launcher that stands in a sentence or in an indented block, where nobody types
 * it as it is: with parts in capitals that stand for something, brackets and alternatives.
 *
 * @param place the page and the line
 * @param words the command's name and what follows it, each alternative by itself
 */
record InlineCommand(String place, List<String> words) {
  private static final Pattern FENCED = Pattern.compile("(?ms)^ *```.*?^ *```+ *$");
  private static final Pattern SPAN = Pattern.compile("(?s)`((?:\\./)?healthbeam\\s[^`]+)`");
  private static final Pattern INDENTED =
      Pattern.compile("(?m)^(?: {4,}|\t)(?:\\$ )?(\\./healthbeam .*)$");
  private static final Pattern PLACEHOLDER = Pattern.compile("…|\\.\\.\\.|[A-Z]{2,}[A-Z_:]*|[A-Z]");

  /** Returns those of a page, in no order. */
  static List<InlineCommand> of(Path root, String page) throws IOException {
    // Blocks are looked at by themselves; their lines are kept for the numbers.
    String text =
        FENCED
            .matcher(Files.readString(root.resolve(page)))
            .replaceAll(
                block -> "\n".repeat((int) block.group().chars().filter(c -> c == '\n').count()));
    List<InlineCommand> commands = new ArrayList<>();
    for (Pattern pattern : List.of(SPAN, INDENTED)) {
      for (Matcher found = pattern.matcher(text); found.find(); ) {
        long line = text.substring(0, found.start()).lines().count();
        InlineCommand command = of(page + ":" + Math.max(1, line), found.group(1));
        if (!command.words().isEmpty()) {
          commands.add(command);
        }
      }
    }
    return commands;
  }

  static InlineCommand of(String place, String command) {
    return new InlineCommand(
        place,
        Arrays.stream(command.replaceAll("[\\[\\]\\\\]", "").split("[\\s|]+"))
            .skip(1)
            .filter(word -> !PLACEHOLDER.matcher(word).matches())
            .toList());
  }
}
