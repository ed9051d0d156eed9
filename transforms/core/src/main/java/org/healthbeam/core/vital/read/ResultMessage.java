package org.healthbeam.core.vital.read;

import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.annotation.Nullable;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.vital.ReadingVersion;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.VitalReading;

/**
 * What the segments of an HL7 v2 message of results (ORU^R01) mean, one after the other.
 *
 * <p>Source: HL7 v2.5.1, chapters 2 and 7. Each OBX is an observation; those whose OBX-3 is a
 * {@link VitalKind}, by its code or its alternate, are measurements:
 *
 * <ul>
 *   <li>subject: PID-3, the first repetition that is a medical record number (MR), else the first:
 *       {@code AUTHORITY|ID}, with the assigning authority (PID-3.4, an HD: its universal id, else
 *       its namespace), since an id is unique only among those that one authority assigns (section
 *       2.A.14); the id alone where none is named;
 *   <li>time: OBX-14, else OBR-7; a time without a zone is in that of MSH-7 (section 2.15.9.7),
 *       else in the one given;
 *   <li>value: OBX-5 as NM, as SN without comparator and with one number, as CE, CWE, CNE, IS or ID
 *       where the kind's values are codes, and as ST, TX or FT where the text is one of those;
 *   <li>unit: OBX-6, the coding of it that is UCUM, else its first code, else its first text; the
 *       kind's own only if all of OBX-6 is empty;
 *   <li>version: OBX-11 of C is a correction; D and W take back; I, N, O and X have no result; the
 *       others are results, of which P, R and S are preliminary. Versions are ordered by OBR-22,
 *       else MSH-7. The observation's id is OBX-21, else the order number (OBR-3, else OBR-2) with
 *       OBX-3 and OBX-4, which tells observations of one order apart (section 7.4.2.4); several of
 *       the same id and time in a message are told apart by their order.
 * </ul>
 */
public final class ResultMessage {
  private static final Set<String> NUMBERS = Set.of("NM", "ST", "TX", "FT");
  private static final Set<String> CODES = Set.of("CE", "CWE", "CNE", "CF", "IS", "ID");
  private static final Set<String> UCUM =
      Set.of("UCUM", "UCUM2", "http://unitsofmeasure.org", "2.16.840.1.113883.6.8");
  private static final Set<String> WITHOUT_TRIGGER = Set.of("2.1", "2.2");
  private static final int COMPONENTS = 9;
  private static final char UNDECODED = '\uFFFD';
  private static final String DELETED = "\"\"";
  private static final char AUTHORITY = '|';
  private static final String RESULTS = "CFPRSUV";
  private static final String PRELIMINARY = "PRS";
  private static final String TAKEN_BACK = "DW";
  private static final String NO_RESULTS = "INOX";

  private final InputRecord record;
  private final ZoneId zone;
  private final KindCodes kinds;
  private final ParsedVitals into;
  private final String sent;

  private String subject = "";
  private boolean patientLost;
  private String orderTime = "";
  private String orderNumber = "";
  private String orderChanged = "";
  private int observations;

  /** How often each observation of a time was told in this message. */
  private final Map<String, Integer> ofSameId = new HashMap<>();

  /**
   * Begins a message.
   *
   * @param record where the message stood
   * @param header the MSH segment
   * @param zone the zone of times for which the message names none
   * @param kinds which codes are vital signs
   * @param into takes the readings, and why others are none
   */
  public ResultMessage(
      InputRecord record, SegmentFields header, ZoneId zone, KindCodes kinds, ParsedVitals into) {
    this.record = record;
    this.sent = header.get(7, 1);
    this.zone = MessageTime.zoneOf(sent, zone);
    this.kinds = kinds;
    this.into = into;
    into.resource(ParsedVitals.MESSAGE);
  }

  /**
   * {@return whether a header is that of a message of results: ORU^R01, before v2.3 also ORU alone}
   *
   * @param header the MSH segment
   */
  public static boolean isResultMessage(SegmentFields header) {
    String trigger = header.get(9, 2);
    String structure = header.get(9, 3);
    boolean alone = structure.isEmpty() && WITHOUT_TRIGGER.contains(header.get(12, 1));
    return header.get(9, 1).equals("ORU")
        && (trigger.equals("R01") || (trigger.isEmpty() && (alone || structure.equals("ORU_R01"))));
  }

  /**
   * Says that a segment is broken that may have named another patient or order: what follows
   * belongs to nobody until the next patient.
   */
  public void losePatient() {
    subject = "";
    patientLost = true;
    beginOrder("", "", "");
  }

  /**
   * Takes the next segment; those that say nothing of a measurement are passed over.
   *
   * @param name of the segment, three characters
   * @param fields of the segment
   * @param payload the segment's bytes, for what is refused
   */
  public void segment(String name, SegmentFields fields, byte[] payload) {
    switch (name) {
      case "PID" -> {
        subject = subjectOf(fields);
        patientLost = false;
        beginOrder("", "", "");
      }
      case "OBR" -> {
        String filler = fields.get(3, 1);
        beginOrder(
            fields.get(7, 1), filler.isEmpty() ? fields.get(2, 1) : filler, fields.get(22, 1));
      }
      case "OBX" -> {
        observations++;
        observation(fields, payload);
      }
      default -> {}
    }
  }

  private void beginOrder(String time, String number, String changed) {
    orderTime = time;
    orderNumber = number;
    orderChanged = changed;
  }

  private static String subjectOf(SegmentFields pid) {
    String first = "";
    for (int i = 0; i < pid.repetitions(3); i++) {
      String id = pid.get(3, i, 1).strip();
      if (id.isEmpty() || id.equals(DELETED)) {
        continue;
      }
      id = subject(pid, i, id);
      if (pid.get(3, i, 5).equals("MR")) {
        return id;
      }
      first = first.isEmpty() ? id : first;
    }
    return first;
  }

  /** Puts before an id who assigned it. */
  private static String subject(SegmentFields pid, int repetition, String id) {
    String universal = pid.get(3, repetition, 4, 2).strip();
    String authority = isNothing(universal) ? pid.get(3, repetition, 4).strip() : universal;
    String known = ObservationVitals.subjectId(id);
    return isNothing(authority) ? known : authority + AUTHORITY + known;
  }

  private void observation(SegmentFields obx, byte[] payload) {
    if (obx.get(3, 1).isEmpty() && obx.get(3, 4).isEmpty()) {
      into.refuseResource(
          new RejectedException(RejectReason.MISSING_FIELD, "OBX-3 is absent"), payload, place());
      return;
    }
    KindCodes.Found kind = kindOf(obx);
    if (kind == null) {
      into.resource(ParsedVitals.NOT_A_VITAL_SIGN);
      return;
    }
    into.resource(ParsedVitals.SELECTED);
    try {
      into.reading(reading(obx, kind), new ParsedVitals.Receipt(sentMillis(), unit(obx)));
    } catch (RejectedException e) {
      into.refuse(e, payload, place());
    }
  }

  private String place() {
    return record.position() + "/OBX[" + observations + "]";
  }

  @Nullable
  private KindCodes.Found kindOf(SegmentFields obx) {
    // LOINC counts before what has to be looked up.
    for (int component = 1; component <= 4; component += 3) {
      KindCodes.Found found = KindCodes.findLoinc(obx.get(3, component + 2), obx.get(3, component));
      if (found != null) {
        return found;
      }
    }
    for (int component = 1; component <= 4; component += 3) {
      String code = obx.get(3, component);
      String system = obx.get(3, component + 2);
      KindCodes.Found found = system.isEmpty() ? kinds.findInTable(code) : kinds.find(system, code);
      if (found != null && !code.isEmpty()) {
        return found;
      }
    }
    return null;
  }

  private VitalReading reading(SegmentFields obx, KindCodes.Found kind) throws RejectedException {
    String observed = obx.get(14, 1);
    if (observed.isEmpty()) {
      observed = orderTime;
    }
    ReadingVersion version = version(obx.get(11, 1), obx, observed);
    if (subject.isEmpty()) {
      throw new RejectedException(
          RejectReason.MISSING_FIELD,
          patientLost
              ? "a broken segment before it may have named another patient"
              : "PID-3 is absent");
    }
    if (subject.indexOf(UNDECODED) >= 0) {
      throw new RejectedException(
          RejectReason.INVALID_FIELD, "PID-3 is not in the character set of MSH-18");
    }
    Instant time = MessageTime.parse(observed, zone);
    Measured measured =
        version.isWithdrawn() ? new Measured(Double.NaN, "", false) : measured(obx, kind);
    return new VitalReading(
        subject,
        kind.kind(),
        measured.value(),
        measured.unit(),
        measured.coded(),
        time,
        record.source(),
        place(),
        version);
  }

  private ReadingVersion version(String status, SegmentFields obx, String time)
      throws RejectedException {
    if (status.length() > 1 || (RESULTS + TAKEN_BACK + NO_RESULTS).indexOf(status) < 0) {
      throw new RejectedException(RejectReason.INVALID_FIELD, "OBX-11 is no result status");
    }
    if (!status.isEmpty() && NO_RESULTS.contains(status)) {
      throw new RejectedException(RejectReason.WITHDRAWN, "OBX-11 says that there is no result");
    }
    String id = decodedId(obx, time);
    if (!status.isEmpty() && TAKEN_BACK.contains(status)) {
      return ReadingVersion.withdrawn(order(), id);
    }
    return status.equals("C")
        ? ReadingVersion.corrected(order(), id)
        : ReadingVersion.told(!status.isEmpty() && PRELIMINARY.contains(status), order(), id);
  }

  private String decodedId(SegmentFields obx, String time) throws RejectedException {
    String id = observationId(obx);
    if (id.indexOf(UNDECODED) >= 0) {
      throw new RejectedException(
          RejectReason.INVALID_FIELD, "the observation's id is not in the character set of MSH-18");
    }
    if (id.isEmpty()) {
      return id;
    }
    int before = ofSameId.merge(id + " " + time, 1, Integer::sum) - 1;
    return before == 0 ? id : id + "#" + before;
  }

  private long sentMillis() {
    try {
      return MessageTime.parse(sent, zone).toEpochMilli();
    } catch (RejectedException e) {
      return 0;
    }
  }

  private long order() {
    for (String text : new String[] {orderChanged, sent}) {
      try {
        return ReadingVersion.orderOfTime(MessageTime.parse(text, zone).toEpochMilli());
      } catch (RejectedException e) {
        // The next one is asked.
      }
    }
    return 0;
  }

  private String observationId(SegmentFields obx) {
    String instance = obx.get(21, 1);
    if (!instance.isEmpty()) {
      return instance;
    }
    String part = obx.get(4, 1);
    String code = obx.get(3, 1).isEmpty() ? obx.get(3, 4) : obx.get(3, 1);
    return orderNumber.isEmpty() && part.isEmpty() ? "" : orderNumber + "/" + code + "/" + part;
  }

  private record Measured(double value, String unit, boolean coded) {}

  private static Measured measured(SegmentFields obx, KindCodes.Found kind)
      throws RejectedException {
    int values = obx.repetitions(5);
    String first = obx.get(5, 1).strip();
    String type = obx.get(2, 1);
    if (values == 0 || first.equals(DELETED) || isEmpty(obx)) {
      throw new RejectedException(RejectReason.MISSING_FIELD, "OBX-5 is absent");
    }
    if (values > 1) {
      throw new RejectedException(RejectReason.INVALID_VALUE, "OBX-5 has several values");
    }
    if (kind.kind().isCoded() && (CODES.contains(type) || NUMBERS.contains(type))) {
      for (int component : new int[] {1, 2, 4, 5, 9}) {
        Double code = CodedValues.find(kind.kind(), obx.get(5, component).strip());
        if (code != null) {
          return new Measured(code, "", true);
        }
      }
    }
    double value = number(obx, type, first);
    if (kind.kind() == VitalKind.CONSCIOUSNESS) {
      throw new RejectedException(RejectReason.INVALID_VALUE, "OBX-5 is no known code");
    }
    String unit = unit(obx);
    return new Measured(
        value, unit.isEmpty() ? kind.kind().unitImpliedBy(kind.name(), value) : unit, false);
  }

  private static boolean isEmpty(SegmentFields obx) {
    for (int component = 1; component <= 5; component++) {
      if (!obx.get(5, component).isBlank()) {
        return false;
      }
    }
    return true;
  }

  private static double number(SegmentFields obx, String type, String first)
      throws RejectedException {
    if (type.equals("SN")) {
      String comparator = first;
      if ((!comparator.isEmpty() && !comparator.equals("="))
          || !obx.get(5, 3).isEmpty()
          || !obx.get(5, 4).isEmpty()) {
        throw new RejectedException(
            RejectReason.INVALID_VALUE, "OBX-5 is a bound, a range or a ratio, not a value");
      }
      return NumberText.parse(obx.get(5, 2).strip());
    }
    if (!NUMBERS.contains(type)) {
      throw CODES.contains(type)
          ? new RejectedException(RejectReason.INVALID_VALUE, "OBX-5 is no known code")
          : new RejectedException(
              RejectReason.UNSUPPORTED, "OBX-2 is no value type that a vital sign has");
    }
    return NumberText.parse(first);
  }

  private static String unit(SegmentFields obx) throws RejectedException {
    for (int component = 1; component <= 4; component += 3) {
      String code = obx.get(6, component).strip();
      if (!code.isEmpty() && UCUM.contains(obx.get(6, component + 2))) {
        return code;
      }
    }
    for (int component : new int[] {1, 4, 2, 5, COMPONENTS}) {
      if (!isNothing(obx.get(6, component))) {
        return obx.get(6, component).strip();
      }
    }
    for (int component = 1; component < COMPONENTS; component++) {
      if (!isNothing(obx.get(6, component))) {
        throw new RejectedException(
            RejectReason.UNKNOWN_UNIT, "OBX-6 names a system but no unit of it");
      }
    }
    return "";
  }

  private static boolean isNothing(String component) {
    return component.isBlank() || component.strip().equals(DELETED);
  }
}
