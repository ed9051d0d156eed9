package org.healthbeam.transforms.variant.join;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import javax.annotation.Nullable;
import org.healthbeam.core.variant.Region;
import org.healthbeam.core.variant.Regions;
import org.healthbeam.core.variant.reference.ContigNames;
import org.healthbeam.core.variant.reference.Reference;

/** By which regions samples that arrive are counted, and which names of sequences mean the same. */
final class ArrivingRegions implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ContigNames contigs;
  private final long windowWidth;
  @Nullable private final Reference<List<Region>> listed;

  @Nullable private transient Regions regions;

  private ArrivingRegions(
      ContigNames contigs, long windowWidth, @Nullable Reference<List<Region>> listed) {
    this.contigs = contigs;
    this.windowWidth = windowWidth;
    this.listed = listed;
  }

  static ArrivingRegions none() {
    return new ArrivingRegions(ContigNames.builtIn(), 0, null);
  }

  ArrivingRegions with(ContigNames names) {
    return new ArrivingRegions(Objects.requireNonNull(names, "names"), windowWidth, listed);
  }

  ArrivingRegions windows(long bases) {
    Regions.windows(bases);
    return new ArrivingRegions(contigs, bases, null);
  }

  ArrivingRegions listed(Reference<List<Region>> list) {
    return new ArrivingRegions(contigs, 0, Objects.requireNonNull(list, "list"));
  }

  ContigNames contigs() {
    return contigs;
  }

  /** Returns them; the list is loaded if nobody in this JVM has. */
  Regions regions() {
    if (listed == null) {
      return windowWidth > 0 ? Regions.windows(windowWidth) : Regions.none();
    }
    if (regions == null) {
      try {
        regions = Regions.of(listed.load(), contigs);
      } catch (IOException e) {
        throw new UncheckedIOException("the list of regions cannot be read", e);
      }
    }
    return regions;
  }
}
