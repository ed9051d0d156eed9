package org.healthbeam.core.vital.read;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.healthbeam.core.vital.ConsciousnessLevel;
import org.healthbeam.core.vital.ReadingVersion;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.VitalReading;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;

/** The readings of an Observation, told from HAPI's typed model. */
@SuppressWarnings("JavaUtilDate") // The typed model has no other time.
final class TypedVitals {
  private TypedVitals() {}

  static List<VitalReading> of(Observation o, String source, String position) {
    List<VitalReading> result = new ArrayList<>();
    ReadingVersion version = versionByHapi(o);
    Date time =
        o.hasEffectivePeriod()
            ? o.getEffectivePeriod().getStart()
            : o.hasEffectiveInstantType()
                ? o.getEffectiveInstantType().getValue()
                : o.getEffectiveDateTimeType().getValue();
    String subject = o.getSubject().getReferenceElement().getIdPart();
    if (o.hasValue()) {
      add(result, version, subject, time, o.getCode(), o.getValue());
    }
    for (Observation.ObservationComponentComponent c : o.getComponent()) {
      if (c.hasValue()) {
        add(result, version, subject, time, c.getCode(), c.getValue());
      }
    }
    return result.stream()
        // Times before 1970 are refused.
        .filter(r -> !r.time().isBefore(Instant.EPOCH))
        .map(
            r ->
                new VitalReading(
                    r.subject(),
                    r.kind(),
                    r.value(),
                    r.unit(),
                    r.coded(),
                    r.time(),
                    source,
                    position,
                    r.version()))
        .toList();
  }

  private static ReadingVersion versionByHapi(Observation o) {
    String number = o.getMeta().getVersionId();
    long order =
        o.getMeta().hasLastUpdated()
            ? ReadingVersion.orderOfTime(o.getMeta().getLastUpdated().getTime())
            : o.hasIssued()
                ? ReadingVersion.orderOfTime(o.getIssued().getTime())
                : number == null ? 0 : Long.parseLong(number);
    String id =
        o.hasIdentifier()
            ? o.getIdentifierFirstRep().getSystem() + "|" + o.getIdentifierFirstRep().getValue()
            : o.getIdElement().hasIdPart() ? o.getIdElement().getIdPart() : "";
    return switch (o.getStatus()) {
      case ENTEREDINERROR -> ReadingVersion.withdrawn(order, id);
      case CORRECTED, AMENDED -> ReadingVersion.corrected(order, id);
      default ->
          number != null && Long.parseLong(number) > 1
              ? ReadingVersion.corrected(order, id)
              : ReadingVersion.told(
                  o.getStatus() == Observation.ObservationStatus.PRELIMINARY
                      || o.getStatus() == Observation.ObservationStatus.REGISTERED,
                  order,
                  id);
    };
  }

  private static void add(
      List<VitalReading> to,
      ReadingVersion version,
      String subject,
      Date time,
      CodeableConcept code,
      Object value) {
    VitalKind kind =
        code.getCoding().stream()
            .filter(c -> VitalKind.LOINC.equals(c.getSystem()))
            .flatMap(c -> VitalKind.byLoinc(c.getCode()).stream())
            .findFirst()
            .orElse(null);
    if (kind == null) {
      return;
    }
    Instant when = Instant.ofEpochMilli(time.getTime());
    if (version.isWithdrawn()) {
      to.add(new VitalReading(subject, kind, Double.NaN, "", false, when, "f", "1", version));
    } else if (value instanceof Quantity q && !q.hasComparator()) {
      String unit = q.hasCode() ? q.getCode() : q.hasUnit() ? q.getUnit() : kind.unit();
      to.add(
          new VitalReading(
              subject, kind, q.getValue().doubleValue(), unit, false, when, "f", "1", version));
    } else if (value instanceof CodeableConcept c && kind == VitalKind.CONSCIOUSNESS) {
      double rank = ConsciousnessLevel.find(c.getCodingFirstRep().getCode()).orElseThrow().value();
      to.add(new VitalReading(subject, kind, rank, "", true, when, "f", "1", version));
    }
  }
}
