package org.healthbeam.it.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.healthbeam.it.docs.ReadersFolder.Ended;

/** Looks at a command that is not run: whether there is what it names. */
final class CommandCheck {
  /** A word, of parts with and without quotes. */
  private static final Pattern WORD = Pattern.compile("(?:'[^']*'|\"[^\"]*\"|[^\\s'\"])+");

  private static final List<String> PIPELINES =
      List.of("map-codes", "monitor-vitals", "summarize-variants");

  /** On no runner's class path: its help stands in its source. */
  private static final String EXPANSION =
      "runners-config/expansion/src/main/java/org/healthbeam/expansion/ExpansionServiceCommand.java";

  private final Path root;
  private final ReadersFolder reader;

  CommandCheck(Path root, ReadersFolder reader) {
    this.root = root;
    this.reader = reader;
  }

  void check(String place, String command) throws Exception {
    List<String> words = words(command);
    String program = words.remove(0);
    switch (program) {
      case "./healthbeam" -> healthbeam(place, words);
      case "./mvnw", "mvn" -> NamedInBuild.checkMaven(root, place, words);
      case "it/bench/run" ->
          assertTrue(
              Files.readAllLines(root.resolve(program)).stream()
                  .filter(l -> l.contains("it/bench/run " + words.get(0)))
                  .anyMatch(
                      l -> words.stream().skip(1).allMatch(part -> l.contains("[" + part + "]"))),
              place + ": " + command);
      case "curl" -> {
        int data = words.indexOf("-d");
        if (data >= 0) {
          assertTrue(new ObjectMapper().readTree(words.get(data + 1)).isObject(), place);
        }
      }
      case "java" -> assertTrue(words.contains("-cp"), place);
      default -> fail(place + ": how is '%s' looked at?".formatted(program));
    }
  }

  private void healthbeam(String place, List<String> words) throws Exception {
    List<String> arguments = new ArrayList<>();
    for (String word : words) {
      if (!word.equals("…")) {
        arguments.add(word.replace("HOST", "localhost").replace("PORT", "8081"));
      }
    }
    boolean takesPipeline =
        arguments.get(0).matches("run|submit")
            || (arguments.get(0).equals("template") && arguments.get(1).equals("launch"));
    if (takesPipeline) {
      arguments.add("--explainOptions");
      Ended ended = reader.healthbeam(arguments);
      assertEquals(0, ended.status(), () -> place + ": " + arguments + ": " + ended.err());
      return;
    }
    String help = help(arguments.get(0));
    for (String word : arguments.subList(1, arguments.size())) {
      assertTrue(help.contains(word.replaceFirst("=.*", "")), place + ": " + word);
    }
  }

  /** Looks whether there is a command, and what it is said to take: words and names of options. */
  void check(InlineCommand command) throws IOException, InterruptedException {
    String name = command.words().get(0);
    assertTrue(
        usage().matches("(?ms).*^  " + Pattern.quote(name) + "\\b.*"),
        () -> command.place() + ": there is no command " + name);
    StringBuilder help = new StringBuilder(help(name));
    List<String> rest = command.words().subList(1, command.words().size());
    boolean takesPipeline = name.matches("run|submit|demo");
    if (takesPipeline) {
      for (String pipeline : PIPELINES) {
        if (rest.contains(pipeline) || PIPELINES.stream().noneMatch(rest::contains)) {
          help.append(reader.healthbeam(List.of("run", pipeline, "--help")).out());
        }
      }
    }
    for (String word : rest) {
      String option = word.replaceFirst("=.*", "");
      assertTrue(
          Pattern.compile(
                      (option.startsWith("-") ? "" : "(?i)")
                          + "(?<![\\w-])"
                          + Pattern.quote(option)
                          + "(?![\\w-])")
                  .matcher(help)
                  .find()
              || (takesPipeline && option.startsWith("--") && isOfARunner(option)),
          () -> "%s: 'healthbeam %s' knows no %s".formatted(command.place(), name, option));
    }
  }

  /** Options of Beam and of runners are in no help; one that does not exist is refused as such. */
  private boolean isOfARunner(String option) throws IOException {
    Ended ended =
        reader.healthbeam(
            List.of("run", PIPELINES.get(0), "--runner=flink", option + "=1", "--explainOptions"));
    return !ended.err().contains("Unknown option '" + option + "'");
  }

  private String usage() throws IOException {
    return reader.healthbeam(List.of("--help")).out();
  }

  /** What the launcher itself says of a command. */
  private String help(String command) throws IOException, InterruptedException {
    if (command.equals("expansion-service")) {
      return Files.readString(root.resolve(EXPANSION));
    }
    if (!List.of("cluster", "doctor", "test").contains(command)) {
      return reader.healthbeam(List.of(command, "--help")).out();
    }
    // Servers are started by the reader's launcher, which builds nothing.
    Ended ended =
        reader.bash(
            command.equals("cluster")
                ? "./healthbeam cluster --help; ./healthbeam cluster up --help"
                : "'%s/healthbeam' %s --help".formatted(root, command));
    assertEquals(0, ended.status(), ended.err());
    return ended.out();
  }

  static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    for (Matcher word = WORD.matcher(command); word.find(); ) {
      words.add(word.group().replaceAll("'([^']*)'|\"([^\"]*)\"", "$1$2"));
    }
    return words;
  }
}
