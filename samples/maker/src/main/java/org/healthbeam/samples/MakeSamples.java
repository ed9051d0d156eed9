package org.healthbeam.samples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.healthbeam.samples.cohort.CohortSample;
import org.healthbeam.samples.ward.WardSample;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes sample data from the command line; the same arguments give the same files. */
@Command(
    name = "make-samples",
    description = "Makes sample data; the same arguments give the same files.",
    mixinStandardHelpOptions = true,
    usageHelpAutoWidth = true,
    subcommands = {MakeSamples.Ward.class, MakeSamples.Cohort.class})
public final class MakeSamples {
  private MakeSamples() {}

  /** Exits with 0 done, 1 failed, 2 bad usage. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  static int run(String... args) {
    return new CommandLine(new MakeSamples())
        .setExecutionExceptionHandler(
            (failure, commandLine, parsed) -> {
              commandLine.getErr().println("error: " + failure.getMessage());
              return failure instanceof IllegalArgumentException ? 2 : 1;
            })
        .execute(args);
  }

  /** {@code ward}. */
  @Command(
      name = "ward",
      description = "Vital signs of a ward, as CSV and partly as FHIR Observations.",
      mixinStandardHelpOptions = true,
      showDefaultValues = true)
  static final class Ward implements Callable<Integer> {
    @Option(
        names = "--output",
        required = true,
        paramLabel = "DIR",
        description = "Folder to write into.")
    private Path output;

    @Option(
        names = {"--beds", "--count"},
        paramLabel = "N",
        description = "Beds, one patient in each.")
    private int beds = 12;

    @Option(names = "--hours", paramLabel = "H", description = "Hours that are watched.")
    private int hours = 24;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of all chance.")
    private long seed = 20260302;

    @Override
    public Integer call() throws IOException {
      int readings = new WardSample(beds, hours, seed).write(output);
      System.out.println(readings + " readings of " + beds + " beds in " + output);
      return 0;
    }
  }

  /** {@code cohort}. */
  @Command(
      name = "cohort",
      description = "Variants of a cohort, as block-compressed VCF.",
      mixinStandardHelpOptions = true,
      showDefaultValues = true)
  static final class Cohort implements Callable<Integer> {
    @Option(
        names = "--output",
        required = true,
        paramLabel = "DIR",
        description = "Folder to write into.")
    private Path output;

    @Option(
        names = {"--samples", "--count"},
        paramLabel = "N",
        description = "People who were sequenced.")
    private int samples = 80;

    @Option(names = "--sites", paramLabel = "N", description = "About how many records.")
    private int sites = 4000;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of all chance.")
    private long seed = 20260303;

    @Override
    public Integer call() throws IOException {
      int records = new CohortSample(samples, sites, seed).write(output);
      System.out.println(records + " records of " + samples + " samples in " + output);
      return 0;
    }
  }
}
