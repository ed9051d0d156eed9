package org.healthbeam.transforms.variant;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.schemas.SchemaRegistry;
import org.apache.beam.sdk.schemas.transforms.Convert;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestPipeline;
import org.apache.beam.sdk.testing.TestPipelineExtension;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.healthbeam.core.variant.CohortTotals;
import org.healthbeam.core.variant.RegionSummary;
import org.healthbeam.core.variant.SampleSummary;
import org.healthbeam.core.variant.VcfBlock;
import org.healthbeam.core.variant.VcfHeader;
import org.healthbeam.core.variant.compat.Compat;
import org.healthbeam.core.variant.compat.CompatTotals;
import org.healthbeam.core.variant.compat.SiteCounts;
import org.healthbeam.core.variant.join.TotalsChange;
import org.healthbeam.core.variant.join.TotalsRevision;
import org.healthbeam.core.variant.vcf.FileRemarks;
import org.healthbeam.transforms.variant.lines.VcfLines;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What has more than its row's columns comes back from the row too. */
@ExtendWith(TestPipelineExtension.class)
class SummaryRowsTest {
  private static final VcfHeader HEADER = VcfHeader.of(2, List.of("s1", "s2"));

  private static final VcfBlock BLOCK =
      new VcfBlock(
          "a.vcf",
          3,
          HEADER,
          """
          1\t10\ta\tA\tG\t12.5\tPASS\t.\tGT:DP:GQ\t0/1:7:20\t1/1:9:30
          1\t20\tb\tA\tC,T\t.\tq10\t.\tGT:DP:GQ\t1/2:1:3\t./.:.:.
          """
              .getBytes(StandardCharsets.UTF_8));

  @Test
  void allThatALineComesToComesBackFromRows(TestPipeline pipeline) {
    VariantSummaries summaries =
        VcfLines.of(pipeline.apply(Create.of(BLOCK)))
            .apply(
                "Summarize",
                Variants.summarize().withWindows(15).withCompat(EnumSet.allOf(Compat.class)));
    PAssert.that(there(summaries.cohort(), CohortTotals.class)).satisfies(SummaryRowsTest::cohort);
    PAssert.that(there(summaries.compat(), CompatTotals.class)).satisfies(SummaryRowsTest::travels);
    PAssert.that(there(summaries.sites(), SiteCounts.class)).satisfies(SummaryRowsTest::travels);
    PAssert.that(there(summaries.remarks().apply("Remarks", Values.create()), FileRemarks.class))
        .satisfies(SummaryRowsTest::sameBytes);
    PCollection<SampleSummary> samples = summaries.cohort().apply("Samples", Variants.samples());
    PAssert.that(samples.apply("Sample rows", Convert.toRows()))
        .satisfies(
            rows -> {
              TreeMap<String, String> told = new TreeMap<>();
              rows.forEach(
                  row ->
                      told.put(
                          row.getString("sample"),
                          row.getInt64("n_het") + " " + row.getInt64("n_missing")));
              assertEquals("{s1=2 0, s2=0 1}", told.toString());
              return null;
            });
    PCollection<RegionSummary> regions = summaries.regions().apply("Regions", Variants.regions());
    PAssert.that(regions.apply("Region rows", Convert.toRows()))
        .satisfies(
            rows -> {
              TreeMap<Long, Long> told = new TreeMap<>();
              rows.forEach(row -> told.put(row.getInt64("start"), row.getInt64("n_alleles")));
              assertEquals("{0=1, 15=2}", told.toString());
              return null;
            });
    pipeline.run();
  }

  private static <T> PCollection<T> there(PCollection<T> values, Class<T> type) {
    String name = type.getSimpleName();
    return values
        .apply(name + " to rows", Convert.toRows())
        .apply(name + " back", Convert.fromRows(type));
  }

  private static Void cohort(Iterable<CohortTotals> cohorts) {
    CohortTotals cohort = cohorts.iterator().next();
    assertEquals(List.of("s1", "s2"), cohort.samples().names());
    assertEquals("{1=2}", cohort.recordsByContig().toString());
    TotalsRevision revision =
        new TotalsRevision(3, cohort, List.of("s3"), TotalsChange.none().regions());
    return travels(List.of(cohort, revision));
  }

  private static <T> Void travels(Iterable<T> values) {
    values.forEach(
        value -> assertEquals(value, travelled(value), value.getClass().getSimpleName()));
    return null;
  }

  private static Void sameBytes(Iterable<FileRemarks> remarks) {
    remarks.forEach(
        value -> {
          assertEquals(value.copy().all(), travelled(value).all());
          assertArrayEquals(bytes(value), bytes(travelled(value)));
        });
    return null;
  }

  private static byte[] bytes(FileRemarks value) {
    try {
      return CoderUtils.encodeToByteArray(FileRemarksCoder.of(), value);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static <T> T travelled(T value) {
    Class<T> type = (Class<T>) value.getClass();
    SchemaRegistry registry = SchemaRegistry.createDefault();
    try {
      Row row = registry.getToRowFunction(type).apply(value);
      Row checked = Row.withSchema(registry.getSchema(type)).addValues(row.getValues()).build();
      Row other = CoderUtils.clone(RowCoder.of(checked.getSchema()), checked);
      Coder<T> coder = CoderRegistry.createDefault().getCoder(type);
      return CoderUtils.clone(coder, registry.getFromRowFunction(type).apply(other));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
