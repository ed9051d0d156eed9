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
  static final String FOLDER = "package/";

  private FhirPackage() {}

  static void read(InputStream tar, String file, LeftOut leftOut, MapSink sink)
      throws InvalidMapException, IOException {
    boolean isPackage = false;
    Archive archive = new Archive(tar);
    try {
      for (TarArchiveEntry entry = archive.next(); entry != null; entry = archive.next()) {
        String name = entry.getName();
        isPackage |= name.equals(FOLDER + "package.json");
        String part = file + "!" + name;
        if (entry.isFile() && isResource(name) && !leftOut.has(part)) {
          try {
            FhirResources.readIfMap(archive, part, sink);
          } catch (InvalidMapException e) {
            leftOut.take(part, e);
          }
        }
      }
    } catch (DamagedTar e) {
      throw new InvalidMapException(file, "", "is not a FHIR package: a damaged tar file");
    }
    if (!isPackage) {
      throw new InvalidMapException(
          file, "", "is not a FHIR package: it has no " + FOLDER + "package.json");
    }
  }

  private static boolean isResource(String name) {
    return name.startsWith(FOLDER)
        && name.endsWith(".json")
        && name.indexOf('/', FOLDER.length()) < 0
        && !name.equals(FOLDER + "package.json")
        && !name.equals(FOLDER + ".index.json");
  }

  /** What the library finds wrong in an archive, in whatever exception. */
  private static final class DamagedTar extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedTar(Exception cause) {
      super(cause);
    }
  }

  /** The content of one entry after another. A parser closes what it has read; this goes on. */
  private static final class Archive extends InputStream {
    private final Source source;
    private final TarArchiveInputStream entries;

    Archive(InputStream tar) {
      source = new Source(tar);
      entries = new TarArchiveInputStream(source);
    }

    @Nullable
    TarArchiveEntry next() throws IOException {
      try {
        return entries.getNextEntry();
      } catch (IOException | IllegalArgumentException e) {
        throw source.blame(e);
      }
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int start, int length) throws IOException {
      try {
        return entries.read(bytes, start, length);
      } catch (IOException | IllegalArgumentException e) {
        throw source.blame(e);
      }
    }
  }

  /** Keeps what was thrown below the archive, which is not the archive's fault. */
  private static final class Source extends FilterInputStream {
    @Nullable private IOException failure;

    Source(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      try {
        return super.read();
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    @Override
    public int read(byte[] bytes, int start, int length) throws IOException {
      try {
        return super.read(bytes, start, length);
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    @Override
    public long skip(long n) throws IOException {
      try {
        return super.skip(n);
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    IOException blame(Exception thrown) {
      return failure == null ? new DamagedTar(thrown) : failure;
    }
  }
}
