package org.healthbeam.transforms.vital;

import java.nio.charset.StandardCharsets;
import javax.annotation.Nullable;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.unit.UnitConverter;
import org.healthbeam.core.vital.CanonicalValues;
import org.healthbeam.core.vital.VitalReading;
import org.healthbeam.core.vital.VitalSign;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.outcome.Rejects;

/**
 * Converts readings to the canonical unit of their kind by UCUM.
 *
 * <p>Input: readings, bounded or not, in any windows. Output: a vital sign for each that could be
 * converted. One whose unit was no UCUM but is known from real data ({@code bpm}, {@code °C}) is
 * counted as {@code repaired}.
 *
 * <p>Errors: an unknown unit, one of another quantity, and a value that its kind cannot have are
 * rejected by the stage "Convert units". The source of the rules: The Unified Code for Units of
 * Measure, and {@link CanonicalValues} for inspired oxygen.
 *
 * <pre>{@code
 * PCollection<VitalSign> signs =
 *     readings.apply("Convert units", Vitals.convertUnits().rejectedTo(rejects));
 * }</pre>
 */
public final class ConvertUnits
    extends PTransform<PCollection<VitalReading>, PCollection<VitalSign>> {
  private static final long serialVersionUID = 1L;

  /** The name of the stage. */
  public static final String STAGE = "Convert units";

  private static final TupleTag<VitalSign> SIGNS =
      new TupleTag<VitalSign>("signs") {
        private static final long serialVersionUID = 1L;
      };

  private final String after;
  @Nullable private final transient Rejects rejects;

  private ConvertUnits(String after, @Nullable Rejects rejects) {
    this.after = after;
    this.rejects = rejects;
  }

  static ConvertUnits create() {
    return new ConvertUnits("", null);
  }

  /**
   * {@return a copy that lets the ledger check that all survivors of that stage, and nothing else,
   * come in here}
   *
   * @param stage the name of one that was declared before
   */
  public ConvertUnits after(String stage) {
    return new ConvertUnits(stage, rejects);
  }

  /**
   * {@return a copy that sends what cannot be converted there; without it the first reject fails
   * the pipeline}
   *
   * @param rejects take what is rejected
   */
  public ConvertUnits rejectedTo(Rejects rejects) {
    return new ConvertUnits(after, rejects);
  }

  @Override
  public PCollection<VitalSign> expand(PCollection<VitalReading> readings) {
    Outcomes outcomes =
        Outcomes.declare(rejects, STAGE, "measurements", after).byBundlesOf(readings);
    PCollectionTuple outputs =
        readings.apply(
            "Convert",
            ParDo.of(new ConvertFn(outcomes))
                .withOutputTags(SIGNS, outcomes.outputs(Outcomes.REJECTED)));
    Rejects.collect(rejects, outputs);
    return outputs.get(SIGNS).setCoder(VitalSignCoder.of());
  }

  static final class ConvertFn extends DoFn<VitalReading, VitalSign> {
    private static final long serialVersionUID = 1L;
    private final Outcomes outcomes;
    private transient CanonicalValues values;

    ConvertFn(Outcomes outcomes) {
      this.outcomes = outcomes;
    }

    @Setup
    public void setup() {
      values = new CanonicalValues(UnitConverter.ucum());
    }

    @StartBundle
    public void begin() {
      outcomes.begin();
    }

    @FinishBundle
    public void finish(FinishBundleContext context) {
      outcomes.tell(context);
    }

    @ProcessElement
    public void process(@Element VitalReading reading, MultiOutputReceiver out) {
      outcomes.in();
      try {
        CanonicalValues.Canonical canonical = values.of(reading);
        outcomes.out(canonical.repaired() ? "repaired" : Outcomes.PASSED);
        out.get(SIGNS).output(canonical.sign());
      } catch (RejectedException e) {
        outcomes.reject(
            out.get(Outcomes.REJECTED),
            e.reason(),
            e.detail(),
            reading.source(),
            reading.position(),
            payload(reading));
      }
    }

    private static byte[] payload(VitalReading r) {
      return String.join(
              "\t",
              r.subject(),
              r.time().toString(),
              r.kind().kindName(),
              Double.toString(r.value()),
              r.unit())
          .getBytes(StandardCharsets.UTF_8);
    }
  }
}
