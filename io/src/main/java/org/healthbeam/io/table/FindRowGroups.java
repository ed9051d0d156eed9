package org.healthbeam.io.table;

import java.io.IOException;
import java.util.List;
import javax.annotation.Nullable;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.FileIO;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.Distinct;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PBegin;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.outcome.Rejects;

/**
 * Finds the groups of rows in Parquet files, which workers read apart: the name of the file, the
 * number of the group from 0, and how many rows of the file stand before it. Spread over the
 * workers; a file that two patterns match is one input, and one without rows has one group.
 *
 * <p>A file that is not Parquet is a reject; a file system that fails, an exception.
 */
public final class FindRowGroups
    extends PTransform<PBegin, PCollection<KV<String, KV<Integer, Long>>>> {
  private static final long serialVersionUID = 1L;

  /** The stage that counts groups. */
  public static final String STAGE = "Read row groups";

  private static final TupleTag<KV<String, KV<Integer, Long>>> GROUPS =
      new TupleTag<KV<String, KV<Integer, Long>>>("groups") {
        private static final long serialVersionUID = 1L;
      };

  private final List<String> patterns;
  private final Outcomes outcomes;
  @Nullable private final transient Rejects rejects;

  private FindRowGroups(List<String> patterns, Outcomes outcomes, @Nullable Rejects rejects) {
    this.patterns = List.copyOf(patterns);
    this.outcomes = outcomes;
    this.rejects = rejects;
  }

  /**
   * {@return a transform that looks into the files that match any of these; it declares the stage
   * {@value #STAGE}}
   *
   * @param patterns names or globs
   * @param rejects take files that are damaged; null if the first is to fail the pipeline
   */
  public static FindRowGroups in(List<String> patterns, @Nullable Rejects rejects) {
    return new FindRowGroups(
        patterns, Outcomes.declare(rejects, STAGE, "groups of rows", ""), rejects);
  }

  /** {@return the counts of the stage, for the step that reads the groups} */
  public Outcomes outcomes() {
    return outcomes;
  }

  @Override
  public PCollection<KV<String, KV<Integer, Long>>> expand(PBegin begin) {
    PCollectionTuple found =
        begin
            .apply("Patterns", Create.of(patterns).withCoder(StringUtf8Coder.of()))
            .apply(
                "Match files",
                FileIO.matchAll().withEmptyMatchTreatment(EmptyMatchTreatment.DISALLOW))
            .apply(
                "Names",
                MapElements.into(TypeDescriptors.strings())
                    .via((MatchResult.Metadata file) -> file.resourceId().toString()))
            .apply("Each file once", Distinct.create())
            .apply(
                "Read footers",
                ParDo.of(new Footers(outcomes))
                    .withOutputTags(
                        GROUPS, TupleTagList.of(Outcomes.REJECTED).and(Outcomes.COUNTED)));
    Rejects.collect(rejects, found);
    return found
        .get(GROUPS)
        .setCoder(KvCoder.of(StringUtf8Coder.of(), KvCoder.of(VarIntCoder.of(), VarLongCoder.of())))
        .apply("Spread groups", Reshuffle.viaRandomKey());
  }

  private static final class Footers extends DoFn<String, KV<String, KV<Integer, Long>>> {
    private static final long serialVersionUID = 1L;

    private final Outcomes outcomes;

    Footers(Outcomes outcomes) {
      this.outcomes = outcomes;
    }

    @ProcessElement
    public void process(@Element String file, MultiOutputReceiver out) throws IOException {
      outcomes.begin();
      try {
        List<Long> groups = TableFormat.parquet().groups(file);
        long before = 0;
        for (int i = 0; i < Math.max(1, groups.size()); i++) {
          out.get(GROUPS).output(KV.of(file, KV.of(i, before)));
          before += groups.isEmpty() ? 0 : groups.get(i);
        }
      } catch (DamagedTableException e) {
        outcomes.in();
        outcomes.reject(
            out.get(Outcomes.REJECTED),
            RejectReason.MALFORMED,
            "the file is not Parquet, or its footer is damaged",
            file,
            "1",
            new byte[0]);
      }
      outcomes.tell(out.get(Outcomes.COUNTED));
    }
  }
}
