package org.healthbeam.core.vital.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZoneId;
import java.util.List;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.unit.UnitConverter;
import org.healthbeam.core.vital.CanonicalValues;
import org.healthbeam.core.vital.ReadingVersion;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.VitalReading;
import org.healthbeam.core.vital.VitalSign;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvVitalsTest {
  private static final String HEADER = "subject,time,kind_or_code,value,unit";
  private static final String TIME = "2026-03-02T00:00:00Z";

  private static ParsedVitals parse(String header, CsvColumns columns, String row) {
    ParsedVitals parsed = new ParsedVitals();
    CsvVitals.withHeader(header, columns, ZoneId.of("UTC"))
        .parse(InputRecord.ofText("f", "7", row), parsed);
    return parsed;
  }

  private static ParsedVitals parse(String row) {
    return parse(HEADER, CsvColumns.standard(), row);
  }

  @Test
  void columnsMayStandInAnyOrderAndBeCalledOtherwise() {
    ParsedVitals parsed =
        parse(
            "\uFEFFVital_Value\tid\tother\ttaken\twhat",
            CsvColumns.renamed(
                List.of("subject=id", "time=taken", "kind_or_code=what", "value=vital_value")),
            "72.2\ts1\tx\t2110-04-11 20:52:00+00\tweight_kg");
    VitalReading reading = parsed.readings().get(0);
    assertEquals("s1", reading.subject());
    assertEquals(VitalKind.WEIGHT, reading.kind());
    assertEquals(72.2, reading.value());
    assertEquals("kg", reading.unit());
    assertEquals("7", reading.position());
  }

  @Test
  void fieldsMayBeSeparatedBySemicolonsAndTheMoreFrequentDelimiterCounts() {
    VitalReading reading =
        parse(
                "\uFEFFsubject;time;\"kind_or_code\";value;unit;device",
                CsvColumns.standard(),
                "a;" + TIME + ";spo2;\"97\";%;x,y")
            .readings()
            .get(0);
    assertEquals(97, reading.value());
    assertEquals(
        RejectReason.INVALID_VALUE,
        parse("subject;time;kind_or_code;value", CsvColumns.standard(), "a;" + TIME + ";spo2;97,5")
            .refused()
            .get(0)
            .why()
            .reason());
    VitalReading commas =
        parse(
                "subject,time,kind_or_code,value,\"a;b;c;d;e;f\"",
                CsvColumns.standard(),
                "a," + TIME + ",spo2,97,x")
            .readings()
            .get(0);
    assertEquals(97, commas.value());
  }

  @Test
  void statusIsReadOnlyWhereItIsAskedFor() {
    String header = "subject,time,kind_or_code,value,status,id,issued";
    String row = "a," + TIME + ",spo2,97,%s,o1,%s";
    assertEquals(
        ReadingVersion.ORIGINAL,
        parse(header, CsvColumns.standard(), row.formatted("corrected", ""))
            .readings()
            .get(0)
            .version());
    CsvColumns asked = CsvColumns.renamed(List.of("status=status", "id=id", "issued=issued"));
    assertEquals(
        ReadingVersion.corrected(7, "o1"),
        parse(header, asked, row.formatted("Corrected", "7")).readings().get(0).version());
    assertEquals(
        ReadingVersion.corrected(ReadingVersion.orderOfTime(1000), "o1"),
        parse(header, asked, row.formatted("amended", "1970-01-01 00:00:01"))
            .readings()
            .get(0)
            .version());
    assertEquals(
        ReadingVersion.withdrawn(0, "o1"),
        parse(header, asked, "a," + TIME + ",spo2,,entered-in-error,o1,")
            .readings()
            .get(0)
            .version());
    assertEquals(
        ReadingVersion.told(false, 7, "o1"),
        parse(header, asked, row.formatted("final", "7")).readings().get(0).version());
    assertEquals(
        ReadingVersion.told(false, 0, "o1"),
        parse(header, CsvColumns.renamed(List.of("id=id")), row.formatted("corrected", "7"))
            .readings()
            .get(0)
            .version(),
        "an id without a status column");
    assertEquals(
        RejectReason.WITHDRAWN,
        parse(header, asked, row.formatted("cancelled", "")).refused().get(0).why().reason());
  }

  @Test
  void headerIsAnOutcomeOfItsOwn() {
    assertEquals(List.of(ParsedVitals.HEADER), parse(HEADER).resources());
  }

  @Test
  void quotedFieldsMayHoldCommasAndQuotes() {
    VitalReading reading = parse("\"a,\"\"b\"\"\"," + TIME + ",spo2,97,%").readings().get(0);
    assertEquals("a,\"b\"", reading.subject());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "a,T,heart_rate,\"1,5\",|INVALID_VALUE",
        "a,T,heart_rate,>100,|INVALID_VALUE",
        "a,T,heart_rate,NaN,|INVALID_VALUE",
        "a,T,heart_rate,1f,|INVALID_VALUE",
        "a,T,heart_rate,1e999,|INVALID_VALUE",
        "a,T,heart_rate,error,|INVALID_VALUE",
        "a,T,heart_rate,,|MISSING_FIELD",
        ",T,heart_rate,1,|MISSING_FIELD",
        "urn:uuid:,T,heart_rate,1,|MISSING_FIELD",
        "a,T,shoe_size,1,|UNKNOWN_CODE",
        "a,noon,heart_rate,1,|INVALID_TIME",
        "a,,heart_rate,1,|INVALID_TIME",
        "a,T,heart_rate,1|MALFORMED",
        "a,T,heart_rate,1,,,|MALFORMED",
        "\"a,T,heart_rate,1,|MALFORMED",
        "a\",T,heart_rate,1,|MALFORMED",
        "a,T,consciousness,15,|INVALID_VALUE",
        "a,T,inspired_oxygen,some,|INVALID_VALUE"
      })
  void dirtyRowIsRefusedForItsReason(String row, RejectReason reason) {
    ParsedVitals parsed = parse(row.replace(",T,", "," + TIME + ","));
    assertEquals(1, parsed.resources().size());
    assertEquals(0, parsed.readings().size());
    assertEquals(reason, parsed.refused().get(0).why().reason());
  }

  @Test
  void tableWithoutANeededColumnRefusesEveryRowByTheColumnsName() {
    ParsedVitals parsed = parse("subject,kind_or_code,value", CsvColumns.standard(), "a,spo2,97");
    assertTrue(parsed.refused().get(0).why().detail().contains("time"));
  }

  @ParameterizedTest
  @CsvSource({
    "consciousness, A, , A",
    "consciousness, responds to voice, , V",
    "inspired_oxygen, air, , air",
    "inspired_oxygen, Oxygen, , oxygen",
    "inspired_oxygen, 0, , air",
    "inspired_oxygen, 0.21, , air",
    "inspired_oxygen, 0.2, , air",
    "inspired_oxygen, 0.209, , air",
    "inspired_oxygen, 0.22, , oxygen",
    "inspired_oxygen, 0.5, L/min, oxygen",
    "inspired_oxygen, 0.21, 1, air",
    "inspired_oxygen, 2, , oxygen",
    "inspired_oxygen, 2, L/min, oxygen",
    "inspired_oxygen, 0, L/min, air",
    "inspired_oxygen, 21, %, air",
    "inspired_oxygen, 40, %, oxygen",
    "3150-6, 21, , air",
    "3150-6, 0.21, , air",
    "3150-6, 0.5, , oxygen",
    "3150-6, 1, , oxygen",
    "3150-6, 50, , oxygen",
    "3150-6, 50, %, oxygen",
    "3150-6, 15, %, air",
    "fio2, 40, , oxygen",
    "3151-8, 21, , oxygen",
    "fio2, 0.5, , oxygen",
    "temp_f, 98.6, , 37",
    "temperature, 98.6, [degF], 37",
    "spo2, 0.97, 1, 97",
    "mean_bp, 10, kPa, 75.0061682704",
    "gcs, 15, , 15",
    "glucose, 5, mmol/L, 90"
  })
  void valuesComeToTheirCanonicalForm(String kind, String value, String unit, String expected)
      throws Exception {
    String row = "a," + TIME + "," + kind + "," + value + "," + (unit == null ? "" : unit);
    VitalReading reading = parse(row).readings().get(0);
    VitalSign sign = new CanonicalValues(UnitConverter.ucum()).of(reading).sign();
    if (sign.kind().isCoded()) {
      assertEquals(expected, sign.kind().display(sign.value()));
    } else {
      assertEquals(Double.parseDouble(expected), sign.value(), 0.2);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "3151-8, 2, LPM, true",
    "3151-8, 2, L/min, false",
    "3150-6, 40, percent, true",
    "3150-6, 40, %, false"
  })
  void unitOfOxygenThatIsReadByTheTableOfRepairsIsToldSo(
      String kind, String value, String unit, boolean repaired) throws Exception {
    VitalReading reading =
        parse("a," + TIME + "," + kind + "," + value + "," + unit).readings().get(0);
    CanonicalValues.Canonical read = new CanonicalValues(UnitConverter.ucum()).of(reading);
    assertEquals("oxygen", read.sign().kind().display(read.sign().value()));
    assertEquals(repaired, read.repaired());
  }

  @ParameterizedTest
  @CsvSource({"123", "Patient/123", "urn:uuid:123", "' Patient/123 '"})
  void subjectIsNamedAsInFhir(String subject) {
    assertEquals("123", parse(subject + "," + TIME + ",spo2,97,%").readings().get(0).subject());
  }

  @ParameterizedTest
  @CsvSource({
    "inspired_oxygen, 21, , UNKNOWN_UNIT",
    "inspired_oxygen, 120, %, INVALID_VALUE",
    "3150-6, 0.5, %, INVALID_VALUE",
    "3150-6, 14.9, %, INVALID_VALUE",
    "3150-6, 2, , INVALID_VALUE",
    "3150-6, 0.1, , INVALID_VALUE",
    "3150-6, 101, , INVALID_VALUE",
    "inspired_oxygen, -1, , INVALID_VALUE",
    "gcs, 2, , INVALID_VALUE",
    "gcs, 14.5, , INVALID_VALUE",
    "heart_rate, 80, furlong, UNKNOWN_UNIT",
    "heart_rate, 80, kg, UNKNOWN_UNIT"
  })
  void valueThatItsKindCannotHaveIsRefused(
      String kind, String value, String unit, RejectReason reason) {
    String row = "a," + TIME + "," + kind + "," + value + "," + (unit == null ? "" : unit);
    VitalReading reading = parse(row).readings().get(0);
    RejectedException e =
        assertThrows(
            RejectedException.class, () -> new CanonicalValues(UnitConverter.ucum()).of(reading));
    assertEquals(reason, e.reason());
  }
}
