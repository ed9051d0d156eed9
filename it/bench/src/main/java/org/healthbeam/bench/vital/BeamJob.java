package org.healthbeam.bench.vital;

import java.time.Duration;
import java.util.List;
import org.apache.beam.runners.flink.FlinkPipelineOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.TimestampedValue;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.Rejected;
import org.healthbeam.core.vital.PlausibilityPolicy;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.VitalReading;
import org.healthbeam.core.vital.VitalSign;
import org.healthbeam.core.vital.VitalSummary;
import org.healthbeam.core.vital.alert.Alert;
import org.healthbeam.core.vital.alert.AlertPriority;
import org.healthbeam.core.vital.alert.AlertRule;
import org.healthbeam.core.vital.alert.AlertSignal;
import org.healthbeam.core.vital.alert.AlertState;
import org.healthbeam.io.stream.BlockSource;
import org.healthbeam.transforms.outcome.InputRecordCoder;
import org.healthbeam.transforms.outcome.Rejects;
import org.healthbeam.transforms.vital.CheckPlausibility;
import org.healthbeam.transforms.vital.ConvertUnits;
import org.healthbeam.transforms.vital.CsvHeaders;
import org.healthbeam.transforms.vital.ParseVitals;
import org.healthbeam.transforms.vital.RefuseLate;
import org.healthbeam.transforms.vital.VitalReadingCoder;
import org.healthbeam.transforms.vital.Vitals;
import org.healthbeam.transforms.vital.alert.AlertVitals;

/** The jobs of summaries and of alerts as {@code monitor-vitals} has them. */
final class BeamJob {
  /** One in a hundred of the heart rates that arrive is that high. */
  static final double HIGH_HEART_RATE = 69.6;

  private static final AlertRule RULE =
      AlertRule.of(
              "heart-rate-high",
              AlertPriority.MEDIUM,
              AlertSignal.value(VitalKind.HEART_RATE),
              ">=" + HIGH_HEART_RATE)
          .clearing("<" + HIGH_HEART_RATE);

  private BeamJob() {}

  /** Reads as many partitions as the job has slots, as the job by hand does. */
  static void build(Pipeline pipeline, Form form, Arrivals arrivals, Load load) {
    Rejects rejects = Rejects.with(PayloadHash.salted());
    PCollection<VitalReading> readings = readings(pipeline, form, arrivals, rejects);
    PCollection<VitalSign> signs =
        readings.apply("Convert units", convert(form).rejectedTo(rejects));
    PCollectionTuple checked =
        signs.apply(
            "Check plausibility",
            Vitals.checkPlausibility(PlausibilityPolicy.MIMIC)
                .after(ConvertUnits.STAGE)
                .rejectedTo(rejects));
    Duration window = Duration.ofMillis(Arrivals.WINDOW_MS);
    Duration lateness = Duration.ofMillis(Arrivals.LATENESS_MS);
    PCollection<VitalSign> inTime =
        checked
            .get(CheckPlausibility.PLAUSIBLE)
            .apply(
                "Refuse late readings",
                Vitals.refuseLate(window, lateness)
                    .after(CheckPlausibility.STAGE)
                    .rejectedTo(rejects));
    if (load == Load.ALERTS) {
      inTime
          .apply("Alert", Vitals.alert(List.of(RULE)).withAllowedLateness(lateness))
          .get(AlertVitals.ALERTS)
          .apply("Tell alerts", ParDo.of(new TellAlertFn()));
    } else {
      inTime
          .apply(
              "Summarize vital signs",
              Vitals.summarize(window)
                  .withAllowedLateness(lateness)
                  .countingImplausible(checked.get(CheckPlausibility.IMPLAUSIBLE))
                  .after(RefuseLate.STAGE)
                  .rejectedTo(rejects))
          .apply("Tell", ParDo.of(new TellFn()));
    }
    rejects.all(pipeline).apply("Refused", ParDo.of(new RefusedFn()));
  }

  private static ConvertUnits convert(Form form) {
    return form == Form.READINGS
        ? Vitals.convertUnits()
        : Vitals.convertUnits().after(ParseVitals.STAGE);
  }

  private static PCollection<VitalReading> readings(
      Pipeline pipeline, Form form, Arrivals arrivals, Rejects rejects) {
    if (form == Form.READINGS) {
      return arrive(pipeline, arrivals, arrivals::reading, VitalReadingCoder.of(), r -> 100);
    }
    return arrive(
            pipeline,
            arrivals,
            form == Form.CSV ? arrivals::csv : arrivals::fhir,
            InputRecordCoder.of(),
            record -> record.bytes().length)
        .apply(
            "Parse vital signs", Vitals.parse().withHeaders(new OneHeader()).rejectedTo(rejects));
  }

  /** As the sources of the pipelines do: blocks of what is there, then one by one. */
  private static <T> PCollection<T> arrive(
      Pipeline pipeline,
      Arrivals arrivals,
      SerializableFunction<Long, T> element,
      Coder<T> coder,
      SerializableFunction<T, Integer> bytes) {
    int slots = pipeline.getOptions().as(FlinkPipelineOptions.class).getParallelism();
    return pipeline
        .apply(
            "Arrive",
            Read.from(
                BlockSource.of(new ReplayedArrivals<>(arrivals, element, coder, slots), bytes)))
        .apply("One by one", ParDo.of(new OneByOneFn<>()))
        .setCoder(coder);
  }

  static final class OneByOneFn<T> extends DoFn<List<TimestampedValue<T>>, T> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element List<TimestampedValue<T>> block, OutputReceiver<T> out) {
      for (TimestampedValue<T> element : block) {
        out.outputWithTimestamp(element.getValue(), element.getTimestamp());
      }
    }
  }

  static final class OneHeader implements CsvHeaders {
    private static final long serialVersionUID = 1L;

    @Override
    public String headerOf(String source) {
      return Arrivals.HEADER;
    }
  }

  static final class TellFn extends DoFn<VitalSummary, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element VitalSummary row) {
      Tally.told(row);
    }
  }

  static final class TellAlertFn extends DoFn<Alert, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element Alert alert) {
      if (alert.state() == AlertState.RAISED && alert.revision() == 0) {
        Tally.raised(alert.subject(), alert.time().toEpochMilli());
      }
    }
  }

  static final class RefusedFn extends DoFn<Rejected, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(@Element Rejected rejected) {
      if (rejected.reason() == RejectReason.LATE) {
        Tally.refused();
      }
    }
  }
}
