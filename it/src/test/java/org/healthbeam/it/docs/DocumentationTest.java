package org.healthbeam.it.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.healthbeam.it.docs.ReadersFolder.Ended;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the pages tell a reader to type is typed: blocks of shell are run, with the samples or with
 * files that a reader would have, Java is compiled, what has a syntax is read. What cannot be run
 * here stands in a list with the reason, and is looked at.
 */
@Tag("slow")
class DocumentationTest {
  private static final Path ROOT =
      Path.of(System.getProperty("healthbeam.root", "..")).toAbsolutePath().normalize();

  /** A step of the pipeline itself, in the graph that is printed. */
  private static final Pattern STEP = Pattern.compile("(?m)^ *label = \"([^/\"]+)\"");

  private static final Pattern OF_EVERY_RUN = Pattern.compile("Rejects \\d+|Write rejects");
  private static final Pattern INSTRUCTION =
      Pattern.compile("(?:FROM|COPY|ENV|RUN|USER|ENTRYPOINT) \\S.*");

  /** Whatever happens, nothing of what a page starts goes on behind it. */
  private static final String PROLOGUE =
      """
      set -m
      end() {
        jobs -p | xargs -r kill 2>/dev/null || true
        if [[ -n ${cluster:-} ]]; then ./healthbeam cluster down || true; fi
      }
      trap end EXIT
      trap 'exit 143' TERM
      """;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  @TempDir static Path temporary;

  private static ReadersFolder reader;
  private static List<NotRun> notRun;

  @BeforeAll
  static void makeTheFolder() throws IOException {
    reader = new ReadersFolder(ROOT, temporary);
    notRun = NotRun.all();
  }

  @AfterAll
  static void endItsJvms() throws IOException {
    if (reader != null) {
      reader.close();
    }
  }

  @TestFactory
  Stream<DynamicTest> whatAPageTellsToTypeWorks() throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (String page : DocBlock.pages(ROOT)) {
      List<DocBlock> blocks = DocBlock.of(ROOT, page);
      if (!blocks.isEmpty()) {
        tests.add(dynamicTest(page, () -> check(page, blocks)));
      }
    }
    assertTrue(tests.size() > 20, "pages have lost their blocks");
    // One page or folder only, for who writes it.
    String page = System.getProperty("healthbeam.docs.page", "");
    return tests.stream().filter(t -> page.isEmpty() || t.getDisplayName().startsWith(page));
  }

  @Test
  void whatIsListedAsNotRunIsThere() throws IOException {
    Set<NotRun> unused = new LinkedHashSet<>(notRun);
    for (String page : DocBlock.pages(ROOT)) {
      for (DocBlock block : DocBlock.of(ROOT, page)) {
        List<String> commands =
            block.language().equals("sh") ? block.commands() : List.of(block.language());
        commands.forEach(c -> NotRun.of(notRun, page, c).ifPresent(unused::remove));
      }
    }
    assertEquals(Set.of(), unused, "no page has these");
    for (NotRun listed : notRun) {
      for (String word : listed.reason().split(" ")) {
        if (word.endsWith("Test")) {
          NamedInBuild.checkTest(ROOT, word);
        }
      }
    }
  }

  /** Commands in sentences and in indented blocks are not run; what they name must be there. */
  @Test
  void commandsInSentencesNameWhatThereIs() throws Exception {
    CommandCheck check = new CommandCheck(ROOT, reader);
    reader.clear();
    int n = 0;
    for (String page : DocBlock.pages(ROOT)) {
      for (InlineCommand command : InlineCommand.of(ROOT, page)) {
        check.check(command);
        n++;
      }
    }
    assertTrue(n > 25, "pages have lost their commands, or they are not found: " + n);
    for (String wrong :
        List.of(
            "./healthbeam clustr up",
            "./healthbeam cluster upp flink",
            "./healthbeam run map-vitals",
            "./healthbeam run map-codes --window=1h",
            "healthbeam doctor --free=PORT [--ports=N]")) {
      InlineCommand command = InlineCommand.of("here", wrong);
      assertThrows(AssertionError.class, () -> check.check(command), wrong);
    }
  }

  /** What a runner's page shows of a run, and its savepoints name. */
  @Test
  void everyStepStandsInThePageOfItsPipeline() throws IOException {
    reader.clear();
    assertSteps(
        "map-codes",
        "--input=samples/data/fhir",
        "--maps=samples/data/maps",
        "--newerMaps=samples/data/maps");
    assertSteps("monitor-vitals", "--input=samples/data/vitals/ward.ndjson.gz");
    assertSteps(
        "summarize-variants",
        "--input=samples/data/variants/cohort.vcf.gz",
        "--regions=samples/data/variants/genes.bed",
        "--populations=samples/data/variants/populations.tsv");
  }

  private static void assertSteps(String pipeline, String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of("run", pipeline, "--output=out", "--dryRun"));
    command.addAll(List.of(options));
    Ended ended = reader.healthbeam(command);
    assertEquals(0, ended.status(), ended.err());
    List<String> steps = STEP.matcher(ended.out()).results().map(r -> r.group(1)).toList();
    assertTrue(steps.size() > 5, ended.out());
    String page = Files.readString(ROOT.resolve("docs/" + pipeline + ".md"));
    assertEquals(
        List.of(),
        steps.stream()
            .filter(step -> !page.contains(step) && !OF_EVERY_RUN.matcher(step).matches())
            .distinct()
            .toList(),
        () -> "these are not in the page of " + pipeline);
  }

  private void check(String page, List<DocBlock> blocks) throws Exception {
    reader.clear();
    ReadersFiles.put(page, reader.path());
    List<DocBlock> shell = new ArrayList<>();
    List<DocBlock> java = new ArrayList<>();
    for (DocBlock block : blocks) {
      switch (block.language()) {
        case "sh", "text" -> shell.add(block);
        case "java" -> java.add(block);
        case "json" -> json(block);
        case "xml" -> NamedInBuild.checkDependencies(ROOT, block);
        case "dockerfile" ->
            block
                .text()
                .lines()
                .forEach(l -> assertTrue(INSTRUCTION.matcher(l).matches(), block.place()));
        case "yaml" ->
            // ExpansionServiceCommandTest expands what stands there.
            assertEquals("docs/languages.md", page, block.place());
        default ->
            fail(
                block.place()
                    + ": nothing is known of blocks of '%s'; which language is it?"
                        .formatted(block.language()));
      }
    }
    if (!java.isEmpty() && NotRun.of(notRun, page, "java").isEmpty()) {
      Path classes = temporary.resolve("java").resolve(page);
      for (String program : JavaBlocks.compile(java, classes)) {
        Ended ended = reader.java(classes, program);
        assertEquals(0, ended.status(), () -> page + ": " + program + ": " + ended.err());
      }
    }
    shell(page, shell);
  }

  /** Runs all that a page tells to type in one shell, since a line may build on earlier ones. */
  private static void shell(String page, List<DocBlock> blocks) throws Exception {
    Path said = Files.createDirectories(temporary.resolve("pages").resolve(page));
    StringBuilder script = new StringBuilder(PROLOGUE);
    DocBlock last = null;
    for (DocBlock block : blocks) {
      if (block.language().equals("text")) {
        assertTrue(last != null, () -> block.place() + ": nothing says this");
        continue;
      }
      last = block;
      script.append("exec >'%s.out' 2>'%s.err'%n".formatted(said(said, block), said(said, block)));
      if (block.text().contains("cluster up")) {
        script.append("cluster=up\n");
      }
      boolean whole = true;
      List<String> run = new ArrayList<>();
      for (String command : block.commands()) {
        Optional<NotRun> listed = NotRun.of(notRun, page, command);
        if (listed.isPresent()) {
          new CommandCheck(ROOT, reader).check(block.place(), command);
          whole = false;
        } else {
          run.add(command);
        }
      }
      script.append(whole ? block.text() : String.join("\n", run)).append('\n');
    }
    if (script.indexOf("exec") < 0) {
      return;
    }
    Ended ended = reader.bash(script.toString());
    if (ended.status() != 0) {
      StringBuilder all = new StringBuilder(page + ": status " + ended.status() + ended.err());
      for (DocBlock block : blocks) {
        Path err = Path.of(said(said, block) + ".err");
        if (Files.exists(err)) {
          all.append("\n%s:\n%s%s".formatted(block.place(), block.text(), Files.readString(err)));
        }
      }
      fail(all.toString());
    }
    for (DocBlock block : blocks) {
      if (block.language().equals("sh")) {
        last = block;
      } else {
        assertSaid(block, Files.readString(Path.of(said(said, last) + ".out")));
      }
    }
  }

  private static Path said(Path folder, DocBlock block) {
    return folder.resolve("line-" + block.line());
  }

  /** The lines of the page, in which an ellipsis stands for what is another each time. */
  private static void assertSaid(DocBlock expected, String said) {
    List<String> shown = expected.text().lines().toList();
    List<String> lines = said.lines().map(String::stripTrailing).toList();
    Pattern whole =
        Pattern.compile(
            shown.stream()
                .map(
                    line ->
                        line.equals("…")
                            ? "(?:.*\n)*?"
                            : Stream.of(line.stripTrailing().split("…", -1))
                                    .map(Pattern::quote)
                                    .collect(Collectors.joining(".*"))
                                + "\n")
                .collect(Collectors.joining()));
    String text = lines.stream().map(l -> l + "\n").collect(Collectors.joining());
    assertTrue(
        whole.matcher(text).matches(),
        () -> "%s shows%n%sbut it is%n%s".formatted(expected.place(), expected.text(), text));
  }

  /** A score or rules of alerts are taken as an option takes them, in a run that does not run. */
  private static void json(DocBlock block) throws IOException {
    JsonNode value = JSON.readTree(block.text());
    if (block.page().equals("docs/vitals.md")) {
      Path file = Files.writeString(reader.path().resolve("block.json"), block.text());
      Ended ended =
          reader.healthbeam(
              List.of(
                  "run",
                  "monitor-vitals",
                  "--input=samples/data/vitals/ward.csv.gz",
                  "--output=out",
                  (value.isArray() ? "--alertRules=" : "--scores=") + file,
                  "--dryRun"));
      assertEquals(0, ended.status(), () -> block.place() + ": " + ended.err());
    }
  }
}
