package org.healthbeam.transforms.code;

import java.io.IOException;
import java.util.Objects;
import javax.annotation.Nullable;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.code.Translation;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.outcome.Rejects;

/**
 * Translates codings of one's own: from tables, claims or messages.
 *
 * <p>Input: codings, bounded or unbounded, in any windows. Output: exactly one {@link Translation}
 * for each, at once, in the same window and with the same timestamp. Nothing is late and nothing is
 * rejected: what cannot be looked up has the outcome {@code invalid}. The outcomes are counted in
 * the run's ledger if {@link #countedIn} says where.
 *
 * <p>Source of the rules: FHIR R4 and R5, ConceptMap; see {@link CodeMap}.
 *
 * <pre>{@code
 * CodeMaps maps = CodeMaps.fromFiles(List.of("maps/"));
 * PCollection<Translation> translations =
 *     codings.apply("Translate diagnoses", Codes.translate(maps));
 * }</pre>
 */
public final class TranslateCodings
    extends PTransform<PCollection<Coding>, PCollection<Translation>> {
  private static final long serialVersionUID = 1L;
  static final String STAGE = "Translate codings";
  static final String UNIT = "codings";

  private final CodeMaps maps;
  private final SeveralTargets policy;
  private final String stage;
  @Nullable private final transient Rejects rejects;

  TranslateCodings(CodeMaps maps) {
    this(Objects.requireNonNull(maps, "maps"), SeveralTargets.AMBIGUOUS, STAGE, null);
  }

  private TranslateCodings(
      CodeMaps maps, SeveralTargets policy, String stage, @Nullable Rejects rejects) {
    this.maps = maps;
    this.policy = policy;
    this.stage = stage;
    this.rejects = rejects;
  }

  /** Says what several targets in one system come to; without it, to ambiguous. */
  public TranslateCodings withSeveralTargets(SeveralTargets policy) {
    return new TranslateCodings(maps, Objects.requireNonNull(policy, "policy"), stage, rejects);
  }

  /** Names the stage in the ledger, for pipelines that translate more than once. */
  public TranslateCodings withStage(String stage) {
    return new TranslateCodings(maps, policy, stage, rejects);
  }

  /** Counts the outcomes in this pipeline's ledger. */
  public TranslateCodings countedIn(Rejects rejects) {
    return new TranslateCodings(maps, policy, stage, rejects);
  }

  @Override
  public PCollection<Translation> expand(PCollection<Coding> codings) {
    Outcomes outcomes = Outcomes.declare(rejects, stage, UNIT, "");
    return codings
        .apply("Translate", ParDo.of(new Translate(maps, policy, outcomes)))
        .setCoder(TranslationCoder.of());
  }

  static final class Translate extends DoFn<Coding, Translation> {
    private static final long serialVersionUID = 1L;

    private final CodeMaps maps;
    private final SeveralTargets policy;
    private final Outcomes outcomes;
    private transient CodeMap loaded;

    Translate(CodeMaps maps, SeveralTargets policy, Outcomes outcomes) {
      this.maps = maps;
      this.policy = policy;
      this.outcomes = outcomes;
    }

    @Setup
    public void setup() throws InvalidMapException, IOException {
      loaded = maps.load();
    }

    @ProcessElement
    public void process(@Element Coding coding, OutputReceiver<Translation> out) {
      outcomes.in();
      Translation translation = loaded.translate(coding, policy);
      outcomes.out(translation.outcome().code());
      out.output(translation);
    }
  }
}
