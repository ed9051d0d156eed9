package org.healthbeam.core.vital.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.vital.ReadingVersion;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.VitalReading;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;

@SuppressWarnings("JavaUtilDate") // The typed model has no other time.
class ObservationVitalsTest {
  private static final IParser HAPI = FhirContext.forR4Cached().newJsonParser();
  private static final String VITAL_SIGNS =
      "'category':[{'coding':[{'code':'vital-signs'}]}],'subject':{'reference':'Patient/p'},"
          + "'effectiveDateTime':'2110-01-01T00:00:00Z',";
  private static final String PULSE =
      "'code':{'coding':[{'system':'http://loinc.org','code':'8867-4'}]},";

  private static ParsedVitals parse(String json) {
    ParsedVitals parsed = new ParsedVitals();
    ObservationVitals.parse(InputRecord.ofText("f", "1", json.replace('\'', '"')), parsed);
    return parsed;
  }

  private static ParsedVitals observation(String fields) {
    return parse("{'resourceType':'Observation','status':'final'," + VITAL_SIGNS + fields + "}");
  }

  private static RejectReason refusal(ParsedVitals parsed) {
    assertEquals(0, parsed.readings().size());
    assertEquals(1, parsed.refused().size());
    return parsed.refused().get(0).why().reason();
  }

  @Test
  void cancelledAndAbsentValuesAreRefusedAsWithdrawn() {
    String value = PULSE + "'valueQuantity':{'value':60,'code':'/min'}";
    assertEquals(RejectReason.WITHDRAWN, refusal(withStatus("cancelled", value)));
    assertEquals(
        RejectReason.WITHDRAWN, refusal(observation(PULSE + "'dataAbsentReason':{'text':'x'}")));
  }

  private static ParsedVitals withStatus(String status, String fields) {
    return parse(
        "{'id':'o1','status':'"
            + status
            + "',"
            + VITAL_SIGNS
            + fields
            + ",'resourceType':'Observation'}");
  }

  private static ReadingVersion version(String status, String fields) {
    ParsedVitals parsed = withStatus(status, fields);
    assertEquals(0, parsed.refused().size(), status);
    assertEquals(1, parsed.readings().size(), status);
    return parsed.readings().get(0).version();
  }

  @Test
  void observationIsKnownByItsBusinessIdentifierElseByItsId() {
    String value = PULSE + "'valueQuantity':{'value':60,'code':'/min'}";
    String identifiers =
        ",'identifier':[{'system':'urn:x'},{'value':'7','system':'urn:w'},7,{'value':'8'}]";
    assertEquals(ReadingVersion.told(false, 0, "urn:w|7"), version("final", value + identifiers));
    assertEquals(ReadingVersion.told(false, 0, "o1"), version("final", value + ",'identifier':{}"));
  }

  @Test
  void componentsOfOneKindAreTwoMeasurements() {
    String component =
        "{'code':{'coding':[{'system':'http://loinc.org','code':'%s'}]},"
            + "'valueQuantity':{'value':%d,'code':'mm[Hg]'}}";
    ParsedVitals parsed =
        withStatus(
            "final",
            "'code':{'coding':[{'system':'http://loinc.org','code':'85354-9'}]},'component':["
                + component.formatted("8480-6", 120)
                + ","
                + component.formatted("8462-4", 80)
                + ","
                + component.formatted("76534-7", 121)
                + "]");
    assertEquals(
        List.of("o1", "o1", "o1#1").stream().map(i -> ReadingVersion.told(false, 0, i)).toList(),
        parsed.readings().stream().map(VitalReading::version).toList());
  }

  @Test
  void statusAndVersionSayWhatIsAnOriginalACorrectionAndATakingBack() {
    String value = PULSE + "'valueQuantity':{'value':60,'code':'/min'}";
    String absent = PULSE + "'dataAbsentReason':{'coding':[{'code':'error'}]}";
    String at = ",'issued':'2110-01-01T00:00:01.5+01:00'";
    long issued =
        ReadingVersion.orderOfTime(Instant.parse("2109-12-31T23:00:01.500Z").toEpochMilli());
    for (String status : List.of("final", "unknown", "")) {
      assertEquals(ReadingVersion.told(false, issued, "o1"), version(status, value + at), status);
    }
    for (String status : List.of("registered", "preliminary")) {
      assertEquals(ReadingVersion.told(true, issued, "o1"), version(status, value + at), status);
    }
    for (String status : List.of("amended", "corrected")) {
      assertEquals(ReadingVersion.corrected(issued, "o1"), version(status, value + at), status);
      assertEquals(ReadingVersion.withdrawn(issued, "o1"), version(status, absent + at), status);
    }
    assertEquals(ReadingVersion.withdrawn(0, "o1"), version("entered-in-error", value));
    assertEquals(ReadingVersion.withdrawn(0, "o1"), version("entered-in-error", absent));
    assertEquals(
        ReadingVersion.corrected(2, "o1"), version("final", value + ",'meta':{'versionId':'2'}"));
    assertEquals(
        ReadingVersion.corrected(ReadingVersion.orderOfTime(1_000), "o1"),
        version(
            "final",
            value + ",'meta':{'versionId':'2','lastUpdated':'1970-01-01T00:00:01Z'}" + at));
    for (String id : List.of("1", "W/2", "2b", "", "99999999999999999999")) {
      assertEquals(
          ReadingVersion.told(false, id.equals("1") ? 1 : 0, "o1"),
          version("final", value + ",'meta':{'versionId':'" + id + "','security':[{'code':'R'}]}"),
          id);
    }
  }

  @Test
  void takingBackNeedsAKindASubjectAndATime() {
    assertEquals(
        RejectReason.UNKNOWN_CODE,
        refusal(withStatus("entered-in-error", "'code':{'text':'pulse'},'valueInteger':60")));
    assertEquals(
        RejectReason.INVALID_TIME,
        refusal(
            parse(
                "{'resourceType':'Observation','subject':{'reference':'Patient/p'},"
                    + PULSE
                    + "'status':'entered-in-error'}")));
  }

  @Test
  void wordsThatAreNoStatusAreRefused() {
    String value = PULSE + "'valueQuantity':{'value':60,'code':'/min'}";
    for (String status : List.of("entered_in_error", "deleted", "Entered-In-Error", "error")) {
      assertEquals(RejectReason.INVALID_FIELD, refusal(withStatus(status, value)), status);
    }
  }

  @Test
  void takingBackReachesTheMeasurementWhoseValueIsStripped() {
    String component =
        "'component':[{'code':{'coding':[{'system':'http://loinc.org','code':'9279-1'}]},"
            + "'valueQuantity':{'value':12}}]";
    assertEquals(
        List.of(VitalKind.HEART_RATE, VitalKind.RESPIRATORY_RATE),
        withStatus("entered-in-error", PULSE + component).readings().stream()
            .map(VitalReading::kind)
            .toList());
    String panel = "'code':{'coding':[{'system':'http://loinc.org','code':'85354-9'}]}";
    assertEquals(RejectReason.UNKNOWN_CODE, refusal(withStatus("entered-in-error", panel)));
    assertEquals(
        List.of(VitalKind.RESPIRATORY_RATE),
        withStatus("entered-in-error", panel + "," + component).readings().stream()
            .map(VitalReading::kind)
            .toList());
  }

  @Test
  void patientsWithinTheResourceAreNobody() {
    String json =
        "{'resourceType':'Observation','subject':{'reference':'#p'},"
            + "'effectiveDateTime':'2110-01-01T00:00:00Z',"
            + PULSE
            + "'valueQuantity':{'value':60}}";
    assertEquals(RejectReason.INVALID_FIELD, refusal(parse(json)));
  }

  @Test
  void blankCodeOfAUnitIsNone() {
    ParsedVitals parsed =
        observation(PULSE + "'valueQuantity':{'value':60,'code':' ','unit':'Hz'}");
    assertEquals("Hz", parsed.readings().get(0).unit());
  }

  @Test
  void valuesThatAreNoNumbersAreRefused() {
    for (String value :
        List.of(
            "'valueString':'about 60'",
            "'valueQuantity':{'value':'1,5'}",
            "'valueQuantity':{'value':60,'comparator':'>'}",
            "'valueQuantity':{'unit':'/min'}",
            "'valueQuantity':'60'",
            "'valueRange':{'low':{'value':1}}",
            "'valueCodeableConcept':{'text':'fast'}")) {
      assertEquals(RejectReason.INVALID_VALUE, refusal(observation(PULSE + value)), value);
    }
    assertEquals(RejectReason.MISSING_FIELD, refusal(observation(PULSE + "'note':[]")));
  }

  @Test
  void codeOfAVitalSignThatIsNoKindIsRefusedAndOtherObservationsAreNot() {
    String code = "'code':{'coding':[{'system':'http://loinc.org','code':'77606-2'}]},";
    assertEquals(
        RejectReason.UNKNOWN_CODE, refusal(observation(code + "'valueQuantity':{'value':3}")));
    ParsedVitals other =
        parse("{'resourceType':'Observation'," + code + "'valueQuantity':{'value':3}}");
    assertEquals(List.of(ParsedVitals.NOT_A_VITAL_SIGN), other.resources());
    assertEquals(0, other.refused().size());
  }

  @Test
  void whatIsNoResourceIsRefusedWhole() {
    for (String text : List.of("{", "[]", "{'a':}", "{} {}", "17", "nonsense", "{'a':1}")) {
      ParsedVitals parsed = parse(text);
      assertEquals(1, parsed.refusedResources().size(), text);
      assertEquals(0, parsed.resources().size(), text);
    }
  }

  @Test
  void panelOfMembersHoldsNoMeasurement() {
    ParsedVitals parsed =
        observation(
            "'code':{'coding':[{'system':'http://loinc.org','code':'85353-1'}]},"
                + "'hasMember':[{'reference':'Observation/1'}]");
    assertEquals(List.of(ParsedVitals.PANEL), parsed.resources());
    assertEquals(0, parsed.refused().size());
  }

  @Test
  void subjectAndTimeAreNeeded() {
    String value = PULSE + "'valueQuantity':{'value':60}";
    assertEquals(
        RejectReason.MISSING_FIELD,
        refusal(
            parse(
                "{'resourceType':'Observation','effectiveDateTime':'2110-01-01T00:00:00Z',"
                    + value
                    + "}")));
    for (String time : List.of("", "2110-01-01", "2110-01-01T00:00:00", "2110-01-01 00:00:00Z")) {
      assertEquals(
          RejectReason.INVALID_TIME,
          refusal(
              parse(
                  "{'resourceType':'Observation','subject':{'reference':'Patient/p'},"
                      + "'effectiveDateTime':'"
                      + time
                      + "',"
                      + value
                      + "}")),
          time);
    }
  }

  @Test
  void subjectIsTheIdOfTheReference() {
    assertEquals("1", ObservationVitals.subjectId("Patient/1"));
    assertEquals("1", ObservationVitals.subjectId("https://example.org/fhir/Patient/1"));
    assertEquals("1", ObservationVitals.subjectId("Patient/1/_history/2"));
    assertEquals("1-2", ObservationVitals.subjectId("urn:uuid:1-2"));
    assertEquals("Group/1", ObservationVitals.subjectId("Group/1"));
  }

  @Test
  void partialDatesAndSchedulesAreNoEventTimes() {
    String value = PULSE + "'valueQuantity':{'value':60}";
    for (String time :
        List.of(
            "'effectiveDateTime':'2110'",
            "'effectiveDateTime':'2110-01'",
            "'effectiveDateTime':'2110-01-01'",
            "'effectivePeriod':{'end':'2110-01-01T00:00:00Z'}",
            "'effectivePeriod':{'start':'2110-01'}",
            "'effectiveTiming':{'event':['2110-01-01T00:00:00Z']}",
            "'effectiveInstant':17")) {
      assertEquals(
          RejectReason.INVALID_TIME,
          refusal(
              parse(
                  "{'resourceType':'Observation','subject':{'reference':'Patient/p'},"
                      + time
                      + ","
                      + value
                      + "}")),
          time);
    }
  }

  @Test
  void jsonOfAThousandLevelsIsRefusedAndDoesNotOverflowTheStack() {
    for (int levels : new int[] {1_000, 100_000}) {
      ParsedVitals deep =
          observation(
              PULSE
                  + "'valueQuantity':{'value':60},'extension':"
                  + "[".repeat(levels)
                  + "]".repeat(levels));
      assertEquals(1, deep.refusedResources().size(), "levels: " + levels);
      assertEquals(RejectReason.MALFORMED, deep.refusedResources().get(0).why().reason());
    }
    ParsedVitals bundles =
        parse(
            "{'resourceType':'Bundle','entry':[{'resource':".repeat(400) + "1" + "}]}".repeat(400));
    assertEquals(RejectReason.MALFORMED, bundles.refusedResources().get(0).why().reason());
    String inner = "{'resourceType':'Observation'," + VITAL_SIGNS + PULSE + "'valueInteger':60}";
    ParsedVitals nested =
        parse(
            "{'resourceType':'Bundle','entry':[{'resource':".repeat(100)
                + inner
                + "}]}".repeat(100));
    assertEquals(1, nested.readings().size());
  }

  @Test
  void payloadOfAnEntryIsTheEntrysOwnBytes() {
    String resource =
        "{'resourceType':'Observation'," + VITAL_SIGNS + PULSE + "'valueString':'\u00e4'}";
    ParsedVitals parsed =
        parse("{'resourceType':'Bundle','entry':[ {'resource': " + resource + " } ]}");
    assertEquals(List.of(ParsedVitals.BUNDLE, ParsedVitals.SELECTED), parsed.resources());
    assertEquals(
        resource.replace('\'', '"'),
        new String(parsed.refused().get(0).payload(), StandardCharsets.UTF_8));
  }

  /** What HAPI's typed model says of the same text, for what the generator below makes. */
  private static List<VitalReading> byHapi(String json) {
    List<VitalReading> result = new ArrayList<>();
    for (Bundle.BundleEntryComponent entry : HAPI.parseResource(Bundle.class, json).getEntry()) {
      if (entry.getResource() instanceof Observation o) {
        result.addAll(TypedVitals.of(o, "f", "1"));
      }
    }
    return result;
  }

  @Property(tries = 300)
  void readsTheSameAsTheTypedModel(@ForAll Random random) {
    Bundle bundle = new Bundle();
    int n = 1 + random.nextInt(6);
    for (int i = 0; i < n; i++) {
      bundle.addEntry().setResource(random.nextInt(8) == 0 ? patient() : randomObservation(random));
    }
    String json = HAPI.encodeResourceToString(bundle);
    ParsedVitals parsed = new ParsedVitals();
    ObservationVitals.parse(InputRecord.ofText("f", "1", json), parsed);
    assertEquals(byHapi(json), parsed.readings());
    assertEquals(n + 1, parsed.resources().size());
    assertFalse(parsed.resources().contains(null));
  }

  private static Patient patient() {
    Patient patient = new Patient();
    patient.addName().setFamily("Observation");
    return patient;
  }

  private static Observation randomObservation(Random random) {
    Observation o = new Observation();
    List<Observation.ObservationStatus> statuses =
        List.of(
            Observation.ObservationStatus.FINAL,
            Observation.ObservationStatus.FINAL,
            Observation.ObservationStatus.PRELIMINARY,
            Observation.ObservationStatus.CORRECTED,
            Observation.ObservationStatus.AMENDED,
            Observation.ObservationStatus.ENTEREDINERROR);
    o.setStatus(statuses.get(random.nextInt(statuses.size())));
    if (random.nextBoolean()) {
      o.setId("o" + random.nextInt(3));
    }
    if (random.nextBoolean()) {
      o.setIssued(new Date(4_426_000_000_000L + random.nextInt(1_000_000_000)));
    }
    if (random.nextBoolean()) {
      o.getMeta().setVersionId(Integer.toString(1 + random.nextInt(4)));
    }
    if (random.nextInt(3) == 0) {
      o.getMeta().setLastUpdated(new Date(4_426_000_000_000L + random.nextInt(1_000_000_000)));
    }
    o.setSubject(new Reference((random.nextBoolean() ? "" : "http://e.org/f/") + "Patient/p1"));
    Date time = new Date(4_426_000_000_000L + random.nextInt(1_000_000_000));
    switch (random.nextInt(3)) {
      case 0 -> o.setEffective(new DateTimeType(time));
      case 1 -> o.setEffective(new InstantType(time));
      default -> o.setEffective(new Period().setStart(time));
    }
    if (random.nextInt(3) == 0) {
      o.setCode(loinc("85354-9"));
      o.addComponent().setCode(loinc("8480-6")).setValue(quantity(random));
      o.addComponent().setCode(loinc("8462-4")).setValue(quantity(random));
      return o;
    }
    List<String> codes = Arrays.asList("8867-4", "9279-1", "2708-6", "8310-5", "67775-7", "1-1");
    String code = codes.get(random.nextInt(codes.size()));
    o.setCode(loinc(code));
    if (code.equals("67775-7")) {
      CodeableConcept level = new CodeableConcept();
      level.addCoding().setSystem("http://snomed.info/sct").setCode("450847001");
      o.setValue(level);
    } else if (random.nextInt(6) == 0) {
      o.setValue(new StringType("60"));
    } else {
      o.setValue(quantity(random));
    }
    return o;
  }

  private static CodeableConcept loinc(String code) {
    CodeableConcept concept = new CodeableConcept();
    concept.addCoding().setSystem("http://snomed.info/sct").setCode("8867-4");
    concept.addCoding().setSystem(VitalKind.LOINC).setCode(code).setDisplay("d");
    return concept;
  }

  private static Quantity quantity(Random random) {
    Quantity q = new Quantity();
    q.setValue(new BigDecimal(random.nextInt(100_000)).movePointLeft(random.nextInt(6)));
    if (random.nextBoolean()) {
      q.setUnit("beats a minute");
    }
    if (random.nextBoolean()) {
      q.setSystem("http://unitsofmeasure.org").setCode("/min");
    }
    if (random.nextInt(8) == 0) {
      q.setComparator(Quantity.QuantityComparator.LESS_THAN);
    }
    return q;
  }
}
