package org.healthbeam.pipelines.summarizevariants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.healthbeam.core.variant.reference.ContigNames;
import org.healthbeam.pipelines.run.UsageException;
import org.healthbeam.transforms.files.StrictFiles;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ReferencesTest {
  @BeforeAll
  static void register() {
    StrictFiles.register();
  }

  private static SummarizeVariantsOptions options(String... args) {
    return PipelineOptionsFactory.fromArgs(args).as(SummarizeVariantsOptions.class);
  }

  @Test
  void filesThatOptionsNameGoByTheirNames() throws Exception {
    StrictFiles.put("strict://refs/panel[2].bed", "chr1\t9\t20\tgene\n");
    StrictFiles.put("strict://refs/aliases?.tsv", "one\tchr1\n");
    SummarizeVariantsOptions options =
        options(
            "--regions=strict://refs/panel[2].bed", "--contigAliases=strict://refs/aliases?.tsv");
    References.check(options);
    ContigNames names = References.of(options).contigs();
    assertEquals(names.key("chr1"), names.key("one"));
    UsageException none =
        assertThrows(
            UsageException.class,
            () -> References.check(options("--regions=strict://refs/panel*.bed")));
    assertEquals(
        "--regions=strict://refs/panel*.bed is no file that exists; it must be a BED, GTF or GFF3"
            + " file, a width such as 1mb, 50kb or 500bp, or none",
        none.getMessage());
  }
}
