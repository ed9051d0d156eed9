package example;

import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.TextIO;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.options.Validation;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.vital.PlausibilityPolicy;
import org.healthbeam.io.text.ReadJson;
import org.healthbeam.transforms.outcome.Rejects;
import org.healthbeam.transforms.vital.CheckPlausibility;
import org.healthbeam.transforms.vital.Vitals;

/** Tells who has a NEWS2 of 7 or more, of FHIR Observations, and what could not be used. */
public final class HighRisk {
  private static final int HIGH = 7;

  private HighRisk() {}

  /** What it reads and writes. */
  public interface Options extends PipelineOptions {
    @Description("FHIR Observations in NDJSON: a file, a folder or a glob.")
    @Validation.Required
    String getInput();

    void setInput(String value);

    @Description("The folder of the results.")
    @Validation.Required
    String getOutput();

    void setOutput(String value);
  }

  /** Runs it: {@code --input=FILE --output=FOLDER}, and the options of the runner. */
  public static void main(String[] args) {
    Options options =
        PipelineOptionsFactory.fromArgs(args).withValidation().as(Options.class);
    Pipeline pipeline = Pipeline.create(options);
    Rejects rejects = Rejects.with(PayloadHash.salted());
    build(pipeline, options, rejects);
    PipelineResult result = pipeline.run();
    result.waitUntilFinish();
    rejects
        .ledger(result.metrics())
        .stages()
        .forEach(
            s -> System.out.printf("%s: %d in, %d rejected%n", s.stage(), s.in(), s.rejected()));
  }

  static void build(Pipeline pipeline, Options options, Rejects rejects) {
    pipeline
        .apply("Read FHIR", ReadJson.from(List.of(options.getInput())).rejectedTo(rejects))
        .apply("Parse vital signs", Vitals.parse().rejectedTo(rejects))
        .apply("Convert units", Vitals.convertUnits().rejectedTo(rejects))
        .apply(
            "Check plausibility",
            Vitals.checkPlausibility(PlausibilityPolicy.MIMIC).rejectedTo(rejects))
        .get(CheckPlausibility.PLAUSIBLE)
        .apply("Score by NEWS2", Vitals.news2())
        .apply("Keep high risk", Filter.by(score -> score.score() >= HIGH))
        .apply(
            "Describe",
            MapElements.into(TypeDescriptors.strings())
                .via(s -> s.subject() + " " + s.time() + " " + Math.round(s.score())))
        .apply(
            "Write scores",
            TextIO.write().to(options.getOutput() + "/high-risk").withoutSharding());
    rejects
        .all(pipeline)
        .apply(
            "Describe rejects",
            MapElements.into(TypeDescriptors.strings())
                .via(r -> r.source() + ":" + r.position() + " " + r.reason().code()))
        .apply(
            "Write rejects",
            TextIO.write().to(options.getOutput() + "/rejected").withoutSharding());
  }
}
