package org.healthbeam.io.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.healthbeam.core.variant.Region;
import org.healthbeam.io.vcf.ReadRegions;
import org.healthbeam.transforms.files.StrictFiles;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestPipelineExtension.class)
class LinesOfFileTest {
  @BeforeAll
  static void register() {
    StrictFiles.register();
  }

  @Test
  void listsAndRegionsAreReadFromTheFileOfThisNameWhateverStandsInIt(TestPipeline pipeline) {
    StrictFiles.put("strict://lines/gone[1].txt", "\uFEFFann\n\nbob");
    StrictFiles.put("strict://lines/gone1.txt", "somebody else");
    StrictFiles.put("strict://lines/panel*.bed", "chr1\t9\t20\tgene\n");
    StrictFiles.put("strict://lines/panel2.bed", "chr2\t9\t20\tother\n");
    PAssert.that(pipeline.apply("List", LinesOfFile.named("strict://lines/gone[1].txt")))
        .containsInAnyOrder("ann", "", "bob");
    PAssert.that(
            pipeline
                .apply("Regions", ReadRegions.from("strict://lines/panel*.bed"))
                .apply("Names", MapElements.into(TypeDescriptors.strings()).via(Region::name)))
        .containsInAnyOrder("gene");
    assertEquals(PipelineResult.State.DONE, pipeline.run().waitUntilFinish());
  }
}
