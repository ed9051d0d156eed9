package org.healthbeam.io.vcf;

import java.io.Serializable;
import java.util.List;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.values.PCollectionView;
import org.healthbeam.core.variant.Region;
import org.healthbeam.core.variant.reference.ContigNames;

/**
 * Whose records alone are read.
 *
 * @param view the regions
 * @param contigs which names mean the same sequence
 */
record WantedRegions(PCollectionView<List<Region>> view, ContigNames contigs)
    implements Serializable {

  Selection selection(DoFn<?, ?>.ProcessContext context) {
    return new Selection(context.sideInput(view), contigs);
  }
}
