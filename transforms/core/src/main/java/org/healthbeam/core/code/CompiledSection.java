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
 * <p>An entry is a code, the number of its statements, and these. Entries stand in buckets of about
 * four, sorted by the hashes of their codes, and a small table says where each bucket begins: so a
 * look-up touches few places of memory, and those of one bucket are neighbours. A bucket begins
 * with the length of its heads; a head is eight bits of a code's hash, and the length of its entry;
 * then come the entries. Nothing at all is an empty bucket. What decides is the code itself.
 */
final class CompiledSection {
  /** Bytes of a place in the table, which says where a bucket begins; the last, where all end. */
  static final int PLACE = 4;

  /** How many codes a bucket has on average. */
  private static final int BUCKET = 4;

  /** So much of a bucket is fetched at once, so that its lines of memory come together. */
  private static final int AT_ONCE = 256;

  private static final int LONGEST_NUMBER = 10;

  private final MapId map;
  private final String source;
  private final long codes;
  private final List<MapGroup> groups;
  private final List<MapCompiler.Default> defaults;
  private final Map<String, Set<Coding>> valueSets;
  private final ByteBuffer entries;
  private final ByteBuffer places;
  private final int buckets;
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
    this.buckets = buckets(places.capacity());
    this.texts = texts;
  }

  /** {@return how many bytes the table of a section of so many codes has} */
  static long bytesOfPlaces(long codes) {
    return codes == 0 ? 0 : ((codes - 1) / BUCKET + 2) * PLACE;
  }

  /** {@return how many buckets a table of so many bytes leads to} */
  static int buckets(int bytesOfPlaces) {
    return Math.max(0, bytesOfPlaces / PLACE - 1);
  }

  /** {@return the bucket in which a code of this hash is} */
  static int bucket(long hash, int buckets) {
    return (int) ((CodeBytes.order(hash) * buckets) >>> Integer.SIZE);
  }

  /** {@return what the head of an entry has of the hash} */
  static int tag(long hash) {
    return (int) hash & 0xFF;
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
   * {@return the codes of the value sets that conditions and products name, by the name used there;
   * those that are not known are not among them}
   */
  Map<String, Set<Coding>> valueSets() {
    return valueSets;
  }

  /**
   * {@return what is said about a code; empty if it is not named}
   *
   * @throws IllegalStateException if the entry makes no sense, which no checksum told
   */
  List<Statement> about(String code) {
    byte[] bytes = CodeBytes.of(code);
    if (bytes == null || buckets == 0) {
      return List.of();
    }
    try {
      return about(bytes);
    } catch (IndexOutOfBoundsException | IllegalArgumentException | DateTimeException e) {
      throw damaged(e);
    }
  }

  private List<Statement> about(byte[] code) {
    long hash = CodeBytes.hash(code);
    int place = bucket(hash, buckets) * PLACE;
    int start = places.getInt(place);
    int end = places.getInt(place + PLACE);
    if (start == end) {
      return List.of();
    }
    byte[] fetched = fetch(start, Math.min(end - start, AT_ONCE));
    Unpacker first = new Unpacker(fetched);
    int entry = first.count() + first.position();
    if (entry < 0 || entry > fetched.length) {
      fetched = fetch(start, entry);
    }
    int tag = tag(hash);
    Unpacker heads = new Unpacker(fetched, first.position(), entry);
    while (!heads.isAtEnd()) {
      boolean mayBe = heads.u8() == tag;
      int length = heads.count();
      if (mayBe) {
        Unpacker in =
            length <= fetched.length - entry
                ? new Unpacker(fetched, entry, entry + length)
                : new Unpacker(fetch(start + entry, length));
        if (in.isNext(code)) {
          return readStatements(in);
        }
      }
      entry += length;
    }
    return List.of();
  }

  private byte[] fetch(int start, int length) {
    if (start < 0 || length < 0 || length > entries.capacity() - start) {
      throw new IllegalArgumentException("Something is outside of the entries");
    }
    byte[] bytes = new byte[length];
    entries.get(start, bytes);
    return bytes;
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

  /** Goes through all codes in their order: {@link CodeBytes#order}, then their bytes. */
  Cursor cursor() {
    return new Cursor();
  }

  /** One code after another. */
  final class Cursor {
    private int position;
    private Unpacker heads = new Unpacker(new byte[0]);
    private byte[] code = {};
    private List<Statement> said = List.of();

    boolean next() {
      if (position >= entries.capacity()) {
        return false;
      }
      try {
        if (heads.isAtEnd()) {
          beginBucket();
        }
        heads.u8();
        byte[] entry = fetch(position, heads.count());
        position += entry.length;
        Unpacker in = new Unpacker(entry);
        code = in.bytes();
        said = readStatements(in);
        return true;
      } catch (IndexOutOfBoundsException | IllegalArgumentException | DateTimeException e) {
        throw damaged(e);
      }
    }

    private void beginBucket() {
      Unpacker first =
          new Unpacker(fetch(position, Math.min(entries.capacity() - position, LONGEST_NUMBER)));
      int length = first.count();
      position += first.position();
      heads = new Unpacker(fetch(position, length));
      position += length;
    }

    /** {@return where the code stands in the order of all codes} */
    long order() {
      return CodeBytes.order(CodeBytes.hash(code));
    }

    String code() {
      return new String(code, StandardCharsets.UTF_8);
    }

    /** {@return the code in UTF-8; nobody may change it} */
    byte[] codeBytes() {
      return code;
    }

    List<Statement> statements() {
      return said;
    }
  }
}
