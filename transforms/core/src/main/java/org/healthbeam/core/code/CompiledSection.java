package org.healthbeam.core.code;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that one map says about the codes of one source system. Immutable; the bytes may be mapped
 * from a file and are read by all threads.
 *
 * <p>An entry is a code, the number of its statements, and these. Entries are sorted by the bytes
 * of their codes. A table with open addressing leads from the hash of a code to its entry; what
 * decides is the code itself.
 */
final class CompiledSection {
  /** Bytes of a place in the table: where the entry is, plus one, and eight bits of the hash. */
  static final int PLACE = 5;

  private final MapId map;
  private final String source;
  private final long codes;
  private final List<MapGroup> groups;
  private final List<MapCompiler.Default> defaults;
  private final Map<String, Set<Coding>> valueSets;
  private final ByteBuffer entries;
  private final ByteBuffer places;
  private final StatementCodec.Texts texts;

  CompiledSection(
      MapId map,
      String source,
      long codes,
      List<MapGroup> groups,
      List<MapCompiler.Default> defaults,
      Map<String, Set<Coding>> valueSets,
      ByteBuffer entries,
      ByteBuffer places,
      StatementCodec.Texts texts) {
    this.map = map;
    this.source = source;
    this.codes = codes;
    this.groups = List.copyOf(groups);
    this.defaults = List.copyOf(defaults);
    this.valueSets = valueSets;
    this.entries = entries;
    this.places = places;
    this.texts = texts;
  }

  /** Enters a code into the table. */
  static void place(ByteBuffer places, byte[] code, int offset) {
    long hash = CodeBytes.hash(code);
    int n = places.capacity() / PLACE;
    int i = first(hash, n);
    while (places.getInt(i * PLACE) != 0) {
      i = i + 1 == n ? 0 : i + 1;
    }
    places.putInt(i * PLACE, offset + 1);
    places.put(i * PLACE + 4, (byte) hash);
  }

  private static int first(long hash, int places) {
    return (int) (((hash >>> 32) * places) >>> 32);
  }

  MapId map() {
    return map;
  }

  String source() {
    return source;
  }

  long codes() {
    return codes;
  }

  List<MapGroup> groups() {
    return groups;
  }

  List<MapCompiler.Default> defaults() {
    return defaults;
  }

  /**
   * Returns the codes of the value sets that conditions and products name, by the name used there;
   * those that are not known are not among them.
   */
  Map<String, Set<Coding>> valueSets() {
    return valueSets;
  }

  /**
   * Returns what is said about a code; empty if it is not named.
   *
   * @throws IllegalStateException if the entry makes no sense, which no checksum told
   */
  List<Statement> about(String code) {
    byte[] bytes = CodeBytes.of(code);
    int n = places.capacity() / PLACE;
    if (bytes == null || n == 0) {
      return List.of();
    }
    try {
      return about(bytes, n);
    } catch (IndexOutOfBoundsException | IllegalArgumentException | DateTimeException e) {
      throw damaged(e);
    }
  }

  private List<Statement> about(byte[] code, int n) {
    long hash = CodeBytes.hash(code);
    int i = first(hash, n);
    // A table that we wrote has an empty place; one that has none must end too.
    for (int tried = 0; tried < n; tried++) {
      int place = places.getInt(i * PLACE);
      if (place == 0) {
        return List.of();
      }
      if (places.get(i * PLACE + 4) == (byte) hash) {
        Unpacker in = new Unpacker(entries, place - 1);
        if (in.isNext(code)) {
          return readStatements(in);
        }
      }
      i = i + 1 == n ? 0 : i + 1;
    }
    return List.of();
  }

  /** Entries are not looked through when a file is opened: that would take too long. */
  private IllegalStateException damaged(RuntimeException cause) {
    return new IllegalStateException(
        "The compiled map " + map + " is damaged: one of its entries makes no sense", cause);
  }

  private List<Statement> readStatements(Unpacker in) {
    int n = in.countOf(StatementCodec.LEAST);
    if (n == 1) {
      return List.of(StatementCodec.read(in, groups::get, texts));
    }
    List<Statement> result = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      result.add(StatementCodec.read(in, groups::get, texts));
    }
    return result;
  }

  /** Tells a sink all that is said here. */
  void tell(String file, MapSink sink) throws InvalidMapException, IOException {
    for (Map.Entry<String, Set<Coding>> known : valueSets.entrySet()) {
      sink.members(map, file, known.getKey(), List.copyOf(known.getValue()));
    }
    for (MapGroup group : groups) {
      sink.group(group);
    }
    for (Cursor codes = cursor(); codes.next(); ) {
      ConceptMap.Source code = ConceptMap.Source.code(codes.code());
      for (Statement each : codes.statements()) {
        if (each.kind() == Statement.Kind.TARGET) {
          sink.say(each.group(), code, each.target());
        } else {
          sink.withoutTarget(each.group(), code, each.kind() == Statement.Kind.NO_MAP);
        }
      }
    }
    for (MapCompiler.Default each : defaults) {
      sink.otherwise(each.group(), each.unmapped());
    }
  }

  /** Goes through all codes in the order of their bytes. */
  Cursor cursor() {
    return new Cursor();
  }

  /** One code after another. */
  final class Cursor {
    private final Unpacker in = new Unpacker(entries, 0);
    private byte[] code = {};
    private List<Statement> said = List.of();

    boolean next() {
      if (in.position() >= entries.capacity()) {
        return false;
      }
      try {
        code = in.bytes();
        said = readStatements(in);
        return true;
      } catch (IndexOutOfBoundsException | IllegalArgumentException | DateTimeException e) {
        throw damaged(e);
      }
    }

    String code() {
      return new String(code, StandardCharsets.UTF_8);
    }

    /** Returns the code in UTF-8; nobody may change it. */
    byte[] codeBytes() {
      return code;
    }

    List<Statement> statements() {
      return said;
    }
  }
}
