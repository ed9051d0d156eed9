package org.healthbeam.bench.variant;

import java.nio.file.Path;
import java.util.List;
import org.healthbeam.bench.WholeProcess;

/** What is measured: a tool, or one of ours, as a command over one file. */
enum Side {
  INFLATE("inflating only (`bgzip -dc -@ 2`)") {
    @Override
    List<String> command(Path root, Path file, Path output) {
      return shell("bgzip -dc -@ 2 \"$1\" >/dev/null", file, output);
    }
  },
  BARE("bare scan, no Beam") {
    @Override
    List<String> command(Path root, Path file, Path output) {
      return WholeProcess.java(BareScan.class, List.of(), file.toString());
    }
  },
  DIRECT("HealthBeam, direct runner") {
    @Override
    List<String> command(Path root, Path file, Path output) {
      return pipeline("direct", root, file, output);
    }
  },
  FLINK("HealthBeam, embedded Flink") {
    @Override
    List<String> command(Path root, Path file, Path output) {
      return pipeline("flink", root, file, output);
    }
  },
  STATS("`bcftools stats -s -`") {
    @Override
    List<String> command(Path root, Path file, Path output) {
      return shell("bcftools stats -s - --threads 1 \"$1\" >\"$2\"", file, output);
    }
  },
  FILL_TAGS("`bcftools +fill-tags`") {
    @Override
    List<String> command(Path root, Path file, Path output) {
      return shell(
          "bcftools +fill-tags -Ou -o /dev/null --threads 1 \"$1\" -- -t all", file, output);
    }
  },
  PLINK2("`plink2 --freq --missing --hardy --sample-counts`") {
    @Override
    List<String> command(Path root, Path file, Path output) {
      return shell(
          "plink2 --vcf \"$1\" --threads 2 --freq --missing --hardy --sample-counts"
              + " --out \"$2\" >/dev/null",
          file,
          output);
    }
  },
  HTSJDK("htsjdk, every genotype") {
    @Override
    List<String> command(Path root, Path file, Path output) {
      return WholeProcess.java(HtsjdkLoop.class, List.of(), file.toString());
    }
  };

  private final String label;

  Side(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /** Says whether it is of this project, and not a peer. */
  boolean isOurs() {
    return this == BARE || this == DIRECT || this == FLINK;
  }

  abstract List<String> command(Path root, Path file, Path output);

  private static List<String> shell(String script, Path file, Path output) {
    return List.of("/bin/sh", "-c", script, "sh", file.toString(), output.toString());
  }

  private static List<String> pipeline(String runner, Path root, Path file, Path output) {
    return List.of(
        root.resolve("healthbeam").toString(),
        "run",
        "summarize-variants",
        "--runner=" + runner,
        "--input=" + file,
        "--output=" + output);
  }
}
