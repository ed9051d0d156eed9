package org.healthbeam.transforms.code;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.transforms.Create;
import org.healthbeam.core.code.Coding;
import org.healthbeam.transforms.files.StrictFiles;
import org.healthbeam.transforms.outcome.Outcomes;
import org.junit.jupiter.api.Test;

class MapVersionsTest {

  @Test
  void theVersionsOfTheMapsInUseAreGaugesByTheMapsUrl() throws Exception {
    StrictFiles.register();
    StrictFiles.put(
        "strict://versions/maps.csv",
        "source_system,source_code,target_system,target_code,map_url,map_version\n"
            + "urn:s,a,urn:t,x,urn:dated,2026-03-01\n"
            + "urn:s,b,urn:t,y,urn:numbered,4.0.1\n"
            + "urn:s,c,urn:t,z,urn:named,spring\n");
    Pipeline pipeline = Pipeline.create();
    pipeline
        .apply(Create.of(Coding.of("urn:s", "a")).withCoder(CodingCoder.of()))
        .apply(Codes.translate(CodeMaps.fromFiles(List.of("strict://versions/maps.csv"))));
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    Map<String, Long> gauges = new TreeMap<>();
    result
        .metrics()
        .queryMetrics(
            MetricsFilter.builder()
                .addNameFilter(MetricNameFilter.inNamespace(Outcomes.NAMESPACE))
                .build())
        .getGauges()
        .forEach(g -> gauges.put(g.getName().getName(), g.getCommitted().getValue()));
    assertEquals(
        Map.of(
            "Code maps|maps", 3L,
            "Code maps|version_of_urn:dated", 20260301L,
            "Code maps|version_of_urn:numbered", 4_000_001L),
        gauges);
  }
}
