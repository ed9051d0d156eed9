package org.healthbeam.io.vcf;

import java.io.IOException;
import java.util.Objects;
import javax.annotation.Nullable;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PDone;
import org.apache.beam.sdk.values.TupleTagList;
import org.healthbeam.core.outcome.Rejected;
import org.healthbeam.core.variant.OnInvalid;
import org.healthbeam.core.variant.reference.KnownLines;
import org.healthbeam.core.variant.reference.KnownSites;
import org.healthbeam.core.variant.reference.Reference;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.outcome.Rejects;

/**
 * Counts what became of the lines of a list of known sites, once for the run, however many workers
 * read it.
 *
 * <p>Errors: a line that is no site is a reject with its number, or fails the run where {@link
 * OnInvalid#STRICT} is asked for. Outcomes: {@code used}, and {@code passed-over} where a line has
 * no alternate of bases.
 */
public final class CheckKnownSites extends PTransform<PBegin, PDone> {
  private static final long serialVersionUID = 1L;

  /** The stage's name in the ledger; its unit is lines. */
  public static final String STAGE = "Read known sites";

  private final Reference<KnownSites> known;
  private final OnInvalid policy;
  @Nullable private final transient Rejects rejects;

  private CheckKnownSites(
      Reference<KnownSites> known, OnInvalid policy, @Nullable Rejects rejects) {
    this.known = known;
    this.policy = policy;
    this.rejects = rejects;
  }

  /**
   * {@return a transform that looks at this list}
   *
   * @param known a VCF or a table
   */
  public static CheckKnownSites of(Reference<KnownSites> known) {
    return new CheckKnownSites(known, OnInvalid.SKIP, null);
  }

  /**
   * {@return a copy that has this become of lines that are no sites; without it they are rejected}
   *
   * @param policy for such lines
   */
  public CheckKnownSites onInvalid(OnInvalid policy) {
    return new CheckKnownSites(known, Objects.requireNonNull(policy, "policy"), rejects);
  }

  /**
   * {@return a copy that sends what is no site there; without it the first reject fails the
   * pipeline}
   *
   * @param rejects take it
   */
  public CheckKnownSites rejectedTo(Rejects rejects) {
    return new CheckKnownSites(known, policy, rejects);
  }

  @Override
  public PDone expand(PBegin begin) {
    Outcomes outcomes = Outcomes.declare(rejects, STAGE, "lines", "");
    Rejects.collect(
        rejects,
        begin
            .apply("List", Create.of("").withCoder(StringUtf8Coder.of()))
            .apply(
                "Lines of the list",
                ParDo.of(new Lines(known, policy, outcomes))
                    .withOutputTags(Outcomes.REJECTED, TupleTagList.of(Outcomes.COUNTED))));
    return PDone.in(begin.getPipeline());
  }

  private static final class Lines extends DoFn<String, Rejected> {
    private static final long serialVersionUID = 1L;

    private final Reference<KnownSites> known;
    private final OnInvalid policy;
    private final Outcomes outcomes;

    Lines(Reference<KnownSites> known, OnInvalid policy, Outcomes outcomes) {
      this.known = known;
      this.policy = policy;
      this.outcomes = outcomes;
    }

    @ProcessElement
    public void process(MultiOutputReceiver out) throws IOException {
      OutputReceiver<Rejected> receiver = out.get(Outcomes.REJECTED);
      outcomes.begin();
      KnownSites sites = known.load();
      KnownLines.Counts counts = sites.counts();
      outcomes.in(counts.used() + counts.passedOver());
      outcomes.out("used", counts.used());
      outcomes.out("passed-over", counts.passedOver());
      counts.bad(
          (line, why, bytes) -> {
            if (policy == OnInvalid.STRICT) {
              throw new InvalidLineException(sites.name(), line, why);
            }
            outcomes.in();
            outcomes.reject(
                receiver, why.reason(), why.detail(), sites.name(), Long.toString(line), bytes);
          });
      outcomes.tell(out.get(Outcomes.COUNTED));
    }
  }
}
