package org.healthbeam.core.code.read;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapSink;

/** The formats that a file of maps may have, told apart by its name; each may be gzipped. */
public enum MapFormat {
  /** FHIR ConceptMap, R4 or R5. */
  CONCEPT_MAP_JSON(".json"),
  /** Tab-separated, without quotes. */
  TSV(".tsv"),
  /** Comma-separated, RFC 4180. */
  CSV(".csv");

  private final String suffix;

  MapFormat(String suffix) {
    this.suffix = suffix;
  }

  /** Returns the format of a file of this name, empty if it has none of them. */
  public static Optional<MapFormat> ofName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    String plain = lower.endsWith(".gz") ? lower.substring(0, lower.length() - 3) : lower;
    for (MapFormat format : values()) {
      if (plain.endsWith(format.suffix)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  /**
   * Tells a sink the maps of one file, gzipped or not.
   *
   * @param file its name
   * @param version of maps that state none and are not FHIR's: tables
   * @throws InvalidMapException if it breaks a rule of its format
   */
  public void read(InputStream in, String file, String version, MapSink sink)
      throws InvalidMapException, IOException {
    BufferedInputStream buffered = new BufferedInputStream(in);
    buffered.mark(2);
    boolean gzip = buffered.read() == 0x1f && buffered.read() == 0x8b;
    buffered.reset();
    try {
      InputStream plain = gzip ? new GZIPInputStream(buffered, 1 << 16) : buffered;
      switch (this) {
        case CONCEPT_MAP_JSON -> ConceptMapJson.read(plain, file).tell(sink);
        case TSV -> MapTable.read(plain, '\t', file, version, sink);
        case CSV -> MapTable.read(plain, ',', file, version, sink);
      }
    } catch (EOFException e) {
      throw new InvalidMapException(file, "", "ends in the middle: a truncated gzip file");
    } catch (ZipException e) {
      throw new InvalidMapException(file, "", "is a damaged gzip file");
    }
  }
}
