package org.healthbeam.it.docs;

import static java.util.stream.Collectors.toList;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A fenced block of a page.
 *
 * @param page below the root of the sources
 * @param line of the opening fence, from 1
 * @param language what stands behind the fence, empty if nothing does
 * @param text without the fences and what they are indented by
 */
record DocBlock(String page, int line, String language, String text) {
  private static final Pattern FENCE = Pattern.compile("( *)```+ *(\\w*).*");
  private static final Pattern COMMENT = Pattern.compile("^#.*|\\s+#\\s.*");

  /** Returns the pages whose blocks are tested, below the root of the sources. */
  static List<String> pages(Path root) throws IOException {
    List<String> pages = new ArrayList<>(List.of("README.md", "CONTRIBUTING.md"));
    for (String folder : List.of("docs", "samples", "templates")) {
      try (Stream<Path> files = Files.walk(root.resolve(folder))) {
        files
            .filter(f -> f.toString().endsWith(".md"))
            .map(f -> root.relativize(f).toString())
            .filter(f -> !f.contains("/target/"))
            .sorted()
            .forEach(pages::add);
      }
    }
    return pages;
  }

  /** Returns the blocks of a page in their order. */
  static List<DocBlock> of(Path root, String page) throws IOException {
    List<DocBlock> blocks = new ArrayList<>();
    List<String> lines = Files.readAllLines(root.resolve(page));
    for (int i = 0; i < lines.size(); i++) {
      Matcher open = FENCE.matcher(lines.get(i));
      if (!open.matches()) {
        continue;
      }
      int first = i + 1;
      do {
        if (++i == lines.size()) {
          throw new AssertionError(page + ":" + first + ": the block has no end");
        }
      } while (!lines.get(i).strip().equals("```"));
      int indent = open.group(1).length();
      String text =
          lines.subList(first, i).stream()
              .map(
                  l -> l.substring(Math.min(indent, l.length() - l.stripLeading().length())) + "\n")
              .reduce("", String::concat);
      blocks.add(new DocBlock(page, first, open.group(2), text));
    }
    return blocks;
  }

  String place() {
    return page + ":" + line;
  }

  /** Returns the commands of a block of shell: lines joined, without comments. */
  List<String> commands() {
    return Stream.of(text.replaceAll("\\\\\n\\s*", "").split("\n"))
        .map(l -> COMMENT.matcher(l).replaceFirst("").strip())
        .filter(l -> !l.isEmpty())
        .collect(toList());
  }
}
