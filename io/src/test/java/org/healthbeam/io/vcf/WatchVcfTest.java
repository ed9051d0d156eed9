package org.healthbeam.io.vcf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.values.PCollection;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.outcome.StageLedger;
import org.healthbeam.core.variant.VcfBlock;
import org.healthbeam.transforms.outcome.Rejects;
import org.joda.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestPipelineExtension.class)
class WatchVcfTest {
  @TempDir private Path folder;

  @Test
  void filesAreReadOnceAndBrokenOnesAreRejects(TestPipeline pipeline) throws Exception {
    String text =
        "##fileformat=VCFv4.2\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tAnn\n";
    Files.writeString(folder.resolve("a.vcf"), text + "1\t5\t.\tA\tC\t.\t.\t.\tGT\t0/1\n");
    Files.writeString(folder.resolve("b.vcf"), "no VCF\n");
    Rejects rejects = Rejects.with(PayloadHash.salted());
    PCollection<VcfBlock> blocks =
        pipeline
            .apply(
                "Watch",
                WatchVcf.from(List.of(folder + "/*.vcf"), Duration.millis(50))
                    .untilAfter(Duration.millis(500))
                    .rejectedTo(rejects))
            .blocks();
    PAssert.that(blocks)
        .satisfies(
            all -> {
              Map<String, Integer> bytes = new TreeMap<>();
              for (VcfBlock block : all) {
                bytes.merge(
                    Path.of(block.source()).getFileName().toString(),
                    block.bytes().length,
                    Integer::sum);
              }
              assertEquals(Map.of("a.vcf", 23), bytes);
              return null;
            });
    rejects.all(pipeline);
    StageLedger stage = rejects.ledger(pipeline.run().metrics()).stages().get(0);
    assertEquals(2, stage.in());
    assertEquals(1, stage.rejected());
  }

  @Test
  void looksNeedTimeBetweenThem() {
    assertThrows(
        IllegalArgumentException.class, () -> WatchVcf.from(List.of("a.vcf"), Duration.ZERO));
  }
}
