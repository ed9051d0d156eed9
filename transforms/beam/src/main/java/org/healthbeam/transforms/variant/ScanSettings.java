package org.healthbeam.transforms.variant;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import javax.annotation.Nullable;
import org.healthbeam.core.variant.Axes;
import org.healthbeam.core.variant.Filters;
import org.healthbeam.core.variant.OnInvalid;
import org.healthbeam.core.variant.Region;
import org.healthbeam.core.variant.Regions;
import org.healthbeam.core.variant.VariantScan;
import org.healthbeam.core.variant.reference.ContigNames;
import org.healthbeam.core.variant.reference.KnownSites;
import org.healthbeam.core.variant.reference.Populations;
import org.healthbeam.core.variant.reference.Reference;

/** What a scan is told; it travels to the workers. */
record ScanSettings(
    OnInvalid policy,
    Filters filters,
    long windowWidth,
    ContigNames contigs,
    @Nullable Reference<KnownSites> known,
    @Nullable Reference<Populations> populations)
    implements Serializable {

  ScanSettings {
    Objects.requireNonNull(policy, "policy");
    Objects.requireNonNull(filters, "filters");
    Objects.requireNonNull(contigs, "contigs");
  }

  static ScanSettings defaults() {
    return new ScanSettings(OnInvalid.SKIP, Filters.all(), 0, ContigNames.builtIn(), null, null);
  }

  ScanSettings onInvalid(OnInvalid next) {
    return new ScanSettings(next, filters, windowWidth, contigs, known, populations);
  }

  ScanSettings withFilters(Filters next) {
    return new ScanSettings(policy, next, windowWidth, contigs, known, populations);
  }

  ScanSettings withWindows(long width) {
    return new ScanSettings(policy, filters, width, contigs, known, populations);
  }

  ScanSettings withContigNames(ContigNames next) {
    return new ScanSettings(policy, filters, windowWidth, next, known, populations);
  }

  ScanSettings withKnown(Reference<KnownSites> next) {
    return new ScanSettings(policy, filters, windowWidth, contigs, next, populations);
  }

  ScanSettings withPopulations(Reference<Populations> next) {
    return new ScanSettings(policy, filters, windowWidth, contigs, known, next);
  }

  /**
   * {@return a scan by these settings}
   *
   * @param listed the regions; null for windows
   */
  VariantScan scan(@Nullable List<Region> listed) throws IOException {
    Regions regions =
        listed != null
            ? Regions.of(listed, contigs)
            : windowWidth > 0 ? Regions.windows(windowWidth) : Regions.none();
    return new VariantScan(
        policy,
        filters,
        new Axes(
            contigs,
            regions,
            known == null ? null : known.load(),
            populations == null ? null : populations.load()));
  }
}
