package org.healthbeam.transforms.code;

import java.io.IOException;
import javax.annotation.Nullable;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapDiff;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.code.Translation;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.outcome.Rejects;

/**
 * Translates codings of one's own: from tables, claims or messages.
 *
 * <p>Input: codings, bounded or unbounded, in any windows. Output: exactly one {@link Translation}
 * for each, at once, in the same window and with the same timestamp. With maps that are watched,
 * codings wait for the first version only. Nothing is late and nothing is rejected: what cannot be
 * looked up has the outcome {@code invalid}. The outcomes are counted in the run's ledger if {@link
 * #countedIn} says where.
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

  private final Mapping mapping;

  TranslateCodings(MapsInUse maps) {
    this(new Mapping(maps));
  }

  private TranslateCodings(Mapping mapping) {
    this.mapping = mapping;
  }

  /**
   * {@return a copy in which several targets in one system come to this; without it, to ambiguous}
   *
   * @param policy for all codings
   */
  public TranslateCodings withSeveralTargets(SeveralTargets policy) {
    return new TranslateCodings(mapping.with(policy));
  }

  /**
   * {@return a copy that names the stage in the ledger, for pipelines that translate more than
   * once}
   *
   * @param stage its name
   */
  public TranslateCodings withStage(String stage) {
    return new TranslateCodings(mapping.withStage(stage));
  }

  /**
   * {@return a copy that translates only codings that other maps may have answered otherwise: those
   * that an earlier run used} The others are not emitted, and counted as {@value
   * MapCodes#UNAFFECTED}.
   *
   * @param earlier the maps of that run
   * @throws IllegalStateException if the maps are watched, since they have no one version
   */
  public TranslateCodings changedSince(CodeMaps earlier) {
    return new TranslateCodings(mapping.changedSince(earlier));
  }

  /**
   * {@return a copy that counts the outcomes in this pipeline's ledger}
   *
   * @param rejects take what is rejected
   */
  public TranslateCodings countedIn(Rejects rejects) {
    return new TranslateCodings(mapping.countedIn(rejects));
  }

  @Override
  public PCollection<Translation> expand(PCollection<Coding> codings) {
    Outcomes outcomes = Outcomes.declare(mapping.rejects, mapping.stage, UNIT, "");
    MapsInUse maps = mapping.maps.countedIn(mapping.rejects, mapping.stage);
    return codings
        .apply(
            "Translate",
            ParDo.of(new Translate(maps, mapping, outcomes)).withSideInputs(maps.sideInputs()))
        .setCoder(TranslationCoder.of());
  }

  static final class Translate extends DoFn<Coding, Translation> {
    private static final long serialVersionUID = 1L;

    private final MapsInUse maps;
    private final Mapping mapping;
    private final Outcomes outcomes;
    @Nullable private transient MapDiff changes;

    Translate(MapsInUse maps, Mapping mapping, Outcomes outcomes) {
      this.maps = maps;
      this.mapping = mapping;
      this.outcomes = outcomes;
    }

    @Setup
    public void setup() throws InvalidMapException, IOException {
      changes = maps.changesSince(mapping.before);
    }

    @StartBundle
    public void startBundle() {
      maps.startBundle();
    }

    @FinishBundle
    public void finishBundle() {
      maps.finishBundle();
    }

    @ProcessElement
    public void process(ProcessContext context) throws InvalidMapException, IOException {
      CodeMap latest = maps.of(context);
      Coding coding = context.element();
      outcomes.in();
      if (changes != null && !changes.isAffected(coding)) {
        outcomes.out(MapCodes.UNAFFECTED);
        return;
      }
      Translation translation = latest.translate(coding, mapping.policy.severalTargets());
      outcomes.out(translation.outcome().code());
      context.output(translation);
    }
  }
}
