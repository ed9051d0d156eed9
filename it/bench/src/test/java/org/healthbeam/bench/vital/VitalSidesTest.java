package org.healthbeam.bench.vital;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.VitalReading;
import org.healthbeam.core.vital.read.CsvColumns;
import org.healthbeam.core.vital.read.CsvVitals;
import org.healthbeam.core.vital.read.ObservationVitals;
import org.healthbeam.core.vital.read.ParsedVitals;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The stream of summaries and the job by hand tell the same. */
class VitalSidesTest {
  @TempDir Path folder;

  @Test
  @Tag("slow")
  void theStreamOfSummariesTellsWhatTheJobByHandTells() throws Exception {
    Arrivals arrivals = new Arrivals(60_000, false, 0);
    Tally byHand = BothSides.run("hand", Form.CSV, arrivals, folder);
    assertTrue(byHand.finalRows() >= 12_000, () -> byHand.finalRows() + " rows");
    BothSides.checkSame(byHand, BothSides.run("hand-list", Form.READINGS, arrivals, folder));
    BothSides.checkSame(byHand, BothSides.run("beam", Form.FHIR, arrivals, folder));
    Tally other = BothSides.run("beam", Form.CSV, new Arrivals(60_000, true, 0), folder);
    assertThrows(IllegalStateException.class, () -> BothSides.checkSame(byHand, other));
  }

  @Test
  void everyFormOfAnArrivalSaysTheSame() {
    CsvVitals table = CsvVitals.withHeader(Arrivals.HEADER, CsvColumns.standard(), ZoneOffset.UTC);
    Arrivals arrivals = new Arrivals(2_000_000, true, 0);
    for (long i = 0; i < arrivals.count(); i += 997) {
      InputRecord row = arrivals.csv(i);
      ParsedVitals csv = new ParsedVitals();
      table.parse(row, csv);
      ParsedVitals fhir = new ParsedVitals();
      ObservationVitals.parse(arrivals.fhir(i), fhir);
      VitalReading reading = arrivals.reading(i);
      String shown = new String(row.bytes(), StandardCharsets.UTF_8);
      assertEquals(List.of(show(reading)), show(csv), shown);
      assertEquals(List.of(show(reading)), show(fhir), shown);
    }
  }

  @Test
  void theArrivalOfAHeartRateIsFoundByItsTime() {
    Arrivals arrivals = new Arrivals(200_000, false, 0);
    int found = 0;
    for (long i = 0; i < arrivals.count(); i += 8) {
      VitalReading reading = arrivals.reading(i);
      assertEquals(VitalKind.HEART_RATE, reading.kind());
      long arrival = arrivals.heartRate(reading.subject(), reading.time().toEpochMilli());
      // A duplicate is the arrival that it repeats.
      assertTrue(arrival == i || i - arrival == 12_000, () -> arrival + " for a reading");
      found += arrival == i ? 1 : 0;
    }
    assertTrue(found > 24_000, found + " found");
    assertEquals(-1, arrivals.heartRate("subject-100000", 1));
  }

  private static List<String> show(ParsedVitals parsed) {
    List<String> all = new ArrayList<>();
    parsed.readings().forEach(reading -> all.add(show(reading)));
    return all;
  }

  private static String show(VitalReading r) {
    return r.subject() + r.kind() + r.value() + r.unit() + r.time() + r.position();
  }
}
