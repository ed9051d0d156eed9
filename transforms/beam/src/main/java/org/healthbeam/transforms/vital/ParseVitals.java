package org.healthbeam.transforms.vital;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.annotation.Nullable;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.TupleTagList;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.vital.VitalReading;
import org.healthbeam.core.vital.read.CsvColumns;
import org.healthbeam.core.vital.read.CsvVitals;
import org.healthbeam.core.vital.read.ObservationVitals;
import org.healthbeam.core.vital.read.ParsedVitals;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.outcome.Rejects;

/**
 * Parses FHIR Observations and rows of tables into vital-sign readings.
 *
 * <p>Input: records, bounded or not, in any windows. A record whose source ends in {@code .csv} or
 * {@code .tsv} is a row, one whose source ends in {@code .json}, {@code .ndjson} or {@code .jsonl}
 * a FHIR R4 resource or Bundle; of other sources it is FHIR if it begins with a brace. Output: a
 * reading for each measurement, in the windows of the input.
 *
 * <p>Two stages are counted. "Find vital signs" counts resources and rows: those that hold
 * measurements, and {@code not-a-vital-sign}, {@code panel}, {@code bundle}, {@code header}. "Parse
 * vital signs" counts measurements, of which a resource may have several.
 *
 * <p>Errors: what cannot be read is rejected, a resource withdrawn by its status or its
 * dataAbsentReason among it; see {@link ObservationVitals} and {@link CsvVitals}, which also name
 * the sources of the rules. A failure to open a table's header is an exception, so that the runner
 * tries again.
 *
 * <pre>{@code
 * PCollection<VitalReading> readings =
 *     records.apply("Parse vital signs", Vitals.parse().rejectedTo(rejects));
 * }</pre>
 */
public final class ParseVitals
    extends PTransform<PCollection<InputRecord>, PCollection<VitalReading>> {
  private static final long serialVersionUID = 1L;

  /** The stage that counts resources and rows. */
  public static final String FIND_STAGE = "Find vital signs";

  /** The stage that counts measurements. */
  public static final String STAGE = "Parse vital signs";

  private static final TupleTag<VitalReading> READINGS =
      new TupleTag<VitalReading>("readings") {
        private static final long serialVersionUID = 1L;
      };

  private final CsvColumns columns;
  private final ZoneId zone;
  @Nullable private final CsvHeaders headers;
  @Nullable private final transient Rejects rejects;

  private ParseVitals(
      CsvColumns columns, ZoneId zone, @Nullable CsvHeaders headers, @Nullable Rejects rejects) {
    this.columns = columns;
    this.zone = zone;
    this.headers = headers;
    this.rejects = rejects;
  }

  static ParseVitals create() {
    return new ParseVitals(CsvColumns.standard(), ZoneId.of("UTC"), null, null);
  }

  /** Reads tables whose columns are called so. */
  public ParseVitals withColumns(CsvColumns columns) {
    return new ParseVitals(columns, zone, headers, rejects);
  }

  /** Takes times in tables that name no zone as of this one; the default is UTC. */
  public ParseVitals withTimeZone(ZoneId zone) {
    return new ParseVitals(columns, zone, headers, rejects);
  }

  /** Learns the header line of each table there; without it rows are rejected as unsupported. */
  public ParseVitals withHeaders(CsvHeaders headers) {
    return new ParseVitals(columns, zone, headers, rejects);
  }

  /** Sends what cannot be used there; without it the first reject fails the pipeline. */
  public ParseVitals rejectedTo(Rejects rejects) {
    return new ParseVitals(columns, zone, headers, rejects);
  }

  @Override
  public PCollection<VitalReading> expand(PCollection<InputRecord> records) {
    Outcomes found = Outcomes.declare(rejects, FIND_STAGE, "resources and rows", "");
    Outcomes parsed = Outcomes.declare(rejects, STAGE, "measurements", "");
    PCollectionTuple outputs =
        records.apply(
            "Parse",
            ParDo.of(new ParseFn(found, parsed, columns, zone.getId(), headers))
                .withOutputTags(READINGS, TupleTagList.of(Outcomes.REJECTED)));
    Rejects.collect(rejects, outputs.get(Outcomes.REJECTED));
    return outputs.get(READINGS).setCoder(VitalReadingCoder.of());
  }

  static final class ParseFn extends DoFn<InputRecord, VitalReading> {
    private static final long serialVersionUID = 1L;
    private static final int TABLES_REMEMBERED = 256;

    private final Outcomes found;
    private final Outcomes parsed;
    private final CsvColumns columns;
    private final String zone;
    @Nullable private final CsvHeaders headers;
    private transient Map<String, CsvVitals> tables;

    ParseFn(
        Outcomes found,
        Outcomes parsed,
        CsvColumns columns,
        String zone,
        @Nullable CsvHeaders headers) {
      this.found = found;
      this.parsed = parsed;
      this.columns = columns;
      this.zone = zone;
      this.headers = headers;
    }

    @Setup
    public void setup() {
      tables =
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, CsvVitals> eldest) {
              return size() > TABLES_REMEMBERED;
            }
          };
    }

    @ProcessElement
    public void process(@Element InputRecord record, MultiOutputReceiver out) {
      ParsedVitals content = new ParsedVitals();
      if (isJson(record)) {
        ObservationVitals.parse(record, content);
      } else if (headers == null) {
        found.in();
        found.reject(
            out.get(Outcomes.REJECTED),
            new RejectedException(
                RejectReason.UNSUPPORTED, "the record is no JSON, and no table is expected"),
            record);
        return;
      } else {
        table(record.source()).parse(record, content);
      }
      for (String outcome : content.resources()) {
        found.in();
        found.out(outcome);
      }
      for (ParsedVitals.Refused refused : content.refusedResources()) {
        found.in();
        reject(found, refused, record, out);
      }
      for (VitalReading reading : content.readings()) {
        parsed.in();
        parsed.out();
        out.get(READINGS).output(reading);
      }
      for (ParsedVitals.Refused refused : content.refused()) {
        parsed.in();
        reject(parsed, refused, record, out);
      }
    }

    private static void reject(
        Outcomes stage, ParsedVitals.Refused refused, InputRecord record, MultiOutputReceiver out) {
      stage.reject(
          out.get(Outcomes.REJECTED),
          refused.why().reason(),
          refused.why().detail(),
          record.source(),
          record.position(),
          refused.payload());
    }

    private CsvVitals table(String source) {
      CsvVitals table = tables.get(source);
      if (table == null) {
        try {
          table = CsvVitals.withHeader(headers.headerOf(source), columns, ZoneId.of(zone));
        } catch (IOException e) {
          throw new UncheckedIOException("The header line of " + source + " cannot be read", e);
        }
        tables.put(source, table);
      }
      return table;
    }

    private static boolean isJson(InputRecord record) {
      String name = record.source().toLowerCase(Locale.ROOT);
      String bare =
          name.endsWith(".gz") || name.endsWith(".bgz")
              ? name.substring(0, name.lastIndexOf('.'))
              : name;
      if (bare.endsWith(".csv") || bare.endsWith(".tsv")) {
        return false;
      }
      if (bare.endsWith(".json") || bare.endsWith(".ndjson") || bare.endsWith(".jsonl")) {
        return true;
      }
      for (byte b : record.bytes()) {
        if (b > ' ') {
          return b == '{' || b == '[';
        }
      }
      return false;
    }
  }
}
