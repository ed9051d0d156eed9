package org.healthbeam.core.code;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import javax.annotation.Nullable;

/**
 * Maps in the form in which they are looked up: one immutable file, mapped into memory, so that all
 * threads and processes of a machine share its pages. Keys are exact.
 *
 * <p>The file, all numbers little-endian: a header (magic, format, length and place of the
 * directory, length of the file, checksums); the words of displays ({@link WordTable}); for each
 * map and source system the entries and the table that leads to them ({@link CompiledSection}); and
 * the directory. Each area has a CRC-32C, which is checked when the file is opened.
 */
public final class CompiledMaps {
  /** How the names of such files end. */
  public static final String SUFFIX = ".hbmap";

  static final String MAGIC = "\u0089HBMAP\r\n";
  static final int FORMAT = 1;
  static final int HEADER = 40;
  private static final int DIGEST = 32;

  /**
   * One of the maps.
   *
   * @param id canonical URL and version
   * @param file where it was read
   * @param digest of what it says, in hexadecimal digits; equal for maps that say the same
   * @param remarks what its reader said about it
   */
  public record Content(MapId id, String file, String digest, List<String> remarks) {
    /**
     * Takes a copy of the remarks.
     *
     * @param id canonical URL and version
     * @param file where it was read
     * @param digest of what it says, in hexadecimal digits; equal for maps that say the same
     * @param remarks what its reader said about it
     */
    public Content {
      remarks = List.copyOf(remarks);
    }
  }

  private final List<Content> maps;
  private final List<CompiledSection> sections;
  private final List<Integer> mapOfSection;
  @Nullable private MappedFile mapped;

  private CompiledMaps(
      List<Content> maps, List<CompiledSection> sections, List<Integer> mapOfSection) {
    this.maps = List.copyOf(maps);
    this.sections = List.copyOf(sections);
    this.mapOfSection = List.copyOf(mapOfSection);
  }

  /**
   * Opens a file.
   *
   * @param file is mapped into memory, and must stay unchanged as long as it is used
   * @param name of the file, for messages
   * @return the maps; nothing but the directory has been read into memory
   * @throws InvalidMapException if it is not such a file, is damaged or cut off, or comes from a
   *     newer version
   * @throws IOException if it cannot be read
   */
  public static CompiledMaps open(Path file, String name) throws InvalidMapException, IOException {
    MappedFile mapped = MappedFile.open(file, name);
    boolean done = false;
    try {
      FileChannel channel = mapped.channel();
      CompiledMaps maps =
          new Opening(
                  name,
                  channel.size(),
                  (start, length) -> channel.map(FileChannel.MapMode.READ_ONLY, start, length))
              .open();
      maps.mapped = mapped;
      done = true;
      return maps;
    } finally {
      if (!done) {
        mapped.close();
      }
    }
  }

  /**
   * {@return whether somebody has written into the file since it was opened, so that no answer can
   * be trusted any more}
   */
  boolean hasChanged() {
    return mapped != null && mapped.hasChanged();
  }

  /** {@return the file's name, for messages} */
  String fileName() {
    return mapped == null ? "" : mapped.name();
  }

  /** Opens maps that are in memory. */
  static CompiledMaps of(ByteBuffer all, String name) throws InvalidMapException, IOException {
    return new Opening(
            name,
            all.capacity(),
            (start, length) -> all.duplicate().position((int) start).slice().limit((int) length))
        .open();
  }

  /** {@return the maps, in the order in which they were compiled} */
  public List<Content> maps() {
    return maps;
  }

  /** {@return the sections of one of the maps} */
  List<CompiledSection> sections(Content map) {
    List<CompiledSection> result = new ArrayList<>();
    // Of maps that are equal in all, the first one speaks for the others.
    int index = maps.indexOf(map);
    for (int i = 0; i < sections.size(); i++) {
      if (mapOfSection.get(i) == index) {
        result.add(sections.get(i));
      }
    }
    return result;
  }

  /**
   * Tells a sink all that these maps say. What compiling has dropped is not told: displays of
   * source codes, and which codes came from a value set.
   *
   * @param sink takes the statements, map by map
   * @throws InvalidMapException if the sink refuses one
   * @throws IOException if the sink cannot keep what it takes
   */
  public void tell(MapSink sink) throws InvalidMapException, IOException {
    for (Content map : maps) {
      sink.begin(map.id(), map.file());
      for (String remark : map.remarks()) {
        sink.remark(map.id(), map.file(), remark);
      }
      for (CompiledSection section : sections(map)) {
        section.tell(map.file(), sink);
      }
    }
  }

  /**
   * What a map says about one source system, in numbers.
   *
   * @param source canonical system of the source codes
   * @param targets canonical systems of the targets, sorted
   * @param codes source codes that are named
   * @param unmapped rules for codes that are not named
   */
  public record SourceSystem(String source, List<String> targets, long codes, int unmapped) {}

  /**
   * {@return the source systems of one of the maps, sorted}
   *
   * @param map one of {@link #maps}
   */
  public List<SourceSystem> systems(Content map) {
    return sections(map).stream()
        .map(
            section ->
                new SourceSystem(
                    section.source(),
                    section.groups().stream()
                        .map(MapGroup::target)
                        .filter(target -> !target.isEmpty())
                        .distinct()
                        .sorted()
                        .toList(),
                    section.codes(),
                    section.defaults().size()))
        .sorted(Comparator.comparing(SourceSystem::source))
        .toList();
  }

  /**
   * Reads what tells a file from every other: a digest of its directory, in which the digests of
   * its maps and the checksums of all its parts stand. Reads little of a file that can be read at
   * any place.
   *
   * @param file at its beginning; is not closed
   * @param name of the file, for messages
   * @return hexadecimal digits, the same for files that say the same
   * @throws InvalidMapException if it is no compiled map, or its directory is damaged
   * @throws IOException if it cannot be read
   */
  public static String identity(ReadableByteChannel file, String name)
      throws InvalidMapException, IOException {
    byte[] head = read(file, HEADER);
    byte[] magic = MAGIC.getBytes(StandardCharsets.ISO_8859_1);
    if (head.length < HEADER || !Arrays.equals(head, 0, magic.length, magic, 0, magic.length)) {
      throw new InvalidMapException(name, "", "is not a compiled map");
    }
    ByteBuffer header = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    int length = header.getInt(magic.length + 4);
    long start = header.getLong(magic.length + 8);
    if (length < 0 || start < HEADER) {
      throw new InvalidMapException(name, "", "is damaged: its directory would be outside of it");
    }
    if (file instanceof SeekableByteChannel seekable) {
      seekable.position(start);
    } else {
      for (long rest = start - HEADER; rest > 0; ) {
        int n = read(file, (int) Math.min(rest, 1 << 16)).length;
        rest = n == 0 ? 0 : rest - n;
      }
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(head);
      digest.update(read(file, length));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("The Java platform lacks SHA-256", e);
    }
  }

  /** Reads so many bytes, or up to the end. */
  private static byte[] read(ReadableByteChannel file, int length) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteBuffer part = ByteBuffer.allocate(Math.max(1, Math.min(length, 1 << 16)));
    while (all.size() < length) {
      part.clear().limit(Math.min(part.capacity(), length - all.size()));
      int n = file.read(part);
      if (n < 0) {
        break;
      }
      all.write(part.array(), part.arrayOffset(), n);
    }
    return all.toByteArray();
  }

  /** Where the bytes come from. */
  private interface Areas {
    ByteBuffer at(long start, long length) throws IOException;
  }

  /** Reads the directory and checks every area. */
  private static final class Opening {
    private final String name;
    private final long size;
    private final Areas areas;

    Opening(String name, long size, Areas areas) {
      this.name = name;
      this.size = size;
      this.areas = areas;
    }

    CompiledMaps open() throws InvalidMapException, IOException {
      byte[] magic = MAGIC.getBytes(StandardCharsets.ISO_8859_1);
      if (size < magic.length) {
        throw refuse("is not a compiled map");
      }
      byte[] head = new byte[(int) Math.min(size, HEADER)];
      areas.at(0, head.length).get(head);
      if (!Arrays.equals(head, 0, magic.length, magic, 0, magic.length)) {
        throw refuse("is not a compiled map");
      }
      if (head.length < HEADER) {
        throw refuse("is cut off: a compiled map, of which the header is not whole");
      }
      ByteBuffer header = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
      header.position(magic.length);
      int format = header.getInt();
      if (format != FORMAT) {
        throw refuse(
            format > FORMAT
                ? "has the format " + format + "; this version reads up to " + FORMAT
                : "is damaged: there is no format " + format);
      }
      CRC32C own = new CRC32C();
      own.update(head, 0, HEADER - 4);
      if ((int) own.getValue() != header.getInt(HEADER - 4)) {
        throw refuse("is damaged: the checksum of its header is wrong");
      }
      int directoryLength = header.getInt();
      long directoryStart = header.getLong();
      long length = header.getLong();
      if (size != length) {
        throw refuse(
            size < length
                ? "is cut off: it has " + size + " of " + length + " bytes"
                : "is damaged: it has " + size + " bytes, and should have " + length);
      }
      int crc = header.getInt();
      ByteBuffer directory = area(directoryStart, directoryLength, crc & 0xFFFFFFFFL, "directory");
      try {
        byte[] bytes = new byte[directory.capacity()];
        directory.get(0, bytes);
        return read(new Unpacker(bytes));
      } catch (IndexOutOfBoundsException
          | BufferUnderflowException
          | NegativeArraySizeException
          | IllegalArgumentException e) {
        throw refuse("is damaged: its directory makes no sense");
      }
    }

    private CompiledMaps read(Unpacker in) throws InvalidMapException, IOException {
      List<Content> maps = new ArrayList<>();
      List<Map<String, Set<Coding>>> members = new ArrayList<>();
      int n = in.count();
      for (int i = 0; i < n; i++) {
        MapId id = new MapId(in.text(), in.text());
        String file = in.text();
        byte[] digest = new byte[DIGEST];
        for (int b = 0; b < DIGEST; b++) {
          digest[b] = (byte) in.u8();
        }
        List<String> remarks = new ArrayList<>();
        int said = in.count();
        for (int r = 0; r < said; r++) {
          remarks.add(in.text());
        }
        maps.add(new Content(id, file, HexFormat.of().formatHex(digest), remarks));
        members.add(members(in));
      }
      WordTable words = WordTable.stored(area(in, "words"), area(in, "words"));
      StatementCodec.Texts texts = StatementCodec.Texts.of(words);
      List<CompiledSection> sections = new ArrayList<>();
      List<Integer> mapOfSection = new ArrayList<>();
      int m = in.count();
      for (int i = 0; i < m; i++) {
        int map = in.count();
        mapOfSection.add(map);
        sections.add(section(in, maps.get(map), members.get(map), texts));
      }
      return new CompiledMaps(maps, sections, mapOfSection);
    }

    private static Map<String, Set<Coding>> members(Unpacker in) {
      int n = in.count();
      Map<String, Set<Coding>> valueSets = new LinkedHashMap<>();
      for (int i = 0; i < n; i++) {
        String canonical = in.text();
        int m = in.count();
        Set<Coding> codes = new LinkedHashSet<>();
        for (int j = 0; j < m; j++) {
          codes.add(Coding.of(in.text(), in.text()));
        }
        valueSets.put(canonical, codes);
      }
      return valueSets;
    }

    private CompiledSection section(
        Unpacker in, Content map, Map<String, Set<Coding>> members, StatementCodec.Texts texts)
        throws InvalidMapException, IOException {
      String source = in.text();
      long codes = in.number();
      List<MapGroup> groups = new ArrayList<>();
      int n = in.count();
      for (int i = 0; i < n; i++) {
        String sourceVersion = in.text();
        groups.add(new MapGroup(map.id(), map.file(), source, sourceVersion, in.text(), in.text()));
      }
      List<MapCompiler.Default> defaults = new ArrayList<>();
      int m = in.count();
      for (int i = 0; i < m; i++) {
        MapGroup group = groups.get(in.count());
        ConceptMap.Mode mode = StatementCodec.MODES.get(in.count());
        String code = in.text();
        String display = in.text();
        String valueSet = in.text();
        Relationship relationship = StatementCodec.RELATIONSHIPS.get(in.count());
        defaults.add(
            new MapCompiler.Default(
                group,
                new ConceptMap.Unmapped(mode, code, display, valueSet, relationship, in.text())));
      }
      ByteBuffer entries = area(in, "entries");
      ByteBuffer places = area(in, "table");
      if (codes < 0
          || codes > entries.capacity()
          || CompiledSection.bytesOfPlaces(codes) != places.capacity()) {
        throw refuse("is damaged: a table does not fit its codes");
      }
      return new CompiledSection(
          map.id(), source, codes, groups, defaults, members, entries, places, texts);
    }

    private ByteBuffer area(Unpacker in, String what) throws InvalidMapException, IOException {
      return area(in.number(), in.number(), in.number(), what);
    }

    private ByteBuffer area(long start, long length, long crc, String what)
        throws InvalidMapException, IOException {
      if (start < 0 || length < 0 || start > size - length || length > Integer.MAX_VALUE) {
        throw refuse("is damaged: its " + what + " would be outside of it");
      }
      ByteBuffer bytes = areas.at(start, length).order(ByteOrder.LITTLE_ENDIAN);
      CRC32C actual = new CRC32C();
      actual.update(bytes.duplicate());
      if (actual.getValue() != crc) {
        throw refuse("is damaged: the checksum of its " + what + " is wrong");
      }
      return bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    private InvalidMapException refuse(String what) {
      return new InvalidMapException(name, "", what);
    }
  }
}
