package org.healthbeam.pipelines.summarizevariants;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import javax.annotation.Nullable;
import org.apache.beam.sdk.transforms.DoFn;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.variant.SampleSummary;
import org.healthbeam.core.variant.join.TotalsRevision;
import org.healthbeam.core.variant.join.VariantRevision;
import org.healthbeam.io.table.Columns;
import org.healthbeam.io.table.TsvLine;

/**
 * The rows of the tables of samples that arrive: those of a batch, and behind them {@code revision}
 * and {@code gone}. A row that is gone has nothing but what tells it from others.
 */
final class RevisedTables {
  /** The field of the cohort's lines that a batch's document has not. */
  static final String REVISION = "revision";

  private RevisedTables() {}

  /** Returns the columns of a table with those of its revisions. */
  static Columns revised(Columns columns) {
    return columns.whole(REVISION).text("gone");
  }

  private static String ended(TsvLine line, long revision, boolean gone) {
    return line.add(revision).add(gone).toString();
  }

  private static TsvLine missing(TsvLine line, int cells) {
    for (int i = 0; i < cells; i++) {
      line.addMissing();
    }
    return line;
  }

  /** Rows of {@code variants}. */
  static final class Variants extends DoFn<VariantRevision, String> {
    private static final long serialVersionUID = 1L;

    /** The columns that tell rows apart: contig, pos, ref, alt. */
    static final int[] KEY = {0, 1, 3, 4};

    @ProcessElement
    public void process(@Element VariantRevision revision, OutputReceiver<String> out) {
      TsvLine line = new TsvLine();
      if (revision.summary() != null) {
        VariantTable.row(line, revision.summary(), false);
      } else {
        line.add(revision.contig()).add(revision.pos()).addMissing();
        line.add(revision.ref()).add(revision.alt());
        missing(line, VariantTable.columns(false).all().size() - 5);
      }
      out.output(ended(line, revision.revision(), revision.isGone()));
    }
  }

  /** Rows of {@code samples}. */
  static final class Samples extends DoFn<TotalsRevision, String> {
    private static final long serialVersionUID = 1L;

    /** The column that tells rows apart: sample. */
    static final int[] KEY = {0};

    @Nullable private final PayloadHash pseudonyms;

    Samples(@Nullable PayloadHash pseudonyms) {
      this.pseudonyms = pseudonyms;
    }

    @ProcessElement
    public void process(@Element TotalsRevision revision, OutputReceiver<String> out) {
      for (SampleSummary sample : revision.cohort().samples().summaries()) {
        TsvLine line = new TsvLine();
        SampleTable.row(line, sample, pseudonyms, false);
        out.output(ended(line, revision.revision(), false));
      }
      for (String name : revision.gone()) {
        TsvLine line = new TsvLine().add(pseudonyms == null ? name : pseudonyms.pseudonym(name));
        missing(line, SampleTable.columns(false).all().size() - 1);
        out.output(ended(line, revision.revision(), true));
      }
    }
  }

  /** Rows of {@code regions}. */
  static final class Windows extends DoFn<TotalsRevision, String> {
    private static final long serialVersionUID = 1L;

    /** The columns that tell rows apart: contig, start, end, name. */
    static final int[] KEY = {0, 1, 2, 3};

    @ProcessElement
    public void process(@Element TotalsRevision revision, OutputReceiver<String> out) {
      revision
          .regions()
          .forEach(
              (region, sites) -> {
                TsvLine line = new TsvLine();
                RegionTable.row(line, region, sites, false);
                out.output(ended(line, revision.revision(), sites.isNothing()));
              });
    }
  }

  /** Lines of {@code cohort}, each the document of a batch with the revision before. */
  static final class Cohort extends DoFn<TotalsRevision, String> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element TotalsRevision revision, OutputReceiver<String> out)
        throws IOException {
      StringWriter line = new StringWriter();
      try (JsonGenerator json = new JsonFactory().createGenerator(line)) {
        json.writeStartObject();
        json.writeNumberField(REVISION, revision.revision());
        new CohortDocument(false, null).fields(json, revision.cohort());
        json.writeEndObject();
      }
      out.output(line.toString());
    }
  }
}
