package org.healthbeam.transforms.variant.lines;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import javax.annotation.Nullable;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.PCollectionView;
import org.healthbeam.core.variant.Region;

/**
 * What one instance of a DoFn reads with. It is opened anew when other regions are wanted, since an
 * instance may see several windows, and runs.
 */
final class OpenLines<P, R> implements Serializable {
  private static final long serialVersionUID = 1L;

  private final LineSource<P, R> source;
  @Nullable private final PCollectionView<List<Region>> wanted;
  @Nullable private transient LineSource.Opened<P, R> opened;
  @Nullable private transient List<Region> regions;

  OpenLines(LineSource<P, R> source, @Nullable PCollectionView<List<Region>> wanted) {
    this.source = source;
    this.wanted = wanted;
  }

  /** {@return what reads the element of this context} */
  LineSource.Opened<P, R> of(DoFn<P, ?>.ProcessContext context) {
    List<Region> now = wanted == null ? null : context.sideInput(wanted);
    return of(now);
  }

  LineSource.Opened<P, R> of(@Nullable List<Region> now) {
    if (opened == null || !Objects.equals(regions, now)) {
      close();
      opened = source.open(now);
      regions = now == null ? null : List.copyOf(now);
    }
    return opened;
  }

  /** Gives back what reading has taken. */
  void close() {
    if (opened != null) {
      opened.close();
      opened = null;
    }
  }
}
