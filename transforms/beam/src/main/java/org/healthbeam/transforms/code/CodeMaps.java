package org.healthbeam.transforms.code;

import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import javax.annotation.Nullable;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.CompiledMaps;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapCompiler;
import org.healthbeam.core.code.MapSink;
import org.healthbeam.core.code.ReversedMaps;
import org.healthbeam.core.code.read.LeftOut;
import org.healthbeam.core.code.read.MapFiles;
import org.healthbeam.core.code.read.MapFormat;
import org.healthbeam.core.code.read.MapSource;
import org.healthbeam.transforms.files.NamedFiles;

/**
 * Which files of code maps a pipeline uses, and with which content: what travels to the workers.
 *
 * <p>The files are read and checked where the pipeline is built. Each JVM that works on the
 * pipeline reads them once and shares them between all threads and transforms; a file that has
 * changed since the pipeline was built fails the work rather than give other answers. A compiled
 * map ({@code .hbmap}) is mapped into memory where it is local, and copied to a temporary file
 * where it is not; all others are compiled by each JVM.
 */
public final class CodeMaps implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN_DIGITS = 12;

  /** A file and what its content is known by: a SHA-256 of its bytes, or of a compiled map's. */
  private record MapFile(String path, String sha256) implements Serializable {
    String version() {
      return "sha256:" + sha256.substring(0, SHOWN_DIGITS);
    }

    boolean isCompiled() {
      return MapFormat.ofName(path).equals(Optional.of(MapFormat.COMPILED));
    }
  }

  private final ArrayList<MapFile> files;
  private final ArrayList<String> used;
  private final boolean latest;
  private final boolean reversed;

  /** Files in packages that are left out, with the reason. */
  private final TreeMap<String, String> leftOut;

  // Keeps what was checked here, so that a pipeline that runs here does not read it again.
  @Nullable private transient CodeMap loaded;

  private CodeMaps(
      List<MapFile> files,
      List<String> used,
      boolean latest,
      boolean reversed,
      Map<String, String> leftOut) {
    this.files = new ArrayList<>(files);
    this.leftOut = new TreeMap<>(leftOut);
    this.used = new ArrayList<>(used);
    this.latest = latest;
    this.reversed = reversed;
  }

  /** {@return the path and the digest of each file, one after the other: for the coder} */
  List<String> pathsAndDigests() {
    List<String> texts = new ArrayList<>(2 * files.size());
    for (MapFile file : files) {
      texts.add(file.path());
      texts.add(file.sha256());
    }
    return texts;
  }

  List<String> used() {
    return used;
  }

  boolean isLatest() {
    return latest;
  }

  boolean isReversed() {
    return reversed;
  }

  static CodeMaps of(
      List<String> pathsAndDigests,
      List<String> used,
      boolean latest,
      boolean reversed,
      Map<String, String> leftOut) {
    List<MapFile> files = new ArrayList<>();
    for (int i = 0; i < pathsAndDigests.size(); i += 2) {
      files.add(new MapFile(pathsAndDigests.get(i), pathsAndDigests.get(i + 1)));
    }
    return new CodeMaps(files, used, latest, reversed, leftOut);
  }

  /**
   * Finds, reads and checks maps: FHIR ConceptMaps, the ValueSets that they name, and Bundles of
   * them as {@code .json}, tables as {@code .tsv} and {@code .csv}, each also gzipped ({@code
   * .gz}), FHIR packages ({@code .tgz}), and compiled maps ({@code .hbmap}).
   *
   * @param patterns files, folders and globs on any Beam file system; a folder or glob takes the
   *     files in it that are maps by their name
   * @return the maps, which are read and checked
   * @throws InvalidMapException if a map breaks a rule, all maps together have no entry, or a
   *     pattern is empty; the message names the file, the place and the rule
   * @throws FileNotFoundException if a pattern matches no map
   */
  public static CodeMaps fromFiles(List<String> patterns) throws InvalidMapException, IOException {
    return find(patterns).read();
  }

  /**
   * As {@link #fromFiles}, without reading them yet.
   *
   * @param patterns files, folders and globs
   * @return the maps, of which nothing but the names is known
   * @throws FileNotFoundException if a pattern matches no map
   * @throws InvalidMapException if a map breaks a rule of its format
   */
  public static CodeMaps find(List<String> patterns) throws InvalidMapException, IOException {
    TreeMap<String, MapFile> files = new TreeMap<>();
    for (String pattern : patterns) {
      for (MatchResult.Metadata found : MapPaths.find(pattern)) {
        String path = found.resourceId().toString();
        files.put(path, new MapFile(path, digest(path)));
      }
    }
    return new CodeMaps(List.copyOf(files.values()), List.of(), false, false, Map.of());
  }

  /**
   * {@return the same files, of which only some maps are asked; the others only where a map that is
   * asked names them as its {@code other-map}} Without this all maps are asked, and none of them
   * may be there in several versions.
   *
   * @param maps {@code url} or {@code url|version}; one that is not there is an error when the maps
   *     are read; none named: all maps
   */
  public CodeMaps using(List<String> maps) {
    return new CodeMaps(files, maps, false, reversed, leftOut);
  }

  /**
   * {@return the same files, of which the latest version of each map is asked; earlier ones only
   * where a map that is asked names them, with their version, as its {@code other-map}} Versions
   * are numbers, dates or semantic versions; where it cannot be told which is the later one, that
   * is an error when the maps are read.
   */
  public CodeMaps latestVersions() {
    return new CodeMaps(files, List.of(), true, reversed, leftOut);
  }

  /**
   * {@return the same maps turned round, from their targets to their sources ({@link
   * ReversedMaps})} Maps are one-way: what comes out are all codes that might be mapped to a code.
   */
  public CodeMaps reversed() {
    return new CodeMaps(files, used, latest, true, leftOut);
  }

  /**
   * Reads and checks the maps here and now.
   *
   * @return these maps
   * @throws IOException if a file cannot be read
   * @throws InvalidMapException if a map breaks a rule of its format
   */
  public CodeMaps read() throws InvalidMapException, IOException {
    loaded = load();
    return this;
  }

  /**
   * Reads and checks the maps here and now, without the files in FHIR packages that cannot be used:
   * that break a rule, or name a map or a value set that is not there. A file is left out as a
   * whole. Other files are refused as by {@link #read}.
   *
   * <p>The maps are read again as long as a file was found to be left out.
   *
   * @return these maps without those; {@link #leftOut} names them
   * @throws IOException if a file cannot be read
   * @throws InvalidMapException if a map breaks a rule of its format
   */
  public CodeMaps readWithoutBroken() throws InvalidMapException, IOException {
    CodeMaps rest = this;
    while (true) {
      LeftOut out = LeftOut.theseAndMore(rest.leftOut);
      try {
        CodeMap map = rest.compile(out);
        if (out.reasons().size() == rest.leftOut.size()) {
          rest.loaded = SharedCodeMaps.get(rest.content(), () -> map);
          return rest;
        }
      } catch (InvalidMapException e) {
        out.take(files.stream().map(MapFile::path).toList(), e);
      }
      rest = new CodeMaps(files, used, latest, reversed, out.reasons());
    }
  }

  /**
   * {@return the files in packages that are left out, {@code archive!name}, each with the reason, a
   * sentence that names the file, the place and the rule}
   */
  public SortedMap<String, String> leftOut() {
    return Collections.unmodifiableSortedMap(leftOut);
  }

  /**
   * {@return the compiled maps: those that are in this JVM already, if it has them}
   *
   * @throws IOException if a file cannot be read
   * @throws InvalidMapException if a map breaks a rule of its format
   */
  public CodeMap load() throws InvalidMapException, IOException {
    CodeMap mine = loaded;
    return mine != null && !mine.hasChanged() ? mine : SharedCodeMaps.get(content(), this::compile);
  }

  /** {@return what the maps are known by: two with the same content are the same} */
  private Object content() {
    return List.of(
        List.copyOf(files), List.copyOf(used), latest, reversed, List.copyOf(leftOut.keySet()));
  }

  CodeMap compile() throws InvalidMapException, IOException {
    return compile(LeftOut.these(leftOut));
  }

  private CodeMap compile(LeftOut out) throws InvalidMapException, IOException {
    List<CompiledMaps> compiled = compiled(out);
    return latest ? CodeMap.latestOf(compiled) : CodeMap.over(compiled, used);
  }

  /**
   * {@return the maps one compiled file after another, and in the end those that were not}
   *
   * @throws IOException if a file cannot be read
   * @throws InvalidMapException if a map breaks a rule of its format
   */
  public List<CompiledMaps> compiled() throws InvalidMapException, IOException {
    return compiled(LeftOut.these(leftOut));
  }

  private List<CompiledMaps> compiled(LeftOut out) throws InvalidMapException, IOException {
    List<CompiledMaps> result = new ArrayList<>();
    List<Checked> others = new ArrayList<>();
    for (MapFile file : files) {
      if (file.isCompiled()) {
        result.add(reversed ? reverse(open(file)) : open(file));
      } else {
        others.add(new Checked(file));
      }
    }
    if (!others.isEmpty()) {
      try (MapCompiler compiler = new MapCompiler()) {
        MapFiles.tell(others, out, sink(compiler));
        result.add(compiler.compile());
      }
    }
    return result;
  }

  private MapSink sink(MapCompiler compiler) {
    return reversed ? new ReversedMaps(compiler) : compiler;
  }

  private static CompiledMaps reverse(CompiledMaps maps) throws InvalidMapException, IOException {
    try (MapCompiler compiler = new MapCompiler()) {
      maps.tell(new ReversedMaps(compiler));
      return compiler.compile();
    }
  }

  /**
   * Compiles these maps into one file.
   *
   * @param file on the local file system; replaced if it is there
   * @param progress is told now and then how many statements have been read
   * @throws IOException if a file cannot be read, or this one not be written
   * @throws InvalidMapException if a map breaks a rule of its format
   */
  public void compileTo(Path file, LongConsumer progress) throws InvalidMapException, IOException {
    try (MapCompiler compiler = new MapCompiler(progress)) {
      List<Checked> sources = new ArrayList<>();
      for (MapFile each : files) {
        if (each.isCompiled()) {
          throw new InvalidMapException(each.path(), "", "is compiled already");
        }
        sources.add(new Checked(each));
      }
      MapFiles.tell(sources, LeftOut.these(leftOut), sink(compiler));
      compiler.writeTo(file);
    }
  }

  private static CompiledMaps open(MapFile file) throws InvalidMapException, IOException {
    if (NamedFiles.resource(file.path()).getScheme().equals("file")) {
      CompiledMaps maps = CompiledMaps.open(Path.of(file.path()), file.path());
      refuseChanged(file, digest(file.path()));
      return maps;
    }
    Path copy = Files.createTempFile("healthbeam-map-", CompiledMaps.SUFFIX);
    try {
      try (InputStream in = NamedFiles.open(file.path())) {
        Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
      }
      refuseChanged(file, digest(copy.toString()));
      return CompiledMaps.open(copy, file.path());
    } finally {
      // What is mapped stays readable; where the system forbids it, the JVM deletes it at its end.
      if (!copy.toFile().delete()) {
        copy.toFile().deleteOnExit();
      }
    }
  }

  private static void refuseChanged(MapFile file, String sha256) throws IOException {
    if (!sha256.equals(file.sha256())) {
      throw new IOException(file.path() + " has changed since the pipeline was built");
    }
  }

  /** A file that is read to its end, and whose bytes must be those that were there before. */
  private record Checked(MapFile file) implements MapSource {
    @Override
    public String path() {
      return file.path();
    }

    @Override
    public String version() {
      return file.version();
    }

    @Override
    public InputStream open() throws IOException {
      MessageDigest digest = sha256();
      InputStream all = new DigestInputStream(NamedFiles.open(file.path()), digest);
      return new FilterInputStream(all) {
        private boolean closed;

        @Override
        public void close() throws IOException {
          if (closed) {
            return;
          }
          closed = true;
          // A parser may end before the file does; the digest needs all of it.
          try (all) {
            all.transferTo(OutputStream.nullOutputStream());
          }
          refuseChanged(file, hex(digest));
        }
      };
    }
  }

  private static String digest(String path) throws InvalidMapException, IOException {
    if (MapFormat.ofName(path).equals(Optional.of(MapFormat.COMPILED))) {
      try (ReadableByteChannel channel = FileSystems.open(NamedFiles.resource(path))) {
        return CompiledMaps.identity(channel, path);
      }
    }
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(NamedFiles.open(path), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return hex(digest);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("The Java platform lacks SHA-256", e);
    }
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Whether the files and their contents are the same, and what is asked of them. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof CodeMaps maps && content().equals(maps.content());
  }

  @Override
  public int hashCode() {
    return content().hashCode();
  }

  @Override
  public String toString() {
    return "CodeMaps"
        + files.stream().map(MapFile::path).toList()
        + (used.isEmpty() ? "" : " using " + used)
        + (latest ? " in their latest versions" : "")
        + (reversed ? " reversed" : "")
        + (leftOut.isEmpty() ? "" : " without " + leftOut.keySet());
  }
}
