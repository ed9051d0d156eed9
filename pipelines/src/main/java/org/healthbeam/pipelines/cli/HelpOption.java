package org.healthbeam.pipelines.cli;

import picocli.CommandLine.Option;

/** What every command has; {@link CommandArguments} shows the help. */
final class HelpOption {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this.")
  boolean help;
}
