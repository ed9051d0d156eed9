package org.healthbeam.transforms.code;

import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.channels.Channels;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.apache.beam.sdk.io.FileSystems;
import org.apache.beam.sdk.io.fs.EmptyMatchTreatment;
import org.apache.beam.sdk.io.fs.MatchResult;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.InvalidMapException;
import org.healthbeam.core.code.MapCompiler;
import org.healthbeam.core.code.read.MapFormat;

/**
 * Which files of code maps a pipeline uses, and with which content: what travels to the workers.
 *
 * <p>The files are read and checked where the pipeline is built. Each JVM that works on the
 * pipeline reads them once and shares them between all threads and transforms; a file that has
 * changed since the pipeline was built fails the work rather than give other answers.
 */
public final class CodeMaps implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN_DIGITS = 12;

  /** A file and the SHA-256 of its bytes. */
  private record MapFile(String path, String sha256) implements Serializable {
    String version() {
      return "sha256:" + sha256.substring(0, SHOWN_DIGITS);
    }
  }

  private final ArrayList<MapFile> files;

  private CodeMaps(List<MapFile> files) {
    this.files = new ArrayList<>(files);
  }

  /**
   * Finds, reads and checks maps: FHIR ConceptMaps as {@code .json}, tables as {@code .tsv} and
   * {@code .csv}, each also gzipped ({@code .gz}).
   *
   * @param patterns files, folders and globs on any Beam file system; a folder or glob takes the
   *     files in it that are maps by their name
   * @throws InvalidMapException if a map breaks a rule, or all maps together have no entry; the
   *     message names the file, the place and the rule
   * @throws FileNotFoundException if a pattern matches no map
   */
  public static CodeMaps fromFiles(List<String> patterns) throws InvalidMapException, IOException {
    TreeMap<String, MapFile> files = new TreeMap<>();
    for (String pattern : patterns) {
      for (String path : paths(pattern)) {
        files.put(path, new MapFile(path, digest(path)));
      }
    }
    CodeMaps maps = new CodeMaps(List.copyOf(files.values()));
    maps.load();
    return maps;
  }

  /** Returns the compiled maps: those that are in this JVM already, if it has them. */
  public CodeMap load() throws InvalidMapException, IOException {
    return SharedCodeMaps.get(List.copyOf(files), this::compile);
  }

  CodeMap compile() throws InvalidMapException, IOException {
    try (MapCompiler compiler = new MapCompiler()) {
      for (MapFile file : files) {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(open(file.path()), digest)) {
          MapFormat format = MapFormat.ofName(file.path()).orElseThrow();
          format.read(new KeptOpen(in), file.path(), file.version(), compiler);
          in.transferTo(OutputStream.nullOutputStream());
        }
        if (!hex(digest).equals(file.sha256())) {
          throw new IOException(file.path() + " has changed since the pipeline was built");
        }
      }
      return CodeMap.over(List.of(compiler.compile()));
    }
  }

  /** A parser may end and close before the file does; the digest needs all of it. */
  private static final class KeptOpen extends FilterInputStream {
    KeptOpen(InputStream in) {
      super(in);
    }

    @Override
    public void close() {}
  }

  private static List<String> paths(String pattern) throws InvalidMapException, IOException {
    List<String> named = pattern.endsWith("/") ? List.of() : match(pattern);
    boolean asIs = named.size() == 1 && !isGlob(pattern);
    if (asIs && MapFormat.ofName(named.get(0)).isEmpty()) {
      throw new InvalidMapException(
          named.get(0), "", "is none of .json, .tsv, .csv, nor one of them with .gz");
    }
    List<String> found =
        named.isEmpty() ? match(pattern.endsWith("/") ? pattern + "*" : pattern + "/*") : named;
    List<String> maps = found.stream().filter(f -> MapFormat.ofName(f).isPresent()).toList();
    if (maps.isEmpty()) {
      throw new FileNotFoundException(
          found.isEmpty()
              ? pattern + ": no such file or folder"
              : pattern + ": none of the files is .json, .tsv or .csv");
    }
    return maps;
  }

  private static boolean isGlob(String pattern) {
    return pattern.chars().anyMatch(c -> c == '*' || c == '?' || c == '[' || c == '{');
  }

  private static List<String> match(String pattern) throws IOException {
    return FileSystems.match(pattern, EmptyMatchTreatment.ALLOW).metadata().stream()
        .map(MatchResult.Metadata::resourceId)
        .filter(id -> !id.isDirectory())
        .map(Object::toString)
        .toList();
  }

  private static InputStream open(String path) throws IOException {
    return Channels.newInputStream(
        FileSystems.open(FileSystems.matchSingleFileSpec(path).resourceId()));
  }

  private static String digest(String path) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(open(path), digest)) {
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

  @Override
  public String toString() {
    return "CodeMaps" + files.stream().map(MapFile::path).toList();
  }
}
