package org.healthbeam.transforms.code;

import java.io.IOException;
import java.util.Objects;
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

/**
 * Finds the codes of a data set that other maps, most often a newer version, would answer
 * otherwise.
 *
 * <p>Input: counted codes, bounded or windowed. Output: one {@link CodeChange} for each that is
 * answered otherwise ({@link MapDiff#when}), at once, in the same window. Both answers are told for
 * a coding of which nothing else is known: mappings that hold for a time are those that hold now.
 * Where these are the same, the change comes on some days or under some conditions only. Which
 * coding of a concept is translated is not known here; see {@link ConceptComparison}.
 *
 * <pre>{@code
 * PCollection<CodeChange> changes = codes.apply("Compare", Codes.compare(maps, newerMaps));
 * }</pre>
 */
public final class CompareCodes
    extends PTransform<PCollection<CodeCount>, PCollection<CodeChange>> {
  private static final long serialVersionUID = 1L;

  private final CodeMaps before;
  private final CodeMaps after;
  private final SeveralTargets policy;

  CompareCodes(CodeMaps before, CodeMaps after, SeveralTargets policy) {
    this.before = Objects.requireNonNull(before, "before");
    this.after = Objects.requireNonNull(after, "after");
    this.policy = Objects.requireNonNull(policy, "policy");
  }

  /**
   * {@return a copy in which several targets in one system come to this; without it, to ambiguous}
   *
   * @param several for both maps
   */
  public CompareCodes withSeveralTargets(SeveralTargets several) {
    return new CompareCodes(before, after, several);
  }

  @Override
  public PCollection<CodeChange> expand(PCollection<CodeCount> codes) {
    return codes
        .apply("Compare", ParDo.of(new Compare(before, after, policy)))
        .setCoder(CodeChangeCoder.of());
  }

  static final class Compare extends DoFn<CodeCount, CodeChange> {
    private static final long serialVersionUID = 1L;

    private final CodeMaps before;
    private final CodeMaps after;
    private final SeveralTargets policy;
    private transient CodeMap old;
    private transient CodeMap other;
    private transient MapDiff diff;

    Compare(CodeMaps before, CodeMaps after, SeveralTargets policy) {
      this.before = before;
      this.after = after;
      this.policy = policy;
    }

    @Setup
    public void setup() throws InvalidMapException, IOException {
      old = before.load();
      other = after.load();
      diff = MapDiff.between(old, other);
    }

    @ProcessElement
    public void process(@Element CodeCount count, OutputReceiver<CodeChange> out) {
      Coding source = count.translation().source();
      MapDiff.When when = diff.when(source, policy);
      if (when == MapDiff.When.NEVER) {
        return;
      }
      Translation was = old.translate(source, policy);
      Translation will = other.translate(source, policy);
      out.output(new CodeChange(count.resourceType(), was, will, count.n(), when));
    }
  }
}
