package org.healthbeam.pipelines.summarizevariants;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.annotation.Nullable;
import org.healthbeam.core.variant.FailedGenotypes;
import org.healthbeam.core.variant.Regions;
import org.healthbeam.core.variant.join.AbsentGenotype;
import org.healthbeam.core.variant.reference.ContigNames;
import org.healthbeam.core.variant.reference.KnownSites;
import org.healthbeam.core.variant.reference.Populations;
import org.healthbeam.core.variant.reference.Reference;
import org.healthbeam.io.text.SniffedFile;
import org.healthbeam.io.vcf.ReferenceFile;
import org.healthbeam.pipelines.run.UsageException;
import org.healthbeam.transforms.files.NamedFiles;

/**
 * What the options say that records are seen against.
 *
 * @param contigs which names mean the same sequence
 * @param known known alleles; null without {@code --known}
 * @param populations samples by population; null without {@code --populations}
 */
record References(
    ContigNames contigs,
    @Nullable Reference<KnownSites> known,
    @Nullable Reference<Populations> populations) {
  private static final String NO_REGIONS = "none";

  static References of(SummarizeVariantsOptions options) throws UsageException {
    ContigNames contigs = contigs(options.getContigAliases());
    String known = options.getKnown();
    String populations = options.getPopulations();
    return new References(
        contigs,
        known == null ? null : ReferenceFile.knownSites(known, contigs),
        populations == null ? null : ReferenceFile.populations(populations));
  }

  /** Checks that the files are there, and what is small. */
  static void check(SummarizeVariantsOptions options) throws UsageException {
    checkRegions(options.getRegions());
    if (options.getOnlyRegions() && !isFile(options.getRegions())) {
      throw new UsageException(
          "--onlyRegions=true needs a file of regions, and --regions=%s is none"
              .formatted(options.getRegions()));
    }
    checkFile("known", options.getKnown(), "a VCF, or a table of contig, pos, ref and alt");
    checkFile("populations", options.getPopulations(), "a table of samples and populations");
    checkFile("contigAliases", options.getContigAliases(), "a table of names of sequences");
    contigs(options.getContigAliases());
    checkJoin(options);
  }

  private static void checkJoin(SummarizeVariantsOptions options) throws UsageException {
    boolean isAbsentSaid = options.getAbsent() != AbsentGenotype.MISSING;
    boolean isFailedSaid = options.getFailedGenotypes() != FailedGenotypes.KEEP;
    if (!options.getJoinSamples()
        && (options.getWithdrawn() != null || isAbsentSaid || isFailedSaid)) {
      throw new UsageException(
          "--%s needs --joinSamples=true"
              .formatted(isAbsentSaid ? "absent" : isFailedSaid ? "failedGenotypes" : "withdrawn"));
    }
    if (options.getJoinSamples()
        && (options.getKnown() != null || options.getPopulations() != null)) {
      throw new UsageException(
          "--%s does not go with --joinSamples=true"
              .formatted(options.getKnown() != null ? "known" : "populations"));
    }
    if (!options.isStreaming()) {
      checkFile("withdrawn", options.getWithdrawn(), "a list of samples, one a line");
    }
  }

  private static void checkRegions(String regions) throws UsageException {
    if (Regions.widthOf(regions) > Integer.MAX_VALUE) {
      throw new UsageException("--regions=" + regions + " is wider than 2147483647 bases");
    }
    if (isFile(regions)) {
      checkFile(
          "regions",
          regions,
          "a BED, GTF or GFF3 file, a width such as 1mb, 50kb or 500bp, or none");
    }
  }

  private static void checkFile(String option, @Nullable String file, String what)
      throws UsageException {
    try {
      if (file != null && NamedFiles.find(file).isEmpty()) {
        throw new UsageException(
            "--%s=%s is no file that exists; it must be %s".formatted(option, file, what));
      }
    } catch (IOException e) {
      throw new UsageException("--" + option + "=" + file + " cannot be looked for", e);
    }
  }

  static boolean isFile(String regions) {
    return !regions.equals(NO_REGIONS) && Regions.widthOf(regions) < 0;
  }

  private static ContigNames contigs(@Nullable String file) throws UsageException {
    if (file == null) {
      return ContigNames.builtIn();
    }
    try (SniffedFile sniffed = SniffedFile.open(NamedFiles.resource(file));
        BufferedReader lines = sniffed.text(StandardCharsets.UTF_8)) {
      List<String> names = lines.lines().toList();
      return ContigNames.builtIn().with(names);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--contigAliases=" + file + ": " + e.getMessage());
    } catch (IOException e) {
      throw new UsageException("--contigAliases=" + file + " cannot be read", e);
    }
  }
}
