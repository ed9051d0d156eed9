package org.healthbeam.pipelines.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.Pipeline.PipelineVisitor;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.schemas.SchemaCoder;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PValue;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.transforms.outcome.Rejects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Types with a schema travel by the coders that are written for them, never as rows. */
class ElementCodersTest {
  private static final Path SAMPLES =
      Path.of(System.getProperty("healthbeam.root")).resolve("samples/data");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "map-codes, fhir/*, --maps=maps/",
    "monitor-vitals, vitals/*, --artefacts=hampel",
    "summarize-variants, variants/*, --format=vcf.gz",
  })
  void noPipelineSendsItsElementsAsRows(String name, String input, String more) {
    HealthPipeline<?> pipeline = HealthPipelines.byName(name).orElseThrow();
    List<PCollection<?>> collections = new ArrayList<>();
    Set<String> rows = new TreeSet<>();
    build(pipeline, SAMPLES.resolve(input).toString(), more.replace("maps/", SAMPLES + "/maps/"))
        .traverseTopologically(
            new PipelineVisitor.Defaults() {
              @Override
              public void visitValue(PValue value, TransformHierarchy.Node producer) {
                if (value instanceof PCollection<?> collection) {
                  collections.add(collection);
                  if (isRow(collection.getCoder())) {
                    rows.add(producer.getFullName());
                  }
                }
              }
            });
    assertTrue(collections.size() > 20, "collections of " + name);
    assertEquals(Set.of(), rows);
  }

  private static boolean isRow(Coder<?> coder) {
    // Beam's own steps may send rows of theirs.
    boolean ours =
        coder.getEncodedTypeDescriptor().getRawType().getName().startsWith("org.healthbeam.");
    return (coder.getClass() == SchemaCoder.class && ours)
        || coder.getCoderArguments().stream().anyMatch(ElementCodersTest::isRow);
  }

  private <O extends HealthOptions> Pipeline build(
      HealthPipeline<O> pipeline, String input, String more) {
    O options =
        PipelineOptionsFactory.fromArgs("--input=" + input, "--output=" + folder, more)
            .as(pipeline.optionsClass());
    Pipeline built = Pipeline.create(options);
    Rejects rejects = Rejects.with(PayloadHash.salted());
    pipeline.build(built, options, rejects);
    rejects.all(built);
    return built;
  }
}
