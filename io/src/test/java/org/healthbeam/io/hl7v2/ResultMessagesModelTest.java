package org.healthbeam.io.hl7v2;

import static org.healthbeam.io.hl7v2.ResultMessagesTest.MSH;
import static org.healthbeam.io.hl7v2.ResultMessagesTest.order;
import static org.healthbeam.io.hl7v2.ResultMessagesTest.parse;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.Composite;
import ca.uhn.hl7v2.model.Primitive;
import ca.uhn.hl7v2.model.Varies;
import ca.uhn.hl7v2.model.v251.datatype.CE;
import ca.uhn.hl7v2.model.v251.datatype.CX;
import ca.uhn.hl7v2.model.v251.datatype.NM;
import ca.uhn.hl7v2.model.v251.group.ORU_R01_OBSERVATION;
import ca.uhn.hl7v2.model.v251.group.ORU_R01_ORDER_OBSERVATION;
import ca.uhn.hl7v2.model.v251.group.ORU_R01_PATIENT_RESULT;
import ca.uhn.hl7v2.model.v251.message.ORU_R01;
import ca.uhn.hl7v2.model.v251.segment.OBX;
import ca.uhn.hl7v2.parser.PipeParser;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.healthbeam.core.vital.ReadingVersion;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.VitalReading;

/** Messages are read as HAPI's typed model of them says. */
class ResultMessagesModelTest {
  /** What HAPI's typed model of v2.5.1 says of the same message. */
  private static List<VitalReading> byTypedModel(String text) throws HL7Exception {
    List<VitalReading> readings = new ArrayList<>();
    try (DefaultHapiContext context = new DefaultHapiContext()) {
      context.setValidationContext(ValidationContextFactory.noValidation());
      ORU_R01 message = (ORU_R01) new PipeParser(context).parse(text);
      int n = 0;
      Map<String, Integer> ofSameId = new HashMap<>();
      for (ORU_R01_PATIENT_RESULT patient : message.getPATIENT_RESULTAll()) {
        CX identifier = patient.getPATIENT().getPID().getPatientIdentifierList(0);
        String subject =
            identifier.getAssigningAuthority().getNamespaceID().getValue()
                + "|"
                + identifier.getIDNumber().getValue();
        for (ORU_R01_ORDER_OBSERVATION order : patient.getORDER_OBSERVATIONAll()) {
          Calendar ordered = order.getOBR().getObservationDateTime().getTime().getValueAsCalendar();
          for (ORU_R01_OBSERVATION observation : order.getOBSERVATIONAll()) {
            OBX obx = observation.getOBX();
            n++;
            boolean timed = !obx.getDateTimeOfTheObservation().getTime().isEmpty();
            Calendar time =
                timed ? obx.getDateTimeOfTheObservation().getTime().getValueAsCalendar() : ordered;
            CE code = obx.getObservationIdentifier();
            VitalKind kind =
                VitalKind.byLoinc(String.valueOf(code.getIdentifier().getValue())).orElse(null);
            Varies value = obx.getObservationValue(0);
            if (kind == null || !(value.getData() instanceof NM || isStructured(value))) {
              continue;
            }
            String number =
                value.getData() instanceof NM nm
                    ? nm.getValue()
                    : ((Primitive) ((Composite) value.getData()).getComponent(1)).getValue();
            String unit = obx.getUnits().getIdentifier().getValue();
            String id =
                order.getOBR().getFillerOrderNumber().getEntityIdentifier().getValue()
                    + "/"
                    + code.getIdentifier().getValue()
                    + "/";
            int before = ofSameId.merge(id + time.toInstant(), 1, Integer::sum) - 1;
            readings.add(
                new VitalReading(
                    subject,
                    kind,
                    Double.parseDouble(number),
                    unit == null ? kind.unit() : unit,
                    false,
                    time.toInstant(),
                    "f.hl7",
                    "9/OBX[" + n + "]",
                    ReadingVersion.told(
                        false,
                        order("2026-03-02T09:05:00Z"),
                        before == 0 ? id : id + "#" + before)));
          }
        }
      }
    }
    return readings;
  }

  private static boolean isStructured(Varies value) {
    return value.getData().getName().equals("SN");
  }

  @Property(tries = 60)
  void readsTheSameAsTheTypedModel(@ForAll Random random) throws HL7Exception {
    List<String> segments = new ArrayList<>(List.of(MSH));
    int patients = 1 + random.nextInt(3);
    for (int p = 0; p < patients; p++) {
      segments.add("PID|1||" + (100 + p) + "^^^H^MR");
      segments.add("PV1|1|I");
      int orders = 1 + random.nextInt(3);
      for (int o = 0; o < orders; o++) {
        segments.add("ORC|RE");
        segments.add("OBR|1|P" + o + "|F" + o + "|x^y^L|||2026030210" + (10 + o) + "00+0100");
        int observations = 1 + random.nextInt(4);
        for (int i = 0; i < observations; i++) {
          segments.add(randomObservation(random));
          if (random.nextInt(5) == 0) {
            segments.add("NTE|1||a note with \\F\\ and \\.br\\ in it");
          }
        }
      }
    }
    String text = String.join("\r", segments);
    List<VitalReading> expected = byTypedModel(text);
    assertEquals(expected, parse(text.getBytes(StandardCharsets.UTF_8)).readings());
  }

  private static String randomObservation(Random random) {
    List<String> codes = List.of("8867-4", "9279-1", "59408-5", "8310-5", "1234-5");
    String code = codes.get(random.nextInt(codes.size()));
    String number = (30 + random.nextInt(100)) + (random.nextBoolean() ? "" : ".5");
    boolean structured = random.nextInt(3) == 0;
    return "OBX|1|"
        + (structured ? "SN" : "NM")
        + "|"
        + code
        + "^a \\T\\ b^LN||"
        + (structured ? "^" + number : number)
        + "|"
        + (random.nextBoolean() ? "u^^UCUM" : "")
        + "|||||F|||"
        + (random.nextBoolean() ? "" : "20260302" + (1000 + random.nextInt(50)) + "15.2-0500");
  }
}
