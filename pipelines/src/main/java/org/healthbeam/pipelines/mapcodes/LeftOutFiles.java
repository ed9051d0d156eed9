package org.healthbeam.pipelines.mapcodes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.healthbeam.io.table.Columns;
import org.healthbeam.io.table.TsvLine;
import org.healthbeam.pipelines.run.ResultTables;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.outcome.Rejects;

/** Names and counts the files in packages of maps that a run leaves out. */
final class LeftOutFiles {
  static final String TABLE = "left-out";

  private static final Columns COLUMNS = Columns.none().text("option,file,reason");

  private static final String STAGE = "Leave out maps";
  private static final TupleTag<String> ROWS =
      new TupleTag<String>("rows") {
        private static final long serialVersionUID = 1L;
      };

  private LeftOutFiles() {}

  /**
   * Writes them to the table {@value #TABLE}, and counts them in the stage {@value #STAGE}.
   *
   * @param leftOut by option, the reason of each file
   */
  static void write(
      Pipeline pipeline,
      ResultTables tables,
      Map<String, SortedMap<String, String>> leftOut,
      Rejects rejects) {
    List<String> rows = new ArrayList<>();
    leftOut.forEach(
        (option, files) ->
            files.forEach(
                (file, reason) ->
                    rows.add(new TsvLine().add(option).add(file).add(reason).toString())));
    PCollectionTuple counted =
        pipeline
            .apply("Maps left out", Create.of(rows).withCoder(StringUtf8Coder.of()))
            .apply(
                STAGE,
                ParDo.of(new Count(Outcomes.declare(rejects, STAGE, "files", "")))
                    .withOutputTags(
                        ROWS, TupleTagList.of(Outcomes.REJECTED).and(Outcomes.COUNTED)));
    Rejects.collect(rejects, counted);
    tables.write(
        counted.get(ROWS).setCoder(StringUtf8Coder.of()), "Write maps left out", TABLE, COLUMNS);
  }

  static final class Count extends DoFn<String, String> {
    private static final long serialVersionUID = 1L;

    private final Outcomes outcomes;

    Count(Outcomes outcomes) {
      this.outcomes = outcomes;
    }

    @ProcessElement
    public void process(@Element String row, MultiOutputReceiver out) {
      outcomes.begin();
      outcomes.in();
      outcomes.out("left-out");
      out.get(ROWS).output(row);
      outcomes.tell(out.get(Outcomes.COUNTED));
    }
  }
}
