package org.healthbeam.pipelines.run;

import java.util.Set;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.io.text.ReadLines;
import org.healthbeam.io.text.WriteLines;
import org.healthbeam.templates.annotations.PipelineTemplate;
import org.healthbeam.templates.annotations.TemplateParameter;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.outcome.Rejects;

/**
 * Copies lines. The line {@code bad} is rejected, {@code lost} is in no outcome, and {@code crash}
 * fails as a parser does that quotes its input.
 */
public final class CopyLines implements HealthPipeline<CopyLines.Options> {
  private static final TupleTag<String> COPIES = new TupleTag<>("copies") {};

  public enum Case {
    AS_IT_IS,
    UPPER
  }

  @PipelineTemplate(
      name = "copy-lines",
      displayName = "Copy",
      description = "Copies 100% of lines.")
  public interface Options extends HealthOptions {
    @Description("How letters are written.")
    @Default.Enum("AS_IT_IS")
    @TemplateParameter(order = 100, group = "Copying", example = "upper")
    Case getLetterCase();

    void setLetterCase(Case value);

    @Description("How many times.")
    @Default.Integer(1)
    @TemplateParameter(order = 110, group = "Copying", example = "2", unit = "copies")
    int getTimes();

    void setTimes(int value);

    @Description("Never shown.")
    @TemplateParameter(order = 120, group = "Copying", example = "x")
    String getApiToken();

    void setApiToken(String value);
  }

  @Override
  public Class<Options> optionsClass() {
    return Options.class;
  }

  @Override
  public void check(Options options) throws UsageException {
    if (options.getTimes() < 1) {
      throw new UsageException("--times=" + options.getTimes() + " is below 1");
    }
  }

  @Override
  public Set<String> outputs() {
    return Set.of("copies/");
  }

  @Override
  public void build(Pipeline pipeline, Options options, Rejects rejects) {
    PCollection<InputRecord> lines =
        pipeline.apply("Read lines", ReadLines.from(options.getInput()).rejectedTo(rejects));
    Outcomes outcomes = Outcomes.declare(rejects, "Copy lines", "lines", "");
    PCollectionTuple copies =
        lines.apply(
            "Copy lines",
            ParDo.of(new Copy(outcomes))
                .withOutputTags(COPIES, TupleTagList.of(Outcomes.REJECTED)));
    Rejects.collect(rejects, copies.get(Outcomes.REJECTED));
    copies
        .get(COPIES)
        .setCoder(StringUtf8Coder.of())
        .apply("Write", WriteLines.to(Location.in(options.getOutput(), "copies"), ".txt"));
  }

  static final class Copy extends DoFn<InputRecord, String> {
    private static final long serialVersionUID = 1L;
    private final Outcomes outcomes;

    Copy(Outcomes outcomes) {
      this.outcomes = outcomes;
    }

    @ProcessElement
    public void process(@Element InputRecord line, MultiOutputReceiver receiver) {
      String text = line.text();
      outcomes.in();
      if (text.startsWith("crash")) {
        receiver.get(COPIES).output(String.valueOf(Integer.parseInt(text)));
      } else if (text.equals("bad")) {
        outcomes.reject(
            receiver.get(Outcomes.REJECTED),
            new RejectedException(RejectReason.MALFORMED, "the line is bad"),
            line);
      } else if (!text.equals("lost")) {
        outcomes.out();
        receiver.get(COPIES).output(text);
      }
    }
  }
}
