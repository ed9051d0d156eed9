package org.healthbeam.transforms.code;

import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.transforms.SerializableBiFunction;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollectionView;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.code.Translation;
import org.healthbeam.core.code.TranslationPolicy;
import org.joda.time.Duration;

/**
 * Code mapping: the front door of this package.
 *
 * <pre>{@code
 * CodeMaps maps = CodeMaps.fromFiles(List.of("maps/"));
 * PCollectionTuple mapped = resources.apply("Map codes", Codes.map(maps).rejectedTo(rejects));
 * }</pre>
 *
 * <p>HAPI's typed model of FHIR has a front door of its own, {@code HapiCodes} in the artifact
 * {@code healthbeam-transforms-hapi}, so that nobody gets HAPI who does not ask for it.
 */
public final class Codes {
  private Codes() {}

  /**
   * {@return a transform that adds target codings to FHIR JSON; see {@link MapCodes}}
   *
   * @param maps are loaded once in each JVM
   */
  public static MapCodes map(CodeMaps maps) {
    return new MapCodes(MapsInUse.fixed(maps));
  }

  /**
   * Adds target codings to FHIR JSON by maps that may change; see {@link #watch}. A view of one's
   * own has one value in the global window. Where it comes from an unbounded collection, Spark has
   * no such side inputs, and applying the transform throws an {@link UnsupportedOperationException}
   * there; so do all transforms here that take a view.
   *
   * @param maps a view with one value in the window of each record
   * @return a transform that does so
   */
  public static MapCodes map(PCollectionView<CodeMaps> maps) {
    return new MapCodes(MapsInUse.latestOf(maps));
  }

  /**
   * Watches files of code maps, so that a new version takes effect without a restart; see {@link
   * WatchMaps}.
   *
   * @param patterns as for {@link CodeMaps#fromFiles}
   * @param every how long to wait between two looks at the files
   * @return a transform that emits the maps at each change
   * @throws InvalidMapException if a map breaks a rule now, where the pipeline is built
   * @throws IOException if a file cannot be read
   */
  public static WatchMaps watch(List<String> patterns, Duration every)
      throws InvalidMapException, IOException {
    return new WatchMaps(patterns, every, maps -> maps);
  }

  /**
   * Watches files of code maps of which some are chosen at every look: {@code
   * CodeMaps::latestVersions}, so that a new version of a map is put beside the one before; or
   * {@code maps -> maps.using(List.of("http://example.org/map")).reversed()}.
   *
   * @param patterns as for {@link CodeMaps#fromFiles}
   * @param every how long to wait between two looks at the files
   * @param choice of the maps that were found
   * @return a transform that emits the maps at each change
   * @throws InvalidMapException if a map breaks a rule now, where the pipeline is built
   * @throws IOException if a file cannot be read
   */
  public static WatchMaps watch(
      List<String> patterns, Duration every, SerializableFunction<CodeMaps, CodeMaps> choice)
      throws InvalidMapException, IOException {
    return new WatchMaps(patterns, every, choice);
  }

  /**
   * {@return a transform that maps the codes in named columns of rows; see {@link MapRowCodes}}
   *
   * @param maps are loaded once in each JVM
   * @param groups of columns, one for each column of codes
   */
  public static MapRowCodes mapRows(CodeMaps maps, CodeColumns... groups) {
    return new MapRowCodes(MapsInUse.fixed(maps), List.of(groups));
  }

  /**
   * {@return a transform that maps the codes in named columns of rows by maps that may change; see
   * {@link #watch}}
   *
   * @param maps a view with one value in the window of each row
   * @param groups of columns, one for each column of codes
   */
  public static MapRowCodes mapRows(PCollectionView<CodeMaps> maps, CodeColumns... groups) {
    return new MapRowCodes(MapsInUse.latestOf(maps), List.of(groups));
  }

  /**
   * Maps values of one's own type; see {@link MapValueCodes}.
   *
   * @param <T> the type of the values
   * @param <R> the type of the results
   * @param maps are loaded once in each JVM
   * @param extract the codings of a value, in an order of its own
   * @param apply what becomes of a value with the translations of its codings, in the same order
   * @return a transform of values to results
   */
  public static <T, R> MapValueCodes<T, R> mapValues(
      CodeMaps maps,
      SerializableFunction<T, ? extends Iterable<Coding>> extract,
      SerializableBiFunction<T, List<Translation>, R> apply) {
    return new MapValueCodes<>(
        MapsInUse.fixed(maps), new MapValueCodes.TwoFunctions<>(extract, apply));
  }

  /**
   * Maps values of one's own type by maps that may change; see {@link #watch}.
   *
   * @param <T> the type of the values
   * @param <R> the type of the results
   * @param maps a view with one value in the window of each value
   * @param extract the codings of a value
   * @param apply makes the result of a value and what became of its codings
   * @return a transform of values to results
   */
  public static <T, R> MapValueCodes<T, R> mapValues(
      PCollectionView<CodeMaps> maps,
      SerializableFunction<T, ? extends Iterable<Coding>> extract,
      SerializableBiFunction<T, List<Translation>, R> apply) {
    return new MapValueCodes<>(
        MapsInUse.latestOf(maps), new MapValueCodes.TwoFunctions<>(extract, apply));
  }

  /**
   * Maps values of one's own type that tell where in them each coding stands; see {@link
   * MapValueCodes}.
   *
   * @param <T> the type of the values
   * @param <R> the type of the results
   * @param maps are loaded once in each JVM
   * @param mapper asks for each coding where it stands
   * @return a transform of values to results
   */
  public static <T, R> MapValueCodes<T, R> mapValues(CodeMaps maps, CodingsMapper<T, R> mapper) {
    return new MapValueCodes<>(MapsInUse.fixed(maps), mapper);
  }

  /**
   * Maps values of one's own type by maps that may change; see {@link #watch}.
   *
   * @param <T> the type of the values
   * @param <R> the type of the results
   * @param maps a view with one value in the window of each value
   * @param mapper asks for each coding where it stands
   * @return a transform of values to results
   */
  public static <T, R> MapValueCodes<T, R> mapValues(
      PCollectionView<CodeMaps> maps, CodingsMapper<T, R> mapper) {
    return new MapValueCodes<>(MapsInUse.latestOf(maps), mapper);
  }

  /**
   * {@return a transform that translates codings of one's own; see {@link TranslateCodings}}
   *
   * @param maps are loaded once in each JVM
   */
  public static TranslateCodings translate(CodeMaps maps) {
    return new TranslateCodings(MapsInUse.fixed(maps));
  }

  /**
   * {@return a transform that translates codings of one's own by maps that may change; see {@link
   * #watch}}
   *
   * @param maps a view with one value in the window of each coding
   */
  public static TranslateCodings translate(PCollectionView<CodeMaps> maps) {
    return new TranslateCodings(MapsInUse.latestOf(maps));
  }

  /**
   * {@return a transform that counts translations by source system and outcome; see {@link
   * CountCoverage}}
   */
  public static CountCoverage coverage() {
    return new CountCoverage();
  }

  /**
   * {@return a transform that counts distinct codes with what became of them; see {@link
   * CountCodes}}
   */
  public static CountCodes count() {
    return new CountCodes();
  }

  /** {@return a transform that adds counts of the same codes up; see {@link SumCodes}} */
  public static SumCodes sum() {
    return new SumCodes();
  }

  /**
   * {@return a transform that adds counted codes up by source system and outcome; see {@link
   * SumCoverage}}
   */
  public static SumCoverage coverageOfCounts() {
    return new SumCoverage();
  }

  /**
   * {@return a transform that finds the codes that other maps would answer otherwise; see {@link
   * CompareCodes}}
   *
   * @param before the maps that were used
   * @param after the maps that are to be used
   */
  public static CompareCodes compare(CodeMaps before, CodeMaps after) {
    return new CompareCodes(before, after, SeveralTargets.AMBIGUOUS);
  }

  /**
   * Finds the codings of concepts that other maps would answer otherwise under a policy that
   * chooses among them; see {@link ConceptComparison}.
   *
   * @param before the maps that were used
   * @param after the maps that are to be used
   * @param policy chooses codings of a concept
   * @return what compares the records of a bundle
   */
  public static ConceptComparison compareConcepts(
      CodeMaps before, CodeMaps after, TranslationPolicy policy) {
    return new ConceptComparison(before, after, policy);
  }

  /** {@return a transform that adds up changes of the same code; see {@link SumChanges}} */
  public static SumChanges sumChanges() {
    return new SumChanges();
  }
}
