package org.healthbeam.templates.launch;

import com.google.auto.service.AutoService;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.healthbeam.config.NearestName;
import org.healthbeam.pipelines.cli.Command;
import org.healthbeam.pipelines.run.PipelineRun;
import org.healthbeam.pipelines.run.Terminal;
import org.healthbeam.templates.catalog.Template;
import org.healthbeam.templates.catalog.Templates;
import org.healthbeam.templates.spec.GeneratedFiles;
import org.healthbeam.templates.spec.TemplateSpecs;

/** {@code healthbeam template list|describe|launch|generate}. */
@AutoService(Command.class)
public final class TemplateCommand implements Command {
  private static final String COMMAND = "healthbeam template";
  private static final List<String> ACTIONS = List.of("list", "describe", "launch", "generate");
  private static final String JSON = "--json";

  private static final String USAGE =
      """
      Usage: healthbeam template COMMAND

        list                            all templates
        describe NAME [--json]          what a template does and takes; as the Dataflow service reads it
        launch NAME [OPTIONS]           run it, as healthbeam run does; with --parameters=FILE (JSON or
                                        YAML), --name=value, or both; --dryRun only checks and shows;
                                        --to=CLUSTER hands it over, as healthbeam submit does
        generate [FOLDER]               write specifications, pages and manifests into a source tree

        healthbeam template launch NAME --help lists the parameters of a template.
      """;

  @Override
  public String name() {
    return "template";
  }

  @Override
  public int run(Terminal terminal, String... args) {
    String action = args.length == 0 ? "" : args[0];
    if (action.isEmpty() || action.equals("--help") || action.equals("-h")) {
      (action.isEmpty() ? terminal.err() : terminal.out()).print(USAGE);
      return action.isEmpty() ? PipelineRun.USAGE : PipelineRun.DONE;
    }
    List<String> rest = Arrays.asList(args).subList(1, args.length);
    return switch (action) {
      case "list" -> rest.isEmpty() ? list(terminal) : refuse(terminal, "list takes no arguments");
      case "describe", "launch" -> ofOne(action, terminal, rest);
      case "generate" -> generate(terminal, rest);
      default ->
          refuse(
              terminal,
              "Unknown command '%s'%s; there is %s"
                  .formatted(
                      action, NearestName.hint("", action, ACTIONS), String.join(", ", ACTIONS)));
    };
  }

  private static int list(Terminal terminal) {
    String category = "";
    for (Template template : Templates.all()) {
      if (!template.said().category().equals(category)) {
        category = template.said().category();
        terminal.out().println(category);
      }
      terminal
          .out()
          .printf(
              Locale.ROOT,
              "  %-26s %-10s %s%n",
              template.name(),
              template.isStreaming() ? "streaming" : "batch",
              template.said().displayName());
    }
    return PipelineRun.DONE;
  }

  private static int ofOne(String action, Terminal terminal, List<String> args) {
    if (args.isEmpty() || args.get(0).startsWith("-")) {
      return refuse(
          terminal, action + " needs the name of a template; healthbeam template list has them");
    }
    String name = args.get(0);
    Optional<Template> template = Templates.byName(name);
    if (template.isEmpty()) {
      List<String> names = Templates.all().stream().map(Template::name).toList();
      return refuse(
          terminal,
          "Unknown template '%s'%s; there is %s"
              .formatted(name, NearestName.hint("", name, names), String.join(", ", names)));
    }
    List<String> rest = args.subList(1, args.size());
    if (action.equals("launch")) {
      return Launch.run(
          template.get(), COMMAND + " launch " + name, terminal, rest.toArray(String[]::new));
    }
    if (rest.isEmpty()) {
      terminal.out().print(Description.of(template.get(), terminal.width()));
      return PipelineRun.DONE;
    }
    if (rest.equals(List.of(JSON))) {
      terminal.out().print(TemplateSpecs.text(TemplateSpecs.containerSpec(template.get())));
      return PipelineRun.DONE;
    }
    return refuse(terminal, "describe takes a name and " + JSON);
  }

  private static int generate(Terminal terminal, List<String> args) {
    String root = args.isEmpty() ? System.getProperty("healthbeam.root", "") : args.get(0);
    if (args.size() > 1 || root.isBlank()) {
      return refuse(terminal, "generate takes the folder of a source tree");
    }
    try {
      GeneratedFiles.write(Path.of(root)).forEach(terminal.out()::println);
    } catch (IOException e) {
      terminal
          .err()
          .println(COMMAND + ": FAILED: " + root + " is no source tree, or cannot be written");
      return PipelineRun.FAILED;
    }
    return PipelineRun.DONE;
  }

  private static int refuse(Terminal terminal, String sentence) {
    terminal.err().println(COMMAND + ": " + sentence);
    return PipelineRun.USAGE;
  }
}
