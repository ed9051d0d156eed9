package org.healthbeam.transforms.vital;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.healthbeam.core.outcome.PayloadHash;
import org.healthbeam.core.vital.ReadingVersion;
import org.healthbeam.core.vital.VitalReading;

/**
 * Replaces each reading's subject by its pseudonym, a keyed hash, and the hash of its observation's
 * id, where it has one, by a keyed one.
 *
 * <p>Input and output: readings, bounded or not, in any windows, one for one; nothing is rejected.
 * Apply it right after parsing, so that no identifier reaches a shuffle.
 *
 * <pre>{@code
 * readings.apply("Pseudonymize", Vitals.pseudonymize(PayloadHash.keyed(key)));
 * }</pre>
 */
public final class PseudonymizeSubjects
    extends PTransform<PCollection<VitalReading>, PCollection<VitalReading>> {
  private static final long serialVersionUID = 1L;

  private final PayloadHash hash;

  PseudonymizeSubjects(PayloadHash hash) {
    this.hash = hash;
  }

  @Override
  public PCollection<VitalReading> expand(PCollection<VitalReading> readings) {
    return readings
        .apply("Pseudonymize", ParDo.of(new PseudonymizeFn(hash)))
        .setCoder(VitalReadingCoder.of());
  }

  static final class PseudonymizeFn extends DoFn<VitalReading, VitalReading> {
    private static final long serialVersionUID = 1L;
    private static final int HEX_DIGITS = 16;
    private final PayloadHash hash;

    PseudonymizeFn(PayloadHash hash) {
      this.hash = hash;
    }

    @ProcessElement
    public void process(@Element VitalReading reading, OutputReceiver<VitalReading> out) {
      out.output(
          reading
              .withSubject(hash.pseudonym(reading.subject()))
              .withVersion(pseudonymized(reading.version())));
    }

    private ReadingVersion pseudonymized(ReadingVersion version) {
      if (version.observation() == 0) {
        return version;
      }
      String keyed = hash.pseudonym(Long.toHexString(version.observation()));
      return new ReadingVersion(
          version.status(),
          version.order(),
          Long.parseUnsignedLong(keyed.substring(0, HEX_DIGITS), 16));
    }
  }
}
