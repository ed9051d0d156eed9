package org.healthbeam.core.code.read;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import javax.annotation.Nullable;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapSink;

/**
 * Reads a FHIR package: the ConceptMaps and ValueSets among the resources in its folder {@code
 * package}. Examples, which stand in other folders, are left out.
 *
 * <p>Source: FHIR NPM package specification.
 */
final class FhirPackage {
  private static final String FOLDER = "package/";

  private FhirPackage() {}

  static void read(InputStream tar, String file, MapSink sink)
      throws InvalidMapException, IOException {
    boolean isPackage = false;
    TarArchiveInputStream in = new TarArchiveInputStream(tar);
    try {
      for (TarArchiveEntry entry = next(in); entry != null; entry = next(in)) {
        String name = entry.getName();
        isPackage |= name.equals(FOLDER + "package.json");
        if (entry.isFile() && isResource(name)) {
          FhirResources.readIfMap(new KeptOpen(in), file + "!" + name, sink);
        }
      }
    } catch (IllegalArgumentException e) {
      throw new InvalidMapException(file, "", "is not a FHIR package: a damaged tar file");
    }
    if (!isPackage) {
      throw new InvalidMapException(
          file, "", "is not a FHIR package: it has no " + FOLDER + "package.json");
    }
  }

  @Nullable
  private static TarArchiveEntry next(TarArchiveInputStream in) throws IOException {
    try {
      return in.getNextEntry();
    } catch (IOException e) {
      // What the library says about a header comes wrapped; what the file system says does not.
      if (e.getCause() instanceof IllegalArgumentException wrong) {
        throw wrong;
      }
      throw e;
    }
  }

  private static boolean isResource(String name) {
    return name.startsWith(FOLDER)
        && name.endsWith(".json")
        && name.indexOf('/', FOLDER.length()) < 0
        && !name.equals(FOLDER + "package.json")
        && !name.equals(FOLDER + ".index.json");
  }

  /** A parser closes what it has read; the archive goes on. */
  private static final class KeptOpen extends FilterInputStream {
    KeptOpen(InputStream in) {
      super(in);
    }

    @Override
    public void close() {}
  }
}
