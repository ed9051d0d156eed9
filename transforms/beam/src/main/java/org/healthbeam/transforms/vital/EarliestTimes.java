package org.healthbeam.transforms.vital;

import java.io.IOException;
import java.io.UncheckedIOException;
import javax.annotation.Nullable;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.vital.VitalReading;
import org.healthbeam.core.vital.read.ParsedVitals;

/** What {@link ParseVitals#earliestTimes} describes. */
final class EarliestTimes implements SerializableFunction<InputRecord, Long> {
  private static final long serialVersionUID = 1L;
  private final RecordParser parser;

  EarliestTimes(RecordParser parser) {
    this.parser = parser;
  }

  @Override
  @Nullable
  public Long apply(InputRecord record) {
    try {
      parser.setUp();
    } catch (InvalidMapException e) {
      throw new IllegalStateException(e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ParsedVitals content = new ParsedVitals();
    parser.parse(record, content);
    Long earliest = null;
    for (VitalReading reading : content.readings()) {
      long time = reading.time().toEpochMilli();
      earliest = earliest == null ? time : Math.min(earliest, time);
    }
    return earliest;
  }
}
