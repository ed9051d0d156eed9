package org.healthbeam.io.hl7v2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.vital.ReadingVersion;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.VitalReading;
import org.healthbeam.core.vital.read.KindCodes;
import org.healthbeam.core.vital.read.ParsedVitals;
import org.junit.jupiter.api.Test;

class ResultMessagesTest {
  static final String MSH =
      "MSH|^~\\&|MON|ICU|EHR|H|20260302100500+0100||ORU^R01^ORU_R01|1|P|2.5.1";
  private static final String PID = "PID|1||4711^^^HOSP^MR||DOE^JANE";
  private static final String OBR = "OBR|1|P1|F1|8716-3^VITAL SIGNS^LN|||20260302100000";
  private static final String PULSE = "OBX|1|NM|8867-4^Heart rate^LN||72|/min^^UCUM|||||F";

  static ParsedVitals parse(byte[] bytes) {
    ParsedVitals parsed = new ParsedVitals();
    new ResultMessages()
        .parse(new InputRecord("f.hl7", "9", bytes), KindCodes.LOINC, ZoneId.of("UTC"), parsed);
    return parsed;
  }

  private static ParsedVitals parse(String... segments) {
    return parse(String.join("\r", segments).getBytes(StandardCharsets.UTF_8));
  }

  private static VitalReading reading(String obx) {
    ParsedVitals parsed = parse(MSH, PID, OBR, obx);
    assertEquals(List.of(), reasons(parsed), obx);
    return parsed.readings().get(0);
  }

  private static RejectReason refusal(String obx) {
    ParsedVitals parsed = parse(MSH, PID, OBR, obx);
    assertEquals(List.of(ParsedVitals.MESSAGE, ParsedVitals.SELECTED), parsed.resources(), obx);
    assertEquals(0, parsed.readings().size(), obx);
    assertEquals("9/OBX[1]", parsed.refused().get(0).position(), obx);
    return parsed.refused().get(0).why().reason();
  }

  private static List<RejectReason> reasons(ParsedVitals parsed) {
    List<RejectReason> reasons = new ArrayList<>();
    parsed.refusedResources().forEach(r -> reasons.add(r.why().reason()));
    parsed.refused().forEach(r -> reasons.add(r.why().reason()));
    return reasons;
  }

  @Test
  void observationIsReadWithSubjectTimeUnitAndPlace() {
    VitalReading reading = reading(PULSE + "|||20260302100130.25-0500");
    assertEquals(
        new VitalReading(
            "HOSP|4711",
            VitalKind.HEART_RATE,
            72,
            "/min",
            false,
            Instant.parse("2026-03-02T15:01:30.250Z"),
            "f.hl7",
            "9/OBX[1]",
            ReadingVersion.told(false, order("2026-03-02T09:05:00Z"), "F1/8867-4/")),
        reading);
  }

  @Test
  void timeIsThatOfTheOrderAndItsZoneThatOfTheMessage() {
    assertEquals(Instant.parse("2026-03-02T09:00:00Z"), reading(PULSE).time());
    ParsedVitals unzoned = parse(MSH.replace("+0100", ""), PID, OBR, PULSE);
    assertEquals(Instant.parse("2026-03-02T10:00:00Z"), unzoned.readings().get(0).time());
    for (String time : List.of("20260302", "2026030210", "202603021", "20260302256000", "x")) {
      assertEquals(RejectReason.INVALID_TIME, refusal(PULSE + "|||" + time), time);
    }
    ParsedVitals none = parse(MSH, PID, "OBR|1", PULSE);
    assertEquals(List.of(RejectReason.INVALID_TIME), reasons(none));
  }

  @Test
  void valueTypesAreReadAndWhatIsNoValueIsRefused() {
    assertEquals(97.5, reading("OBX|1|SN|59408-5^^LN||^97.5|%^^UCUM|||||F").value());
    assertEquals(97.5, reading("OBX|1|SN|59408-5^^LN||=^97.5|%^^UCUM|||||F").value());
    assertEquals(37.5, reading("OBX|1|ST|8310-5^^LN|| 37.5 |Cel^^UCUM|||||F").value());
    assertEquals(4, reading("OBX|1|CE|67775-7^^LN||U^Unresponsive^L||||||F").value());
    assertEquals(4, reading("OBX|1|CWE|67775-7^^LN||9^x^L^U^Unresponsive||||||F").value());
    assertEquals(0, reading("OBX|1|TX|67775-7^^LN||Alert||||||F").value());
    assertEquals(0, reading("OBX|1|ST|3150-6^^LN||air||||||F").value());
    for (String value :
        List.of(
            "SN|8867-4^^LN||>^100|/min",
            "SN|8867-4^^LN||^60^-^80|/min",
            "NM|8867-4^^LN||>100|/min",
            "NM|8867-4^^LN||1,5|/min",
            "ST|8867-4^^LN||fast|/min",
            "NM|8867-4^^LN||60~70|/min",
            "CE|8867-4^^LN||60^sixty^L|",
            "CE|67775-7^^LN||sleepy^^L|",
            "NM|67775-7^^LN||3|")) {
      assertEquals(RejectReason.INVALID_VALUE, refusal("OBX|1|" + value + "|||||F"), value);
    }
    assertEquals(RejectReason.UNSUPPORTED, refusal("OBX|1|ED|8867-4^^LN||a^b|/min|||||F"));
    for (String value :
        List.of("NM|8867-4^^LN|||/min", "NM|8867-4^^LN||\"\"|/min", "NM|8867-4^^LN")) {
      assertEquals(RejectReason.MISSING_FIELD, refusal("OBX|1|" + value), value);
    }
  }

  @Test
  void kindIsThatOfTheCodeOrItsAlternate() {
    VitalReading alternate =
        reading("OBX|1|NM|147842^MDC_ECG_HEART_RATE^MDC^8867-4^Heart rate^LN||72||||||F");
    assertEquals(VitalKind.HEART_RATE, alternate.kind());
    assertEquals("/min", alternate.unit());
    assertEquals(VitalKind.SPO2, reading("OBX|1|NM|59408-5||97||||||F").kind());
    assertEquals("Cel", reading("OBX|1|NM|8310-5^^LN||37|C^^L^Cel^^UCUM|||||F").unit());
    ParsedVitals other = parse(MSH, PID, OBR, "OBX|1|NM|147842^MDC_ECG_HEART_RATE^MDC||72");
    assertEquals(List.of(ParsedVitals.MESSAGE, ParsedVitals.NOT_A_VITAL_SIGN), other.resources());
  }

  static long order(String time) {
    return ReadingVersion.orderOfTime(Instant.parse(time).toEpochMilli());
  }

  @Test
  void observationsOfOneIdAndTimeInAMessageAreTwo() {
    String obx = "OBX|1|NM|8480-6^^LN||120|mm[Hg]|||||F|||2026030210%s";
    List<VitalReading> readings =
        parse(MSH, PID, OBR, obx.formatted("01"), obx.formatted("01"), obx.formatted("02"))
            .readings();
    long sent = order("2026-03-02T09:05:00Z");
    assertEquals(
        List.of("F1/8480-6/", "F1/8480-6/#1", "F1/8480-6/").stream()
            .map(i -> ReadingVersion.told(false, sent, i))
            .toList(),
        readings.stream().map(VitalReading::version).toList());
  }

  @Test
  void equalNumbersOfTwoAuthoritiesAreTwoSubjects() {
    for (Map.Entry<String, String> pid :
        Map.of(
                "4711^^^HOSP^MR", "HOSP|4711",
                "4711^^^WARD&1.2.3&ISO^MR", "1.2.3|4711",
                "4711^^^&1.2.4&ISO^MR", "1.2.4|4711",
                "4711^^^\"\"^MR", "4711",
                "4711", "4711")
            .entrySet()) {
      assertEquals(
          pid.getValue(),
          parse(MSH, "PID|1||" + pid.getKey(), OBR, PULSE).readings().get(0).subject());
    }
  }

  @Test
  void statusSaysWhatIsAResultACorrectionAndATakingBack() {
    String obx = "OBX|1|NM|8867-4^^LN|2|72|/min|||||";
    String id = "F1/8867-4/2";
    long sent = order("2026-03-02T09:05:00Z");
    for (String status : List.of("F", "U", "V", "")) {
      assertEquals(ReadingVersion.told(false, sent, id), reading(obx + status).version(), status);
    }
    for (String status : List.of("P", "R", "S")) {
      assertEquals(ReadingVersion.told(true, sent, id), reading(obx + status).version(), status);
    }
    assertEquals(ReadingVersion.corrected(sent, id), reading(obx + "C").version());
    assertEquals(ReadingVersion.withdrawn(sent, id), reading(obx + "D").version());
    assertEquals(ReadingVersion.withdrawn(sent, id), reading(obx + "W").version());
    assertEquals(
        ReadingVersion.withdrawn(sent, "F1/8867-4/"),
        reading("OBX|1|NM|8867-4^^LN||||||||D").version());
    String changed = OBR + "|||||||||||||||20260302101500";
    assertEquals(
        ReadingVersion.corrected(order("2026-03-02T09:15:00Z"), id),
        parse(MSH, PID, changed, obx + "C").readings().get(0).version());
    for (String status : List.of("X", "I", "N", "O")) {
      assertEquals(RejectReason.WITHDRAWN, refusal(obx + status), status);
    }
    assertEquals(RejectReason.INVALID_FIELD, refusal(obx + "Q"));
    assertEquals(RejectReason.INVALID_FIELD, refusal(obx + "FF"));
  }

  @Test
  void subjectIsTheRecordNumberOfTheGroupsPatient() {
    ParsedVitals parsed =
        parse(
            MSH,
            "PID|1||99^^^X^PI~4711^^^HOSP^MR",
            OBR,
            PULSE,
            "PID|2||Patient/5^^^X^PI",
            PULSE,
            OBR,
            PULSE,
            "PID|3",
            OBR,
            PULSE);
    assertEquals(
        List.of("HOSP|4711", "X|5"),
        parsed.readings().stream().map(VitalReading::subject).toList());
    // The second patient's first observation has no order, and so no time.
    assertEquals(List.of(RejectReason.INVALID_TIME, RejectReason.MISSING_FIELD), reasons(parsed));
  }

  @Test
  void otherEncodingCharactersAndEscapesAreHonoured() {
    ParsedVitals parsed =
        parse(
            "MSH$%~@#$A$B$C$D$20260302100500$$ORU%R01$1$P$2.3",
            "PID$1$$47@S@11%%%H%MR",
            "OBR$1$$$$$$20260302100000",
            "OBX$1$NM$8867-4%a@T@b%LN$$72$@F@min%%UCUM$$$$$F");
    assertEquals("H|47%11", parsed.readings().get(0).subject());
    assertEquals("$min", parsed.readings().get(0).unit());
  }

  @Test
  void textIsInTheCharacterSetOfTheHeader() {
    String header = MSH + "||||||8859/1";
    byte[] bytes =
        String.join("\r", header, "PID|1||\u00e4^^^^MR", OBR, PULSE)
            .getBytes(StandardCharsets.ISO_8859_1);
    assertEquals("\u00e4", parse(bytes).readings().get(0).subject());
    assertEquals("\u00e4", parse(MSH, "PID|1||\u00e4", OBR, PULSE).readings().get(0).subject());
  }

  @Test
  void messagesThatCannotBeReadAreRefusedWhole() {
    for (String header :
        List.of(
            "MSH",
            "MSH|",
            "MSH|^~\\",
            "MSH|^~\\|MON",
            "MSH|^^\\&|MON",
            "MSH|^~\\|&|MON",
            "MSHA^~\\&AMON",
            "PID|1||4711")) {
      ParsedVitals parsed = parse(header, PID, OBR, PULSE);
      assertEquals(List.of(RejectReason.MALFORMED), reasons(parsed), header);
      assertEquals(List.of(), parsed.resources(), header);
    }
    for (String header :
        List.of(
            MSH.replace("ORU^R01^ORU_R01", "ADT^A01^ADT_A01"),
            MSH.replace("ORU^R01^ORU_R01", "ORU^R40^ORU_R40"),
            MSH.replace("ORU^R01^ORU_R01", "ORU"),
            MSH.replace("|2.5.1", "|9.9"),
            MSH.replace("|2.5.1", ""))) {
      ParsedVitals parsed = parse(header, PID, OBR, PULSE);
      assertEquals(List.of(RejectReason.UNSUPPORTED), reasons(parsed), header);
    }
  }

  @Test
  void brokenSegmentDoesNotTakeTheOthersAlong() {
    ParsedVitals parsed = parse(MSH, PID, OBR, "OBX|2|NM", PULSE, "ZZZ|own", "garbage", "OB");
    assertEquals(1, parsed.readings().size());
    assertEquals(
        List.of("9/OBX[1]", "9/segment[7]", "9/segment[8]"),
        parsed.refusedResources().stream().map(ParsedVitals.Refused::position).toList());
    assertEquals(
        List.of(RejectReason.MISSING_FIELD, RejectReason.MALFORMED, RejectReason.MALFORMED),
        reasons(parsed));
  }

  @Test
  void afterABrokenPatientOrOrderNobodyIsMeasuredUntilTheNextPatient() {
    for (String broken : List.of("PI|2||B", "pid|2||B", "PID^2^^B", "OBR1|2", "obr|2", "x")) {
      ParsedVitals parsed = parse(MSH, PID, OBR, PULSE, broken, PULSE, OBR, PULSE, PID, OBR, PULSE);
      assertEquals(2, parsed.readings().size(), broken);
      assertEquals(
          List.of(RejectReason.MALFORMED, RejectReason.MISSING_FIELD, RejectReason.MISSING_FIELD),
          reasons(parsed),
          broken);
      assertEquals("9/OBX[2]", parsed.refused().get(0).position(), broken);
    }
  }

  @Test
  void eachMessageOfARecordIsReadByItself() {
    String other = "PID|1||4712^^^HOSP^MR";
    ParsedVitals parsed =
        parse("FHS|^~\\&", "BHS|^~\\&", MSH, PID, OBR, PULSE, MSH, other, OBR, PULSE, "BTS|2");
    assertEquals(
        List.of(
            ParsedVitals.BATCH,
            ParsedVitals.BATCH,
            ParsedVitals.MESSAGE,
            ParsedVitals.SELECTED,
            ParsedVitals.MESSAGE,
            ParsedVitals.SELECTED,
            ParsedVitals.BATCH),
        parsed.resources());
    assertEquals(
        List.of("HOSP|4711 9/message[1]/OBX[1]", "HOSP|4712 9/message[2]/OBX[1]"),
        parsed.readings().stream().map(r -> r.subject() + " " + r.position()).toList());
    ParsedVitals withoutPatient = parse(MSH, PID, OBR, PULSE, MSH, OBR, PULSE);
    assertEquals(1, withoutPatient.readings().size());
    ParsedVitals broken = parse(MSH, PID, OBR, PULSE, "MSH", PID, OBR, PULSE, "BTS|2", PID, PULSE);
    assertEquals(1, broken.readings().size());
    assertEquals(
        List.of("9/message[2]", "9/message[3]"),
        broken.refusedResources().stream().map(ParsedVitals.Refused::position).toList());
    String framed = "\u000B" + String.join("\r", MSH, PID, OBR, PULSE) + "\u001C\r";
    byte[] twice = (framed + framed).getBytes(StandardCharsets.UTF_8);
    assertEquals(2, parse(twice).readings().size());
    assertEquals(List.of(), reasons(parse(twice)));
  }

  @Test
  void unitIsImpliedOnlyWhereNoneIsNamed() {
    String weight = "OBX|1|NM|29463-7^^LN||70|";
    assertEquals("kg", reading(weight).unit());
    assertEquals("kg", reading(weight + "\"\"").unit());
    assertEquals("lb", reading(weight + "^lb").unit());
    assertEquals("[lb_av]", reading(weight + "^^^[lb_av]^pound^L").unit());
    assertEquals("pound", reading(weight + "^^^^pound").unit());
    assertEquals("mmol/L", reading("OBX|1|NM|2345-7^^LN||5|^mmol/L").unit());
    assertEquals(RejectReason.UNKNOWN_UNIT, refusal(weight + "^^UCUM"));
  }

  @Test
  void patientsWhoseIdsDoNotDecodeAreRefused() {
    for (String id : List.of("\u00c41", "\u00d61")) {
      byte[] bytes =
          String.join("\r", MSH, "PID|1||" + id, OBR, PULSE).getBytes(StandardCharsets.ISO_8859_1);
      assertEquals(List.of(), parse(bytes).readings());
      assertEquals(List.of(RejectReason.INVALID_FIELD), reasons(parse(bytes)));
    }
    // A name that does not decode harms nobody.
    byte[] name =
        String.join("\r", MSH, PID + "\u00c4", OBR, PULSE).getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(1, parse(name).readings().size());
    for (String set : List.of("ASCII", "UNICODE UTF-8", "utf-8", "8859/15", "ISO-8859-1")) {
      assertEquals(1, parse(MSH + "||||||" + set, PID, OBR, PULSE).readings().size(), set);
    }
    for (String set : List.of("BIG-5", "8859/12", "UNICODE UTF-16", "x")) {
      ParsedVitals parsed = parse(MSH + "||||||" + set, PID, OBR, PULSE);
      assertEquals(List.of(RejectReason.UNSUPPORTED), reasons(parsed), set);
    }
  }

  @Test
  void oldVersionsNameNoTrigger() {
    for (String version : List.of("2.1", "2.2")) {
      String header = MSH.replace("ORU^R01^ORU_R01", "ORU").replace("2.5.1", version);
      assertEquals(1, parse(header, PID, OBR, PULSE).readings().size(), version);
    }
    String other = MSH.replace("ORU^R01^ORU_R01", "ORU^R03").replace("2.5.1", "2.2");
    assertEquals(List.of(RejectReason.UNSUPPORTED), reasons(parse(other, PID, OBR, PULSE)));
  }

  @Test
  void segmentsEndAtAnyLineEndAndFramesAreNoPartOfThem() {
    String text = String.join("\r\n", "\u000B" + MSH, PID, "", OBR, PULSE) + "\r\n\u001C\r";
    assertEquals(1, parse(text.getBytes(StandardCharsets.UTF_8)).readings().size());
    assertEquals(List.of(ParsedVitals.BATCH), parse("FHS|^~\\&|MON").resources());
    assertEquals(List.of(ParsedVitals.BATCH), parse("BTS|3").resources());
    assertEquals(List.of(RejectReason.MALFORMED), reasons(parse("")));
  }

  @Property(tries = 2000)
  void noMessageBreaksItAndNoneIsLost(@ForAll Random random) {
    StringBuilder text = new StringBuilder(String.join("\r", MSH, PID, OBR, PULSE, PULSE));
    int changes = 1 + random.nextInt(8);
    String alphabet = "|^~\\&\r\nMOBXHSPID0-.\u00e4 ";
    for (int i = 0; i < changes && text.length() > 0; i++) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(3)) {
        case 0 -> text.setCharAt(at, alphabet.charAt(random.nextInt(alphabet.length())));
        case 1 -> text.delete(at, Math.min(text.length(), at + random.nextInt(30)));
        default -> text.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
      }
    }
    ParsedVitals parsed = parse(text.toString().getBytes(StandardCharsets.UTF_8));
    assertTrue(parsed.resources().size() + parsed.refusedResources().size() > 0);
    long selected = parsed.resources().stream().filter(ParsedVitals.SELECTED::equals).count();
    assertEquals(selected, parsed.readings().size() + parsed.refused().size());
  }
}
