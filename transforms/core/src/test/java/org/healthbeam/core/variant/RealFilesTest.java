package org.healthbeam.core.variant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What others have published about real files comes out. */
class RealFilesTest {

  @Test
  void everyCountOfThousandGenomesEqualsTheStoredOne() throws IOException {
    VcfText text = VcfText.scan(SharedVcf.bytes(SharedVcf.THOUSAND_GENOMES));
    assertTrue(text.rejects.isEmpty(), text.rejects::toString);
    assertEquals(6109, text.sites().get(SiteCounter.RECORDS));
    assertEquals(6109, text.sites().get(SiteCounter.AN_COMPARED));
    assertEquals(0, text.sites().get(SiteCounter.AN_DISAGREES));
    assertEquals(6081 + 2 * 27 + 4, text.sites().get(SiteCounter.AC_COMPARED));
    assertEquals(0, text.sites().get(SiteCounter.AC_DISAGREES));
    assertEquals(2504, text.header.samples().size());
    assertEquals(6109L * 2504, text.sites().get(SiteCounter.CALLED));
  }

  /** Published by Hail 0.2.12's sample_qc, which counts alleles, not genotypes. */
  @Test
  void publishedCountsOfTheTrioComeOut() throws IOException {
    VcfText text = VcfText.scan(SharedVcf.bytes(SharedVcf.CEU_TRIO));
    SampleSummary s = text.sample(0);
    assertTrue(text.rejects.isEmpty(), text.rejects::toString);
    assertEquals(1075, s.nCalled());
    assertEquals(1, s.nHomRef());
    assertEquals(893, s.nHet());
    assertEquals(181, s.nHomAlt());
    assertEquals(1082, s.nSnp());
    assertEquals(85, s.nIns());
    assertEquals(98, s.nDel());
    assertEquals(659, s.nTi());
    assertEquals(423, s.nTv());
    assertEquals(2, s.nStar());
    assertEquals(0, text.sites().get(SiteCounter.AC_DISAGREES));
  }
}
