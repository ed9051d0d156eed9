package org.healthbeam.transforms.variant.lines;

import java.util.List;
import javax.annotation.Nullable;
import org.healthbeam.core.variant.Region;
import org.healthbeam.core.variant.VcfBlock;

/** Gives blocks that are elements already. */
final class BlocksThemselves implements LineSource<VcfBlock, Void> {
  private static final long serialVersionUID = 1L;

  @Override
  public Opened<VcfBlock, Void> open(@Nullable List<Region> wanted) {
    return new Given();
  }

  private static final class Given implements Opened<VcfBlock, Void> {
    @Override
    @Nullable
    public Void read(VcfBlock part, Blocks blocks) {
      blocks.take(part);
      return null;
    }

    @Override
    public void close() {}
  }
}
