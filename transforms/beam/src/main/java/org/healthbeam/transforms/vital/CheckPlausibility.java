package org.healthbeam.transforms.vital;

import javax.annotation.Nullable;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.vital.PlausibilityPolicy;
import org.healthbeam.core.vital.VitalSign;
import org.healthbeam.core.vital.quality.QualityItem;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.outcome.Rejects;
import org.healthbeam.transforms.vital.quality.BundleCounts;
import org.healthbeam.transforms.vital.quality.Profile;
import org.joda.time.Instant;

/**
 * Parts vital signs into those that a named policy accepts and those that it does not.
 *
 * <p>Input: vital signs, bounded or not, in any windows. Output: {@link #PLAUSIBLE} and {@link
 * #IMPLAUSIBLE}, in the same windows; the latter are for counting by window, and each is also a
 * reject of the stage "Check plausibility". Units: each kind's canonical one. The source of the
 * bounds: {@link PlausibilityPolicy}.
 *
 * <pre>{@code
 * PCollectionTuple checked =
 *     signs.apply(
 *         "Check plausibility",
 *         Vitals.checkPlausibility(PlausibilityPolicy.MIMIC).rejectedTo(rejects));
 * }</pre>
 */
public final class CheckPlausibility extends PTransform<PCollection<VitalSign>, PCollectionTuple> {
  private static final long serialVersionUID = 1L;

  /** The name of the stage. */
  public static final String STAGE = "Check plausibility";

  /** The vital signs that the policy accepts. */
  public static final TupleTag<VitalSign> PLAUSIBLE =
      new TupleTag<VitalSign>("plausible") {
        private static final long serialVersionUID = 1L;
      };

  /** The vital signs that the policy does not accept. */
  public static final TupleTag<VitalSign> IMPLAUSIBLE =
      new TupleTag<VitalSign>("implausible") {
        private static final long serialVersionUID = 1L;
      };

  private final PlausibilityPolicy policy;
  private final String after;
  @Nullable private final transient Rejects rejects;
  @Nullable private final transient Profile profile;

  private CheckPlausibility(
      PlausibilityPolicy policy,
      String after,
      @Nullable Rejects rejects,
      @Nullable Profile profile) {
    this.policy = policy;
    this.after = after;
    this.rejects = rejects;
    this.profile = profile;
  }

  static CheckPlausibility with(PlausibilityPolicy policy) {
    return new CheckPlausibility(policy, "", null, null);
  }

  /**
   * {@return a copy that lets the ledger check that all survivors of that stage, and nothing else,
   * come in here}
   *
   * @param stage the name of one that was declared before
   */
  public CheckPlausibility after(String stage) {
    return new CheckPlausibility(policy, stage, rejects, profile);
  }

  /**
   * {@return a copy that sends rejects there; without it the first implausible value fails the
   * pipeline}
   *
   * @param rejects take what is rejected
   */
  public CheckPlausibility rejectedTo(Rejects rejects) {
    return new CheckPlausibility(policy, after, rejects, profile);
  }

  /**
   * {@return a copy that counts implausible values and hours there; the input must be in the global
   * window}
   *
   * @param profile null for none
   */
  public CheckPlausibility profiledTo(@Nullable Profile profile) {
    return new CheckPlausibility(policy, after, rejects, profile);
  }

  @Override
  public PCollectionTuple expand(PCollection<VitalSign> signs) {
    Outcomes outcomes = Outcomes.declare(rejects, STAGE, "measurements", after).byBundlesOf(signs);
    PCollectionTuple outputs =
        signs.apply(
            "Check",
            ParDo.of(new CheckFn(outcomes, policy, profile != null))
                .withOutputTags(
                    PLAUSIBLE, outcomes.outputs(IMPLAUSIBLE, Outcomes.REJECTED, Profile.COUNTS)));
    Profile.collect(profile, outputs.get(Profile.COUNTS));
    Rejects.collect(rejects, outputs);
    return PCollectionTuple.of(PLAUSIBLE, outputs.get(PLAUSIBLE).setCoder(VitalSignCoder.of()))
        .and(IMPLAUSIBLE, outputs.get(IMPLAUSIBLE).setCoder(VitalSignCoder.of()));
  }

  static final class CheckFn extends DoFn<VitalSign, VitalSign> {
    private static final long serialVersionUID = 1L;
    private final Outcomes outcomes;
    private final PlausibilityPolicy policy;
    private final boolean profiled;
    private transient BundleCounts counts;

    CheckFn(Outcomes outcomes, PlausibilityPolicy policy, boolean profiled) {
      this.outcomes = outcomes;
      this.policy = policy;
      this.profiled = profiled;
    }

    @Setup
    public void setUp() {
      counts = new BundleCounts();
    }

    @StartBundle
    public void begin() {
      outcomes.begin();
    }

    @FinishBundle
    public void finish(FinishBundleContext context) {
      counts.flush(context);
      outcomes.tell(context);
    }

    @ProcessElement
    public void process(@Element VitalSign sign, @Timestamp Instant time, MultiOutputReceiver out) {
      outcomes.in();
      try {
        if (!sign.version().isWithdrawn()) {
          policy.check(sign.kind(), sign.value());
        }
        if (profiled && !sign.version().isWithdrawn()) {
          counts.add(QualityItem.hour(sign.kind(), sign.time()), time, out.get(Profile.COUNTS));
        }
        outcomes.out();
        out.get(PLAUSIBLE).output(sign);
      } catch (RejectedException e) {
        if (profiled) {
          counts.add(
              QualityItem.implausible(sign.kind(), policy.interval(sign.kind()), sign.value()),
              time,
              out.get(Profile.COUNTS));
        }
        out.get(IMPLAUSIBLE).output(sign);
        outcomes.reject(
            out.get(Outcomes.REJECTED),
            e.reason(),
            e.detail(),
            sign.source(),
            sign.position(),
            sign.payload());
      }
    }
  }
}
