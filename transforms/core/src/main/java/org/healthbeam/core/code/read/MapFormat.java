package org.healthbeam.core.code.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.healthbeam.core.code.CompiledMaps;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapSink;

/**
 * The formats that a file of maps may have, told apart by its name; each but the compiled one may
 * be gzipped. What layout a file of rows has, its first lines tell ({@link TableLayout}).
 */
public enum MapFormat {
  /** FHIR ConceptMap, R4 or R5, the ValueSets that they name, or a Bundle of them. */
  CONCEPT_MAP_JSON(".*\\.json"),
  /** Package of FHIR resources: a gzipped tar file. */
  FHIR_PACKAGE(".*\\.tgz"),
  /** Tab-separated, without quotes. */
  TSV(".*\\.tsv"),
  /** Comma-separated, RFC 4180. */
  CSV(".*\\.csv"),
  /**
   * Text as its publisher names it: general equivalence mappings, map reference sets of SNOMED CT.
   */
  TEXT("(gem_.*|.*i(9|10)gem|x?der2_.*(simple|complex|extended)map.*)\\.txt"),
  /** {@link CompiledMaps}. */
  COMPILED(".*" + Pattern.quote(CompiledMaps.SUFFIX));

  /** The names of all formats, for messages. */
  public static final String NAMES =
      ".json, .tsv, .csv, gem_….txt, …I9gem.txt, …I10gem.txt, der2_…Map….txt (each also with .gz),"
          + " .tgz or "
          + CompiledMaps.SUFFIX;

  private static final int HEAD = 1 << 13;

  private final Pattern name;

  MapFormat(String name) {
    this.name = Pattern.compile(name);
  }

  /**
   * {@return the format of a file of this name, empty if it has none of them}
   *
   * @param name of a file, with folders or without, in any case
   */
  public static Optional<MapFormat> ofName(String name) {
    String plain = plainName(name);
    for (MapFormat format : values()) {
      if (format.name.matcher(plain).matches()) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  /** {@return the name without folders and without {@code .gz}, in lower case} */
  private static String plainName(String name) {
    String lower = name.substring(name.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    return lower.endsWith(".gz") ? lower.substring(0, lower.length() - 3) : lower;
  }

  /**
   * Tells a sink the maps of one file, gzipped or not; not for compiled ones.
   *
   * @param in the file from its beginning
   * @param file its name
   * @param version of maps that state none and are not FHIR's: tables
   * @param sink takes the maps
   * @throws InvalidMapException if it breaks a rule of its format
   * @throws IOException if it cannot be read, or the sink cannot keep what it takes
   */
  public void read(InputStream in, String file, String version, MapSink sink)
      throws InvalidMapException, IOException {
    read(in, file, version, LeftOut.nothing(), sink);
  }

  void read(InputStream in, String file, String version, LeftOut leftOut, MapSink sink)
      throws InvalidMapException, IOException {
    Gunzip.reading(
        in,
        file,
        plain -> {
          switch (this) {
            case CONCEPT_MAP_JSON -> FhirResources.read(plain, file, sink);
            case FHIR_PACKAGE -> FhirPackage.read(plain, file, leftOut, sink);
            case TSV, TEXT -> readRows(plain, '\t', file, version, sink);
            case CSV -> readRows(plain, ',', file, version, sink);
            case COMPILED -> throw new IllegalStateException("a compiled map is opened, not read");
          }
          return null;
        });
  }

  private static void readRows(
      InputStream in, char delimiter, String file, String version, MapSink sink)
      throws InvalidMapException, IOException {
    in.mark(HEAD);
    String head = new String(in.readNBytes(HEAD), StandardCharsets.UTF_8);
    in.reset();
    TableLayout.of(plainName(file), head).read(in, delimiter, file, version, sink);
  }
}
