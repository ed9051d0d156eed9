package org.healthbeam.core.code;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;

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
   */
  public record Info(MapId id, String file, String digest) {}

  private final List<Info> maps;
  private final List<CompiledSection> sections;
  private final List<Integer> mapOfSection;

  private CompiledMaps(
      List<Info> maps, List<CompiledSection> sections, List<Integer> mapOfSection) {
    this.maps = List.copyOf(maps);
    this.sections = List.copyOf(sections);
    this.mapOfSection = List.copyOf(mapOfSection);
  }

  /**
   * Opens a file.
   *
   * @param name of the file, for messages
   * @throws InvalidMapException if it is not such a file, is damaged or cut off, or comes from a
   *     newer version
   */
  public static CompiledMaps open(Path file, String name) throws InvalidMapException, IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return new Opening(
              name,
              channel.size(),
              (start, length) -> channel.map(FileChannel.MapMode.READ_ONLY, start, length))
          .open();
    }
  }

  /** Opens maps that are in memory. */
  static CompiledMaps of(ByteBuffer all, String name) throws InvalidMapException, IOException {
    return new Opening(
            name,
            all.capacity(),
            (start, length) -> all.duplicate().position((int) start).slice().limit((int) length))
        .open();
  }

  /** Returns the maps, in the order in which they were compiled. */
  public List<Info> maps() {
    return maps;
  }

  /** Returns the sections of one of the maps. */
  List<CompiledSection> sections(Info map) {
    List<CompiledSection> result = new ArrayList<>();
    for (int i = 0; i < sections.size(); i++) {
      if (maps.get(mapOfSection.get(i)).equals(map)) {
        result.add(sections.get(i));
      }
    }
    return result;
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
        return read(new Unpacker(directory, 0));
      } catch (IndexOutOfBoundsException
          | BufferUnderflowException
          | NegativeArraySizeException
          | IllegalArgumentException e) {
        throw refuse("is damaged: its directory makes no sense");
      }
    }

    private CompiledMaps read(Unpacker in) throws InvalidMapException, IOException {
      List<Info> maps = new ArrayList<>();
      int n = in.count();
      for (int i = 0; i < n; i++) {
        MapId id = new MapId(in.text(), in.text());
        String file = in.text();
        byte[] digest = new byte[DIGEST];
        for (int b = 0; b < DIGEST; b++) {
          digest[b] = (byte) in.u8();
        }
        maps.add(new Info(id, file, HexFormat.of().formatHex(digest)));
      }
      WordTable words = WordTable.stored(area(in, "words"), area(in, "words"));
      StatementCodec.Texts texts = StatementCodec.Texts.of(words);
      List<CompiledSection> sections = new ArrayList<>();
      List<Integer> mapOfSection = new ArrayList<>();
      int m = in.count();
      for (int i = 0; i < m; i++) {
        int map = in.count();
        mapOfSection.add(map);
        sections.add(section(in, maps.get(map), texts));
      }
      return new CompiledMaps(maps, sections, mapOfSection);
    }

    private CompiledSection section(Unpacker in, Info map, StatementCodec.Texts texts)
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
      return new CompiledSection(map.id(), source, codes, groups, defaults, entries, places, texts);
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
