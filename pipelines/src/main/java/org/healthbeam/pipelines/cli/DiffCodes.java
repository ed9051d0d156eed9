package org.healthbeam.pipelines.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.healthbeam.core.code.Answer;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapDiff;
import org.healthbeam.core.code.MapId;
import org.healthbeam.core.code.Translation;
import org.healthbeam.io.table.TsvLine;
import org.healthbeam.pipelines.run.PipelineRun;
import org.healthbeam.pipelines.run.Terminal;
import org.healthbeam.pipelines.run.UsageException;
import org.healthbeam.transforms.code.CodeMaps;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says which codes another version of maps changes. */
@Command(
    name = CodesCommand.NAME + " diff",
    description = "Says which codes are answered otherwise by another version of the maps.",
    sortOptions = false)
final class DiffCodes implements CodesCommand.Work {
  private static final int SHOWN = 20;
  private static final List<String> COLUMNS =
      List.of(
          "change",
          "source_system",
          "source_code",
          "outcome_before",
          "targets_before",
          "outcome_after",
          "targets_after");

  @Parameters(index = "0", paramLabel = "OLD", description = "Code maps; several with commas.")
  private String before;

  @Parameters(index = "1", paramLabel = "NEW", description = "Code maps; several with commas.")
  private String after;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description =
          "Takes every change as a row, tab-separated, on any file system; without it the first "
              + SHOWN
              + " are shown.")
  private String output;

  @Option(
      names = "--useMaps",
      split = ",",
      paramLabel = "MAPS",
      description =
          "Which of the maps are asked, by url or url|version, separated by commas, as for"
              + " map-codes; those of NEW are known by their urls. Needed where OLD has several"
              + " versions of a map.")
  private List<String> use = List.of();

  @Option(
      names = "--useNewMaps",
      split = ",",
      paramLabel = "MAPS",
      description = "The same for NEW. Needed where NEW has several versions of a map.")
  private List<String> useNew = List.of();

  @Option(names = "--reverse", description = "Turn the maps round, as for map-codes.")
  private boolean reverse;

  @Mixin HelpOption help;

  private final Terminal terminal;

  DiffCodes(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public int execute() throws InvalidMapException, UsageException, IOException {
    CodesCommand.names(before);
    CodesCommand.names(after);
    ResultFile result = output == null ? null : ResultFile.of(output);
    List<String> urls = use.stream().map(name -> MapId.parse(name).url()).distinct().toList();
    MapDiff diff =
        MapDiff.between(load(before, use), load(after, useNew.isEmpty() ? urls : useNew));
    Map<String, long[]> counts = new LinkedHashMap<>();
    diff.systems().forEach(system -> counts.put(system, new long[MapDiff.Kind.values().length]));
    if (result == null) {
      long[] n = {0};
      diff.forEach(
          change -> {
            count(change, counts);
            if (n[0]++ < SHOWN) {
              show(change);
            }
          });
      if (n[0] > SHOWN) {
        terminal.out().printf(Locale.ROOT, "  ... and %,d more%n", n[0] - SHOWN);
      }
    } else {
      result.write(
          "text/tab-separated-values",
          bytes -> {
            Writer out = new BufferedWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8));
            out.write(String.join("\t", COLUMNS) + "\n");
            diff.forEach(
                change -> {
                  count(change, counts);
                  out.write(row(change) + "\n");
                });
            out.flush();
          });
    }
    counts.forEach((system, n) -> summarize(system, n, diff.changesUnnamedCodes(system)));
    return PipelineRun.DONE;
  }

  private CodeMap load(String files, List<String> used)
      throws InvalidMapException, UsageException, IOException {
    CodeMaps maps = CodesCommand.maps(files).using(used);
    return (reverse ? maps.reversed() : maps).load();
  }

  private static void count(MapDiff.Change change, Map<String, long[]> counts) {
    counts.get(change.before().system())[List.of(MapDiff.Kind.values()).indexOf(change.kind())]++;
  }

  private void summarize(String system, long[] n, boolean unnamed) {
    terminal
        .out()
        .printf(
            Locale.ROOT,
            "%s: %,d added, %,d removed, %,d changed%s%n",
            system,
            n[0],
            n[1],
            n[2],
            unnamed ? "; codes that are not named are treated otherwise" : "");
  }

  private void show(MapDiff.Change change) {
    terminal
        .out()
        .printf(
            Locale.ROOT,
            "  %-8s %s  %s -> %s%n",
            word(change),
            change.before().source().code(),
            told(change.before()),
            told(change.after()));
  }

  private static String told(Translation translation) {
    String targets = targets(translation);
    return translation.outcome().code() + (targets.isEmpty() ? "" : " " + targets);
  }

  private static String word(MapDiff.Change change) {
    return change.kind().name().toLowerCase(Locale.ROOT);
  }

  private static String row(MapDiff.Change change) {
    return new TsvLine()
        .add(word(change))
        .add(change.before().system())
        .add(change.before().source().code())
        .add(change.before().outcome().code())
        .add(targets(change.before()))
        .add(change.after().outcome().code())
        .add(targets(change.after()))
        .toString();
  }

  private static String targets(Translation translation) {
    return translation.answers().stream()
        .filter(Answer::hasTarget)
        .map(answer -> answer.target().code() + answer.detail().valueSet())
        .distinct()
        .collect(Collectors.joining(","));
  }
}
