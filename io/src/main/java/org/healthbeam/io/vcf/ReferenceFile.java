package org.healthbeam.io.vcf;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Serializable;
import java.lang.ref.SoftReference;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.core.variant.Region;
import org.healthbeam.core.variant.reference.ContigNames;
import org.healthbeam.core.variant.reference.KnownLines;
import org.healthbeam.core.variant.reference.KnownSites;
import org.healthbeam.core.variant.reference.Populations;
import org.healthbeam.core.variant.reference.Reference;
import org.healthbeam.core.variant.reference.RegionLines;
import org.healthbeam.io.text.SniffedFile;
import org.healthbeam.transforms.files.NamedFiles;

/**
 * A file on any Beam file system, plain or compressed, that each JVM reads once for all threads and
 * transforms. It stays in memory as long as somebody uses it, and while there is room.
 *
 * @param <T> what it is read as
 */
public final class ReferenceFile<T> implements Reference<T> {
  private static final long serialVersionUID = 1L;
  private static final Map<Key, SoftReference<Object>> LOADED = new HashMap<>();

  private record Key(String file, long bytes, long modified, Object how) {}

  /** Makes something of the lines of a file. */
  private interface Content<T> extends Serializable {
    T read(String name, BufferedReader lines) throws IOException;

    default Charset charset() {
      return StandardCharsets.UTF_8;
    }
  }

  private record Known(ContigNames names) implements Content<KnownSites> {
    @Override
    public KnownSites read(String name, BufferedReader lines) throws IOException {
      return KnownLines.read(name, lines, names);
    }

    /** The first columns are ASCII; so a line is as quick to make as it can be. */
    @Override
    public Charset charset() {
      return StandardCharsets.ISO_8859_1;
    }
  }

  private record OfPopulations() implements Content<Populations> {
    @Override
    public Populations read(String name, BufferedReader lines) throws IOException {
      return Populations.read(name, lines);
    }
  }

  private record OfRegions() implements Content<List<Region>> {
    @Override
    public List<Region> read(String name, BufferedReader lines) throws IOException {
      RegionLines regions = new RegionLines();
      List<Region> all = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        try {
          regions.line(line, all::add);
        } catch (RejectedException e) {
          // ReadRegions counts it.
        }
      }
      regions.end(all::add);
      return List.copyOf(all);
    }
  }

  private final String file;
  private final Content<T> content;

  private ReferenceFile(String file, Content<T> content) {
    this.file = file;
    this.content = content;
  }

  /**
   * {@return the known sites of a file; see {@link KnownLines}}
   *
   * @param file a VCF or a table
   * @param names tell which names mean one sequence
   */
  public static ReferenceFile<KnownSites> knownSites(String file, ContigNames names) {
    return new ReferenceFile<>(file, new Known(names));
  }

  /**
   * {@return the table of populations of a file; see {@link Populations}}
   *
   * @param file on any file system
   */
  public static ReferenceFile<Populations> populations(String file) {
    return new ReferenceFile<>(file, new OfPopulations());
  }

  /**
   * Returns the regions of a file; see {@link RegionLines}. Lines that are none are left out, and
   * are rejects of {@link ReadRegions}.
   *
   * @param file on any file system
   * @return the regions, which are read when they are first asked for
   */
  public static ReferenceFile<List<Region>> regions(String file) {
    return new ReferenceFile<>(file, new OfRegions());
  }

  @Override
  @SuppressWarnings("unchecked") // the key has what the content was read as
  public T load() throws IOException {
    MatchResult.Metadata found = NamedFiles.get(file);
    Key key = new Key(file, found.sizeBytes(), found.lastModifiedMillis(), content);
    synchronized (LOADED) {
      LOADED.values().removeIf(loaded -> loaded.refersTo(null));
      SoftReference<Object> loaded = LOADED.get(key);
      Object value = loaded == null ? null : loaded.get();
      if (value == null) {
        value = read(found);
        LOADED.put(key, new SoftReference<>(value));
      }
      return (T) value;
    }
  }

  private T read(MatchResult.Metadata found) throws IOException {
    try (SniffedFile sniffed = SniffedFile.open(found.resourceId());
        BufferedReader lines = sniffed.text(content.charset())) {
      return content.read(file, lines);
    }
  }
}
