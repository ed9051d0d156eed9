package org.healthbeam.transforms.code;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.TranslationOutcome;
import org.healthbeam.core.code.TranslationPolicy;
import org.healthbeam.core.code.count.ConceptChanges;
import org.healthbeam.core.fhir.CodingInResource;
import org.healthbeam.core.fhir.TranslatedRecord;

/**
 * Finds the codings that other maps would answer otherwise where a policy chooses among the codings
 * of a concept, for a step that has the records at hand: {@link CompareCodes} knows single codes
 * only. A DoFn keeps one as a field; {@link Codes#compareConcepts} makes it, and {@link SumChanges}
 * adds up what all of them find.
 */
public final class ConceptComparison implements Serializable {
  private static final long serialVersionUID = 1L;

  private final CodeMaps before;
  private final CodeMaps after;
  private final TranslationPolicy policy;
  private transient ConceptChanges changes;

  ConceptComparison(CodeMaps before, CodeMaps after, TranslationPolicy policy) {
    this.before = Objects.requireNonNull(before, "before");
    this.after = Objects.requireNonNull(after, "after");
    this.policy = Objects.requireNonNull(policy, "policy");
  }

  /**
   * Loads the maps, and forgets what was counted; to be called in {@code @StartBundle}.
   *
   * @throws IOException if a file of maps cannot be read
   * @throws InvalidMapException if a map breaks a rule of its format
   */
  public void startBundle() throws InvalidMapException, IOException {
    changes = new ConceptChanges(before.load(), after.load(), policy);
  }

  /**
   * Counts the concepts of one record.
   *
   * @param record with all its translations
   */
  public void add(TranslatedRecord record) {
    for (List<CodingInResource> concept : record.concepts()) {
      List<Coding> codings = new ArrayList<>(concept.size());
      for (CodingInResource each : concept) {
        if (each.translation().outcome() != TranslationOutcome.INVALID) {
          codings.add(each.translation().source());
        }
      }
      if (!codings.isEmpty()) {
        changes.add(concept.get(0).resourceType(), codings);
      }
    }
  }

  /** {@return how many distinct concepts are held} */
  public int size() {
    return changes.size();
  }

  /**
   * Hands out what is changed, to be added up, and forgets it.
   *
   * @param taker takes each change with its count
   */
  public void drainTo(Consumer<CodeChange> taker) {
    changes.drainTo(
        (type, was, will, n, when) -> taker.accept(new CodeChange(type, was, will, n, when)));
  }
}
