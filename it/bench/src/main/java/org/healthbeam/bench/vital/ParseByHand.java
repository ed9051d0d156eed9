package org.healthbeam.bench.vital;

import java.time.ZoneOffset;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.unit.UnitConverter;
import org.healthbeam.core.vital.CanonicalValues;
import org.healthbeam.core.vital.PlausibilityPolicy;
import org.healthbeam.core.vital.VitalReading;
import org.healthbeam.core.vital.VitalSign;
import org.healthbeam.core.vital.read.CsvColumns;
import org.healthbeam.core.vital.read.CsvVitals;
import org.healthbeam.core.vital.read.ObservationVitals;
import org.healthbeam.core.vital.read.ParsedVitals;

/** The first step of the job by hand: parses, converts and checks. */
final class ParseByHand extends ProcessFunction<Long, Point> {
  private static final long serialVersionUID = 1L;
  private final Form form;
  private final Arrivals arrivals;
  private final int splits;
  private transient CsvVitals table;
  private transient CanonicalValues values;
  private transient long begin;

  ParseByHand(Form form, Arrivals arrivals, int splits) {
    this.form = form;
    this.arrivals = arrivals;
    this.splits = splits;
  }

  @Override
  public void open(OpenContext context) {
    table = CsvVitals.withHeader(Arrivals.HEADER, CsvColumns.standard(), ZoneOffset.UTC);
    values = new CanonicalValues(UnitConverter.ucum());
    begin = Tally.begin();
  }

  @Override
  public void processElement(Long number, Context context, Collector<Point> out)
      throws RejectedException {
    long i = ByHand.arrival(number, arrivals, splits);
    arrivals.pace(i, begin);
    if (form == Form.READINGS) {
      check(arrivals.reading(i), out);
      return;
    }
    ParsedVitals content = new ParsedVitals();
    if (form == Form.CSV) {
      table.parse(arrivals.csv(i), content);
    } else {
      ObservationVitals.parse(arrivals.fhir(i), content);
    }
    for (VitalReading reading : content.readings()) {
      check(reading, out);
    }
  }

  private void check(VitalReading reading, Collector<Point> out) throws RejectedException {
    VitalSign sign = values.of(reading).sign();
    boolean plausible;
    try {
      PlausibilityPolicy.MIMIC.check(sign.kind(), sign.value());
      plausible = true;
    } catch (RejectedException e) {
      plausible = false;
    }
    out.collect(
        new Point(
            new Point.Series(sign.subject(), sign.kind()),
            sign.time().toEpochMilli(),
            sign.value(),
            plausible));
  }

  /** Takes what comes too late. */
  static final class Refuse extends ProcessFunction<Point, Void> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(Point late, Context context, Collector<Void> out) {
      if (late.plausible()) {
        Tally.refused();
      }
    }
  }
}
