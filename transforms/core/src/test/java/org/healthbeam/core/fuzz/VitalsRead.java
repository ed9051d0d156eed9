package org.healthbeam.core.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.unit.UnitConverter;
import org.healthbeam.core.vital.CanonicalValues;
import org.healthbeam.core.vital.VitalReading;
import org.healthbeam.core.vital.VitalSign;
import org.healthbeam.core.vital.read.CsvColumns;
import org.healthbeam.core.vital.read.CsvVitals;
import org.healthbeam.core.vital.read.KindCodes;
import org.healthbeam.core.vital.read.ObservationVitals;
import org.healthbeam.core.vital.read.ParsedVitals;
import org.healthbeam.core.vital.read.ResultMessage;
import org.healthbeam.core.vital.read.SegmentFields;

/**
 * What must hold of vital signs in any format: every resource and row has one outcome, every
 * measurement is read or refused in a sentence of ours, and what is read has a finite value or
 * takes one back.
 */
final class VitalsRead {
  private static final Pattern SENTENCE = Pattern.compile("[\\w ,;:.'\\[\\]/^-]+");
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  private static final CsvColumns COLUMNS =
      CsvColumns.renamed(List.of("status=state", "id=id", "issued=issued"));
  private static final CanonicalValues VALUES = new CanonicalValues(UnitConverter.ucum());
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z").plusSeconds(86_400);

  private VitalsRead() {}

  /** One resource or Bundle. */
  static boolean observation(byte[] bytes) {
    ParsedVitals parsed = new ParsedVitals();
    ObservationVitals.parse(new InputRecord("f", "1", bytes), parsed);
    return checked(parsed);
  }

  /** The first line is the header. */
  static boolean table(byte[] bytes) {
    String[] lines = new String(bytes, UTF_8).split("\n", -1);
    CsvVitals table = CsvVitals.withHeader(lines[0], COLUMNS, ZONE);
    boolean read = false;
    for (int i = 1; i < lines.length; i++) {
      ParsedVitals parsed = new ParsedVitals();
      table.parse(InputRecord.ofText("f", Integer.toString(i + 1), lines[i]), parsed);
      assertEquals(1, parsed.resources().size());
      read |= checked(parsed);
    }
    return read;
  }

  /**
   * Segments by bars and hats only: what they mean is fuzzed here, not how they are taken apart.
   */
  static boolean message(byte[] bytes) {
    String[] segments = new String(bytes, UTF_8).split("[\r\n]", -1);
    ParsedVitals parsed = new ParsedVitals();
    InputRecord record = new InputRecord("f", "1", bytes);
    ResultMessage message =
        new ResultMessage(record, new Bars(segments[0], 1), ZONE, KindCodes.LOINC, parsed);
    int observations = 0;
    for (int i = 1; i < segments.length; i++) {
      String name = segments[i].split("\\|", 2)[0];
      observations += name.equals("OBX") ? 1 : 0;
      message.segment(name, new Bars(segments[i], 0), segments[i].getBytes(UTF_8));
    }
    assertEquals(1 + observations, parsed.resources().size() + parsed.refusedResources().size());
    return checked(parsed);
  }

  private static final class Bars implements SegmentFields {
    private final String[] fields;
    private final int shift;

    Bars(String segment, int shift) {
      this.fields = segment.split("\\|", -1);
      this.shift = shift;
    }

    @Override
    public int repetitions(int field) {
      int at = field - shift;
      return at < 1 || at >= fields.length || fields[at].isEmpty() ? 0 : split(at).length;
    }

    @Override
    public String get(int field, int repetition, int component, int subcomponent) {
      if (repetition >= repetitions(field)) {
        return "";
      }
      String whole = part(split(field - shift)[repetition], "\\^", component);
      return part(whole, "&", subcomponent);
    }

    private static String part(String text, String separator, int number) {
      String[] parts = text.split(separator, -1);
      return number > parts.length ? "" : parts[number - 1];
    }

    private String[] split(int at) {
      return fields[at].split("~", -1);
    }
  }

  private static boolean checked(ParsedVitals parsed) {
    for (List<ParsedVitals.Refused> refused :
        List.of(parsed.refused(), parsed.refusedResources())) {
      for (ParsedVitals.Refused each : refused) {
        assertTrue(SENTENCE.matcher(each.why().detail()).matches(), each.why().detail());
      }
    }
    long selected = parsed.resources().stream().filter(ParsedVitals.SELECTED::equals).count();
    assertTrue(parsed.readings().size() + parsed.refused().size() >= selected);
    for (VitalReading reading : parsed.readings()) {
      assertEquals(reading.version().isWithdrawn(), !Double.isFinite(reading.value()));
      assertFalse(reading.subject().isBlank());
      assertTrue(reading.time().isBefore(LAST));
      try {
        VitalSign sign = VALUES.of(reading).sign();
        assertEquals(sign.version().isWithdrawn(), !Double.isFinite(sign.value()));
        assertTrue(sign.payload().length > 0);
      } catch (RejectedException e) {
        assertTrue(e.detail().length() < 120, e.detail());
      }
    }
    return !parsed.readings().isEmpty();
  }
}
