package org.healthbeam.transforms.vital;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.annotation.Nullable;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.outcome.InputRecord;
import org.healthbeam.core.vital.read.CsvVitals;
import org.healthbeam.core.vital.read.KindCodes;
import org.healthbeam.core.vital.read.ObservationVitals;
import org.healthbeam.core.vital.read.ParsedVitals;

/** Reads a record in whichever format it is. */
final class RecordParser implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int TABLES_REMEMBERED = 256;

  private final ParseVitals.Settings settings;
  private transient KindCodes kinds;
  private transient ZoneId zone;
  private transient Map<String, CsvVitals> tables;

  /** The source of the record before, what its name says, and its table if that is known. */
  private transient String source;

  @Nullable private transient RecordFormat named;
  @Nullable private transient CsvVitals table;

  RecordParser(ParseVitals.Settings settings) {
    this.settings = settings;
  }

  /** Loads what it needs; again has no effect. */
  void setUp() throws InvalidMapException, IOException {
    if (tables != null) {
      return;
    }
    zone = ZoneId.of(settings.zone());
    kinds =
        settings.maps() == null
            ? KindCodes.LOINC
            : KindCodes.with(settings.maps().load(), settings.tableSystem());
    tables =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, CsvVitals> eldest) {
            return size() > TABLES_REMEMBERED;
          }
        };
  }

  /** Adds what a record holds; false if it is of a format that is not expected. */
  boolean parse(InputRecord record, ParsedVitals content) {
    if (!record.source().equals(source)) {
      named = RecordFormat.ofName(record.source());
      table = null;
      source = record.source();
    }
    RecordFormat format = named == null ? RecordFormat.ofContent(record.bytes()) : named;
    if (format == RecordFormat.JSON) {
      ObservationVitals.parse(record, kinds, content);
    } else if (format == RecordFormat.MESSAGE && settings.messages() != null) {
      settings.messages().parse(record, kinds, zone, content);
    } else if (format == RecordFormat.MESSAGE || settings.headers() == null) {
      return false;
    } else {
      if (table == null) {
        table = table(source, named == RecordFormat.ROW);
      }
      if (table == null) {
        return false;
      }
      table.parse(record, content);
    }
    return true;
  }

  /** {@return what reads the rows of a source; null if the source is no table} */
  @Nullable
  private CsvVitals table(String of, boolean byName) {
    CsvVitals known = tables.get(of);
    if (known == null) {
      String header;
      try {
        header = settings.headers().headerOf(of);
      } catch (FileNotFoundException | IllegalArgumentException e) {
        if (byName) {
          throw new IllegalStateException("The table " + of + " cannot be found", e);
        }
        return null;
      } catch (IOException e) {
        throw new UncheckedIOException("The header line of " + of + " cannot be read", e);
      }
      known = CsvVitals.withHeader(header, settings.columns(), zone, kinds);
      tables.put(of, known);
    }
    return known;
  }
}
