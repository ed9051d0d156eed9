package org.healthbeam.transforms.vital.alert;

import static org.healthbeam.transforms.vital.alert.ShownAlerts.T;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.function.Predicate;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.testing.CoderProperties;
import org.healthbeam.core.vital.VitalKind;
import org.healthbeam.core.vital.alert.Acknowledgement;
import org.healthbeam.core.vital.alert.Alert;
import org.healthbeam.core.vital.alert.AlertBurden;
import org.healthbeam.core.vital.alert.AlertInput;
import org.healthbeam.core.vital.alert.AlertPriority;
import org.healthbeam.core.vital.alert.AlertState;
import org.junit.jupiter.api.Test;

class AlertCodersTest {
  @Test
  void elementsSurviveTheirCoders() throws Exception {
    Alert alert =
        new Alert(
            "\u00e4",
            T,
            "r",
            AlertState.MISSING,
            AlertPriority.LOW,
            Double.NaN,
            "d",
            3,
            true,
            false);
    check(AlertCoder.of(), alert);
    check(AlertBurdenCoder.of(), new AlertBurden("a", java.time.LocalDate.EPOCH, 1, 2, 3, 5, 4));
    check(AcknowledgementCoder.of(), new Acknowledgement("a", T, ""));
    check(AlertInputCoder.of(), AlertInput.reading(T.toEpochMilli(), VitalKind.SPO2, 97));
    check(AlertInputCoder.of(), AlertInput.acknowledgement(T.toEpochMilli(), "r"));
    String longSubject = "\u00e4".repeat(70_000);
    check(AcknowledgementCoder.of(), new Acknowledgement(longSubject, T, longSubject));
    check(AlertInputCoder.of(), AlertInput.acknowledgement(T.toEpochMilli(), longSubject));
    for (Object element : List.of(alert, new Acknowledgement("MARK", T, ""))) {
      Predicate<String> shows = text -> text.contains("MARK") || text.contains("\u00e4");
      assertEquals(false, shows.test(element.toString()));
    }
  }

  private static <E> void check(Coder<E> coder, E value) throws Exception {
    CoderProperties.coderDecodeEncodeEqual(coder, value);
    CoderProperties.coderDeterministic(coder, value, value);
    CoderProperties.coderSerializable(coder);
    coder.verifyDeterministic();
  }
}
