package org.healthbeam.core.variant;

import java.util.Objects;
import javax.annotation.Nullable;
import org.healthbeam.core.variant.reference.ContigNames;
import org.healthbeam.core.variant.reference.KnownSites;
import org.healthbeam.core.variant.reference.Populations;

/**
 * Along what records are counted, beside sites, samples and the cohort.
 *
 * @param contigs which names mean the same sequence
 * @param regions in which regions; must be made with the same names
 * @param known alleles that are known; null if novelty is not asked for
 * @param populations which samples are in which; null if they are not asked for
 */
public record Axes(
    ContigNames contigs,
    Regions regions,
    @Nullable KnownSites known,
    @Nullable Populations populations) {
  /**
   * Refuses null where it is not said to be possible.
   *
   * @param contigs which names mean the same sequence
   * @param regions in which regions; must be made with the same names
   * @param known alleles that are known; null if novelty is not asked for
   * @param populations which samples are in which; null if they are not asked for
   */
  public Axes {
    Objects.requireNonNull(contigs, "contigs");
    Objects.requireNonNull(regions, "regions");
  }

  /**
   * {@return the regions alone, with the names of the human chromosomes}
   *
   * @param regions in which is counted; {@link Regions#none} for none
   */
  public static Axes of(Regions regions) {
    return new Axes(ContigNames.builtIn(), regions, null, null);
  }
}
