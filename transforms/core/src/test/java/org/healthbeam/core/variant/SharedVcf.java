package org.healthbeam.core.variant;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/** Real files beside the project; a test that needs one is skipped where it is absent. */
final class SharedVcf {
  static final String THOUSAND_GENOMES =
      "1kg-phaseIII-v5a.20130502.genotypes.chr22-16-16.5mb.vcf.gz";
  static final String CEU_TRIO = "CEUTrio.HiSeq.WGS.b37.NA12878.20.21.vcf";

  private SharedVcf() {}

  static Path path(String name) {
    String root = System.getProperty("healthbeam.root", ".");
    String shared = System.getProperty("healthbeam.shared", root + "/../shared");
    Path path = Path.of(shared, "data", "vcf", name);
    Assumptions.assumeTrue(Files.exists(path), "no " + name + " in the shared data");
    return path;
  }

  static byte[] bytes(String name) throws IOException {
    Path path = path(name);
    try (InputStream file = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
        InputStream in = name.endsWith(".gz") ? new GZIPInputStream(file, 1 << 16) : file) {
      return in.readAllBytes();
    }
  }
}
