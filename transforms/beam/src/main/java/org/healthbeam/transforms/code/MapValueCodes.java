package org.healthbeam.transforms.code;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import javax.annotation.Nullable;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableBiFunction;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.healthbeam.core.code.Circumstances;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.ConceptPolicy;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapDiff;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.code.Translation;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.outcome.Rejects;

/**
 * Maps values of one's own type: one function finds their codings, another makes a value of the
 * translations.
 *
 * <p>Input: values, bounded or unbounded, in any windows. Output {@link Mapped#values}: one for
 * each; {@link Mapped#translations}: one for every coding that was found. Both are emitted at once,
 * in the value's window and with its timestamp; nothing is late and nothing is rejected: a coding
 * that cannot be looked up has the outcome {@code invalid}. An exception of a function fails the
 * work, as in {@code MapElements}. The outcomes are counted in the run's ledger if {@link
 * #countedIn} says where. Codes have no units.
 *
 * <p>The coder of the results is the one that the pipeline has for the type given with {@link
 * #into}; {@code mapped.values().setCoder(...)} sets another.
 *
 * <p>Source of the rules: FHIR R4 and R5, ConceptMap; see {@link CodeMap}.
 *
 * <pre>{@code
 * Mapped<Lab> mapped =
 *     labs.apply(
 *         "Map labs",
 *         Codes.mapValues(
 *                 maps,
 *                 (Lab lab) -> List.of(Coding.of("http://loinc.org", lab.code())),
 *                 (lab, translations) -> lab.withTargets(translations.get(0).acceptedAnswers()))
 *             .into(TypeDescriptor.of(Lab.class)));
 * PCollection<Lab> values = mapped.values();
 * PCollection<PlacedTranslation> translations = mapped.translations();
 * }</pre>
 *
 * @param <T> what is mapped
 * @param <R> what it becomes
 */
public final class MapValueCodes<T, R> extends PTransform<PCollection<T>, Mapped<R>> {
  private static final long serialVersionUID = 1L;

  private final Mapping mapping;
  private final CodingsMapper<T, R> mapper;
  @Nullable private final TypeDescriptor<R> type;

  MapValueCodes(MapsInUse maps, CodingsMapper<T, R> mapper) {
    this(new Mapping(maps), mapper, null);
  }

  MapValueCodes(Mapping mapping, CodingsMapper<T, R> mapper, @Nullable TypeDescriptor<R> type) {
    this.mapping = mapping;
    this.mapper = Objects.requireNonNull(mapper, "mapper");
    this.type = type;
  }

  /**
   * {@return a copy whose results are of this type, which Java does not tell of a lambda}
   *
   * @param type has a coder in the pipeline
   */
  public MapValueCodes<T, R> into(TypeDescriptor<R> type) {
    return new MapValueCodes<>(mapping, mapper, Objects.requireNonNull(type, "type"));
  }

  /**
   * {@return a copy in which several targets in one system come to this; without it, to ambiguous}
   *
   * @param policy for all codings
   */
  public MapValueCodes<T, R> withSeveralTargets(SeveralTargets policy) {
    return new MapValueCodes<>(mapping.with(policy), mapper, type);
  }

  /**
   * {@return a copy that says which codings of a concept are translated, for a {@link
   * CodingsMapper} that tells which codings are one concept ({@link
   * CodingsMapper.Lookup#translateConcept}); without it, all}
   *
   * @param concept chooses among the codings of one concept
   * @throws IllegalStateException if the values are mapped by two functions, which do not tell
   */
  public MapValueCodes<T, R> withConceptPolicy(ConceptPolicy concept) {
    if (mapper instanceof TwoFunctions<T, R>) {
      throw new IllegalStateException(
          "withConceptPolicy needs a CodingsMapper, which tells what codings are one concept");
    }
    return new MapValueCodes<>(mapping.with(concept), mapper, type);
  }

  /**
   * {@return a copy that names the stage in the ledger, for pipelines that translate more than
   * once}
   *
   * @param stage its name
   */
  public MapValueCodes<T, R> withStage(String stage) {
    return new MapValueCodes<>(mapping.withStage(stage), mapper, type);
  }

  /**
   * {@return a copy that replaces the identifiers in the translations by pseudonyms} The values
   * themselves keep theirs.
   *
   * @param pseudonyms makes a keyed hash of an identifier
   */
  public MapValueCodes<T, R> withPseudonyms(PayloadHash pseudonyms) {
    return new MapValueCodes<>(mapping.withPseudonyms(pseudonyms), mapper, type);
  }

  /**
   * {@return a copy that maps only values with at least one coding that other maps may have
   * answered otherwise: those that an earlier run used} The others are not emitted, nor
   * translations of their codings; they are counted as {@value MapCodes#UNAFFECTED} in a stage of
   * their own, that of the codings with {@code " of values"} behind it. The input is what the
   * earlier run had.
   *
   * @param earlier the maps of that run
   * @throws IllegalStateException if the maps are watched, since they have no one version
   */
  public MapValueCodes<T, R> changedSince(CodeMaps earlier) {
    return new MapValueCodes<>(mapping.changedSince(earlier), mapper, type);
  }

  /**
   * {@return a copy that counts the outcomes in this pipeline's ledger}
   *
   * @param rejects take what is rejected
   */
  public MapValueCodes<T, R> countedIn(Rejects rejects) {
    return new MapValueCodes<>(mapping.countedIn(rejects), mapper, type);
  }

  /**
   * {@return a copy that says where the value comes from that the translations are of; without it
   * they tell the index of the coding only}
   *
   * @param place of a value
   * @throws IllegalStateException if the values are mapped by a {@link CodingsMapper}, which says
   *     so itself
   */
  public MapValueCodes<T, R> placedBy(SerializableFunction<T, Place> place) {
    TwoFunctions<T, R> two = twoFunctions("where a coding stands");
    return new MapValueCodes<>(
        mapping,
        new TwoFunctions<>(
            two.extract(), two.apply(), Objects.requireNonNull(place, "place"), two.known()),
        type);
  }

  /**
   * Says what is known beside the codings of a value: the date of the event, for mappings that hold
   * for a time, and the properties that mappings depend on; without it nothing is.
   *
   * @param known of a value
   * @return a copy that asks for it
   * @throws IllegalStateException if the values are mapped by a {@link CodingsMapper}, which says
   *     so itself
   */
  public MapValueCodes<T, R> knowing(SerializableFunction<T, Circumstances> known) {
    TwoFunctions<T, R> two = twoFunctions("what is known");
    return new MapValueCodes<>(
        mapping,
        new TwoFunctions<>(
            two.extract(), two.apply(), two.place(), Objects.requireNonNull(known, "known")),
        type);
  }

  private TwoFunctions<T, R> twoFunctions(String what) {
    if (mapper instanceof TwoFunctions<T, R> two) {
      return two;
    }
    throw new IllegalStateException("A CodingsMapper says itself " + what);
  }

  @Override
  public Mapped<R> expand(PCollection<T> values) {
    if (type == null) {
      throw new IllegalStateException(
          "Codes.mapValues does not know the type of its results; call into(TypeDescriptor)");
    }
    Outcomes outcomes = Outcomes.declare(mapping.rejects, mapping.stage, TranslateCodings.UNIT, "");
    Outcomes ofValues =
        mapping.before == null
            ? null
            : Outcomes.declare(mapping.rejects, mapping.stage + " of values", "values", "");
    MapsInUse maps = mapping.maps.countedIn(mapping.rejects, mapping.stage);
    TupleTag<R> results = new TupleTag<>("values");
    PCollectionTuple mapped =
        values.apply(
            "Translate",
            ParDo.of(new Translate<>(maps, mapping, mapper, type, outcomes, ofValues))
                .withSideInputs(maps.sideInputs())
                .withOutputTags(results, TupleTagList.of(MapCodes.TRANSLATIONS)));
    return new Mapped<>(
        results,
        mapped.get(results),
        mapped.get(MapCodes.TRANSLATIONS).setCoder(PlacedTranslationCoder.of()));
  }

  /** The mapper that the two functions of {@link Codes#mapValues} come to. */
  record TwoFunctions<T, R>(
      SerializableFunction<T, ? extends Iterable<Coding>> extract,
      SerializableBiFunction<T, List<Translation>, R> apply,
      SerializableFunction<T, Place> place,
      SerializableFunction<T, Circumstances> known)
      implements CodingsMapper<T, R> {
    private static final Place NOWHERE = Place.of("", "");

    TwoFunctions(
        SerializableFunction<T, ? extends Iterable<Coding>> extract,
        SerializableBiFunction<T, List<Translation>, R> apply) {
      this(
          Objects.requireNonNull(extract, "extract"),
          Objects.requireNonNull(apply, "apply"),
          value -> NOWHERE,
          value -> Circumstances.NONE);
    }

    @Override
    public R map(T value, Lookup lookup) {
      Place record = place.apply(value);
      Circumstances circumstances = known.apply(value);
      List<Translation> translations = new ArrayList<>();
      for (Coding coding : extract.apply(value)) {
        Place at = record.at(record.path() + "[" + translations.size() + "]");
        translations.add(lookup.translate(coding, at, circumstances));
      }
      return apply.apply(value, Collections.unmodifiableList(translations));
    }
  }

  static final class Translate<T, R> extends DoFn<T, R> {
    private static final long serialVersionUID = 1L;

    private final MapsInUse maps;
    private final Mapping mapping;
    private final CodingsMapper<T, R> mapper;
    private final TypeDescriptor<R> type;
    private final Outcomes outcomes;
    @Nullable private final Outcomes ofValues;
    @Nullable private transient MapDiff changes;

    Translate(
        MapsInUse maps,
        Mapping mapping,
        CodingsMapper<T, R> mapper,
        TypeDescriptor<R> type,
        Outcomes outcomes,
        @Nullable Outcomes ofValues) {
      this.maps = maps;
      this.mapping = mapping;
      this.mapper = mapper;
      this.type = type;
      this.outcomes = outcomes;
      this.ofValues = ofValues;
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
    public void process(@Element T value, ProcessContext context)
        throws InvalidMapException, IOException {
      CodeMap latest = maps.of(context);
      if (changes == null || ofValues == null) {
        context.output(mapper.map(value, new Answering(latest, each -> emit(each, context))));
        return;
      }
      // Whether a value is affected is known when its last coding is.
      List<PlacedTranslation> translations = new ArrayList<>();
      Answering answering = new Answering(latest, translations::add);
      R result = mapper.map(value, answering);
      ofValues.in();
      if (answering.isAnyAffected) {
        ofValues.out();
        translations.forEach(each -> emit(each, context));
        context.output(result);
      } else {
        ofValues.out(MapCodes.UNAFFECTED);
      }
    }

    private void emit(PlacedTranslation each, ProcessContext context) {
      outcomes.in();
      outcomes.out(each.translation().outcome().code());
      context.output(MapCodes.TRANSLATIONS, each);
    }

    /** Answers, and tells what becomes of every coding. */
    private final class Answering implements CodingsMapper.Lookup {
      private final CodeMap latest;
      private final Consumer<PlacedTranslation> told;
      private boolean isAnyAffected;

      Answering(CodeMap latest, Consumer<PlacedTranslation> told) {
        this.latest = latest;
        this.told = told;
      }

      @Override
      public Translation translate(Coding coding, Place place, Circumstances circumstances) {
        Translation translation = answer(coding, circumstances);
        tell(place, translation);
        return translation;
      }

      @Override
      public List<Translation> translateConcept(
          List<Coding> codings, List<Place> places, Circumstances circumstances) {
        List<Translation> answers = new ArrayList<>(codings.size());
        codings.forEach(coding -> answers.add(answer(coding, circumstances)));
        List<Translation> chosen = mapping.policy.concept().choose(answers);
        for (int i = 0; i < chosen.size(); i++) {
          tell(places.get(i), chosen.get(i));
        }
        return chosen;
      }

      private Translation answer(Coding coding, Circumstances circumstances) {
        isAnyAffected |= changes != null && changes.isAffected(coding);
        return latest.translate(coding, circumstances, mapping.policy.severalTargets());
      }

      private void tell(Place place, Translation translation) {
        told.accept(mapping.pseudonymized(place).of(translation));
      }
    }

    @Override
    public TypeDescriptor<R> getOutputTypeDescriptor() {
      return type;
    }
  }
}
