package org.healthbeam.transforms.vital;

import java.io.IOException;
import java.io.Serializable;
import java.time.ZoneId;
import javax.annotation.Nullable;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TupleTag;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.vital.VitalReading;
import org.healthbeam.core.vital.quality.QualityItem;
import org.healthbeam.core.vital.read.CsvColumns;
import org.healthbeam.core.vital.read.CsvVitals;
import org.healthbeam.core.vital.read.ObservationVitals;
import org.healthbeam.core.vital.read.ParsedVitals;
import org.healthbeam.core.vital.read.VitalsFormat;
import org.healthbeam.transforms.code.CodeMaps;
import org.healthbeam.transforms.code.MapVersions;
import org.healthbeam.transforms.outcome.Outcomes;
import org.healthbeam.transforms.outcome.Rejects;
import org.healthbeam.transforms.vital.quality.BundleCounts;
import org.healthbeam.transforms.vital.quality.Profile;
import org.joda.time.Instant;

/**
 * Parses FHIR Observations, rows of tables and HL7 v2 messages into vital-sign readings.
 *
 * <p>Input: records, bounded or not, in any windows. A record whose source ends in {@code .csv} or
 * {@code .tsv} is a row, one whose source ends in {@code .json}, {@code .ndjson} or {@code .jsonl}
 * a FHIR R4 resource or Bundle, one in {@code .hl7} an HL7 v2 message; of other sources it is FHIR
 * if it begins with a brace, and a message if it begins with MSH or a batch's segment. Output: a
 * reading for each measurement, in the windows of the input.
 *
 * <p>Two stages are counted. "Find vital signs" counts resources and rows: those that hold
 * measurements, and {@code not-a-vital-sign}, {@code panel}, {@code bundle}, {@code message},
 * {@code batch}, {@code header}. "Parse vital signs" counts measurements, of which a resource may
 * have several.
 *
 * <p>Errors: what cannot be read is rejected, a resource withdrawn by its status or its
 * dataAbsentReason among it; see {@link ObservationVitals} and {@link CsvVitals}, which also name
 * the sources of the rules. What is neither FHIR nor a message, from a source that is no file, is
 * rejected as unsupported. A failure to read a table's header is an exception, so that the runner
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

  private final Settings settings;
  @Nullable private final transient Rejects rejects;
  @Nullable private final transient Profile profile;

  private ParseVitals(Settings settings, @Nullable Rejects rejects, @Nullable Profile profile) {
    this.settings = settings;
    this.rejects = rejects;
    this.profile = profile;
  }

  /** What can be set; a zone is not serializable. */
  record Settings(
      CsvColumns columns,
      String zone,
      @Nullable CsvHeaders headers,
      @Nullable VitalsFormat messages,
      @Nullable CodeMaps maps,
      String tableSystem)
      implements Serializable {}

  static ParseVitals create() {
    return new ParseVitals(
        new Settings(CsvColumns.standard(), "UTC", null, null, null, ""), null, null);
  }

  /**
   * {@return a copy that reads tables whose columns are called so}
   *
   * @param columns names of columns
   */
  public ParseVitals withColumns(CsvColumns columns) {
    return with(
        new Settings(
            columns,
            settings.zone,
            settings.headers,
            settings.messages,
            settings.maps,
            settings.tableSystem));
  }

  /**
   * {@return a copy that takes times in tables and messages that name no zone as of this one; the
   * default is UTC}
   *
   * @param zone with its rules for daylight saving
   */
  public ParseVitals withTimeZone(ZoneId zone) {
    return with(
        new Settings(
            settings.columns,
            zone.getId(),
            settings.headers,
            settings.messages,
            settings.maps,
            settings.tableSystem));
  }

  /**
   * {@return a copy that learns the header line of each table there; without it rows are rejected
   * as unsupported}
   *
   * @param headers by the name of the file
   */
  public ParseVitals withHeaders(CsvHeaders headers) {
    return with(
        new Settings(
            settings.columns,
            settings.zone,
            headers,
            settings.messages,
            settings.maps,
            settings.tableSystem));
  }

  /**
   * {@return a copy that reads HL7 v2 messages so; without it they are rejected as unsupported}
   *
   * @param messages says which segments and fields hold readings
   */
  public ParseVitals withMessages(VitalsFormat messages) {
    return with(
        new Settings(
            settings.columns,
            settings.zone,
            settings.headers,
            messages,
            settings.maps,
            settings.tableSystem));
  }

  /**
   * {@return a copy that knows local codes by maps to LOINC}
   *
   * @param maps whose targets are LOINC codes
   * @param tableSystem the system of the codes in tables, and in messages that name none, as the
   *     maps call it
   */
  public ParseVitals withMaps(CodeMaps maps, String tableSystem) {
    return with(
        new Settings(
            settings.columns,
            settings.zone,
            settings.headers,
            settings.messages,
            maps,
            tableSystem));
  }

  private ParseVitals with(Settings changed) {
    return new ParseVitals(changed, rejects, profile);
  }

  /**
   * {@return what tells the earliest event time in a record, as this transform would read it, in
   * milliseconds since 1970; null if it holds no reading}
   */
  public SerializableFunction<InputRecord, Long> earliestTimes() {
    return new EarliestTimes(new RecordParser(settings));
  }

  /**
   * {@return a copy that sends what cannot be used there; without it the first reject fails the
   * pipeline}
   *
   * @param rejects take what is rejected
   */
  public ParseVitals rejectedTo(Rejects rejects) {
    return new ParseVitals(settings, rejects, profile);
  }

  /**
   * {@return a copy that counts units and delays there; the input must be in the global window}
   *
   * @param profile null for none
   */
  public ParseVitals profiledTo(@Nullable Profile profile) {
    return new ParseVitals(settings, rejects, profile);
  }

  @Override
  public PCollection<VitalReading> expand(PCollection<InputRecord> records) {
    Outcomes found =
        Outcomes.declare(rejects, FIND_STAGE, "resources and rows", "").byBundlesOf(records);
    Outcomes parsed = Outcomes.declare(rejects, STAGE, "measurements", "").byBundlesOf(records);
    PCollectionTuple outputs =
        records.apply(
            "Parse",
            ParDo.of(new ParseFn(found, parsed, settings, profile != null))
                .withOutputTags(READINGS, found.outputs(Outcomes.REJECTED, Profile.COUNTS)));
    Profile.collect(profile, outputs.get(Profile.COUNTS));
    Rejects.collect(rejects, outputs);
    return outputs.get(READINGS).setCoder(VitalReadingCoder.of());
  }

  static final class ParseFn extends DoFn<InputRecord, VitalReading> {
    private static final long serialVersionUID = 1L;

    private final Outcomes found;
    private final Outcomes parsed;
    private final RecordParser parser;
    private final boolean profiled;
    @Nullable private final CodeMaps maps;
    private transient BundleCounts counts;
    @Nullable private transient MapVersions versions;

    ParseFn(Outcomes found, Outcomes parsed, Settings settings, boolean profiled) {
      this.profiled = profiled;
      this.found = found;
      this.parsed = parsed;
      this.parser = new RecordParser(settings);
      this.maps = settings.maps;
    }

    @Setup
    public void setup() throws InvalidMapException, IOException {
      parser.setUp();
      counts = new BundleCounts();
      versions = maps == null ? null : new MapVersions(maps.load());
    }

    @StartBundle
    public void begin() {
      found.begin();
      parsed.begin();
    }

    @FinishBundle
    public void finish(FinishBundleContext context) {
      counts.flush(context);
      if (versions != null) {
        versions.show();
      }
      found.tell(context);
      parsed.tell(context);
    }

    @ProcessElement
    public void process(
        @Element InputRecord record, @Timestamp Instant time, MultiOutputReceiver out) {
      ParsedVitals content = new ParsedVitals();
      if (!parser.parse(record, content)) {
        found.in();
        found.reject(
            out.get(Outcomes.REJECTED),
            new RejectedException(
                RejectReason.UNSUPPORTED, "the record is of a format that is not expected"),
            record);
        return;
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
      if (profiled) {
        count(content, time, out.get(Profile.COUNTS));
      }
      for (ParsedVitals.Refused refused : content.refused()) {
        parsed.in();
        reject(parsed, refused, record, out);
      }
    }

    private void count(
        ParsedVitals content, Instant time, OutputReceiver<KV<QualityItem, Long>> out) {
      for (int i = 0; i < content.readings().size(); i++) {
        VitalReading reading = content.readings().get(i);
        ParsedVitals.Receipt receipt = content.receipts().get(i);
        if (!reading.coded() && !reading.version().isWithdrawn()) {
          counts.add(QualityItem.unit(reading.kind(), receipt.unit()), time, out);
        }
        counts.add(QualityItem.delay(reading.kind(), reading.time(), receipt.time()), time, out);
      }
    }

    private static void reject(
        Outcomes stage, ParsedVitals.Refused refused, InputRecord record, MultiOutputReceiver out) {
      stage.reject(
          out.get(Outcomes.REJECTED),
          refused.why().reason(),
          refused.why().detail(),
          record.source(),
          refused.position().isEmpty() ? record.position() : refused.position(),
          refused.payload());
    }
  }
}
