package org.healthbeam.core.code;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32C;

/** Writes the file that {@link CompiledMaps} describes, in two passes over the sorted rows. */
final class CompiledMapsFile {
  private final List<MapCompiler.MapFile> maps;
  private final Map<MapCompiler.MapFile, Set<String>> remarks;
  private final Map<Integer, Map<String, List<Coding>>> members;
  private final List<MapCompiler.SectionBuilder> sections;
  private final RowSorter rows;
  private final UnaryOperator<String> files;
  private final WritableByteChannel out;
  private final Packer directory = new Packer();
  private long written;

  /**
   * Will write maps.
   *
   * @param members for some maps, by number, the codes of the value sets that conditions name
   */
  CompiledMapsFile(
      List<MapCompiler.MapFile> maps,
      Map<MapCompiler.MapFile, Set<String>> remarks,
      Map<Integer, Map<String, List<Coding>>> members,
      List<MapCompiler.SectionBuilder> sections,
      RowSorter rows,
      UnaryOperator<String> files,
      OutputStream out) {
    this.maps = maps;
    this.remarks = remarks;
    this.members = members;
    this.sections = sections;
    this.rows = rows;
    this.files = files;
    this.out = Channels.newChannel(out);
  }

  /** Writes all but the header, whose place is left, and returns the header. */
  byte[] write() throws InvalidMapException, IOException {
    put(ByteBuffer.allocate(CompiledMaps.HEADER));
    Survey survey = new Survey();
    rows.visit(survey);
    survey.end();
    WordTable words = survey.words.table();
    List<byte[]> digests = survey.digestsOfMaps();
    directory.number(maps.size());
    for (int i = 0; i < maps.size(); i++) {
      directory.text(maps.get(i).id().url());
      directory.text(maps.get(i).id().version());
      directory.text(files.apply(maps.get(i).file()));
      directory.raw(digests.get(i));
      Set<String> said = remarks.getOrDefault(maps.get(i), Set.of());
      directory.number(said.size());
      said.forEach(directory::text);
      describeMembers(members.getOrDefault(i, Map.of()), directory);
    }
    area(words.offsets());
    area(words.words());
    directory.number(sections.size());
    Entries entries = new Entries(words);
    rows.visit(entries);
    entries.advanceTo(sections.size());
    return finish();
  }

  private static void describeMembers(Map<String, List<Coding>> valueSets, Packer out) {
    out.number(valueSets.size());
    valueSets.forEach(
        (canonical, codes) -> {
          out.text(canonical);
          out.number(codes.size());
          for (Coding code : codes) {
            out.text(code.system());
            out.text(code.code());
          }
        });
  }

  private byte[] finish() throws IOException {
    long start = written;
    byte[] bytes = directory.toBytes();
    put(ByteBuffer.wrap(bytes));
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    ByteBuffer header = ByteBuffer.allocate(CompiledMaps.HEADER).order(ByteOrder.LITTLE_ENDIAN);
    header.put(CompiledMaps.MAGIC.getBytes(StandardCharsets.ISO_8859_1));
    header.putInt(CompiledMaps.FORMAT).putInt(bytes.length);
    header.putLong(start).putLong(written).putInt((int) crc.getValue());
    CRC32C own = new CRC32C();
    own.update(header.array(), 0, header.position());
    header.putInt((int) own.getValue());
    return header.array();
  }

  private void put(ByteBuffer bytes) throws IOException {
    written += bytes.remaining();
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  /** Writes an area, and where it is into the directory. */
  private void area(ByteBuffer bytes) throws IOException {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate());
    describeArea(written, bytes.remaining(), crc);
    put(bytes);
  }

  private void describeArea(long start, long length, CRC32C crc) {
    directory.number(start);
    directory.number(length);
    directory.number(crc.getValue());
  }

  /** The first pass: how many codes, which words, and what each map comes to. */
  private final class Survey implements RowSorter.Visitor<InvalidMapException> {
    final WordTable.Counter words = new WordTable.Counter();
    private final byte[][] ofSections = new byte[sections.size()][];
    private final MessageDigest digest = sha256();
    private List<MapGroup> groups = List.of();
    private List<byte[]> described = List.of();
    private final List<byte[]> said = new ArrayList<>();
    private int section = -1;
    private byte[] lastCode;

    @Override
    public void row(long order, byte[] code, byte[] payload) {
      int number = (int) (order >>> Integer.SIZE);
      if (number != section) {
        end();
        section = number;
        lastCode = null;
        sections.get(number).codes = 0;
        groups = List.copyOf(sections.get(number).groups.keySet());
        described = groups.stream().map(this::describe).toList();
      }
      if (lastCode == null || !Arrays.equals(code, lastCode)) {
        endCode();
        sections.get(number).codes++;
        lastCode = code;
      }
      said.add(statement(payload));
      StatementCodec.count(
          StatementCodec.read(new Unpacker(payload), groups::get, StatementCodec.Texts.PLAIN),
          words);
    }

    /** {@return the bytes of a statement with its group in full, whatever the group's number is} */
    private byte[] statement(byte[] payload) {
      Unpacker in = new Unpacker(payload);
      int flags = in.u8();
      byte[] group = described.get(in.count());
      int rest = payload.length - in.position();
      return ByteBuffer.allocate(1 + group.length + rest)
          .put((byte) flags)
          .put(group)
          .put(payload, in.position(), rest)
          .array();
    }

    /** Adds a code: its statements each once and sorted, since their order means nothing. */
    private void endCode() {
      if (lastCode == null) {
        return;
      }
      digest.update((byte) 1);
      number(lastCode.length);
      digest.update(lastCode);
      said.sort(Arrays::compareUnsigned);
      byte[] last = null;
      for (byte[] each : said) {
        if (last == null || !Arrays.equals(each, last)) {
          digest.update((byte) 2);
          number(each.length);
          digest.update(each);
        }
        last = each;
      }
      said.clear();
    }

    private void number(int value) {
      digest.update(ByteBuffer.allocate(4).putInt(value).array());
    }

    void end() {
      endCode();
      if (section >= 0) {
        ofSections[section] = digest.digest();
      }
    }

    /** {@return one digest for each map: of what it says, not of where and in which order} */
    List<byte[]> digestsOfMaps() {
      List<byte[]> result = new ArrayList<>();
      for (int map = 0; map < maps.size(); map++) {
        List<Integer> mine = new ArrayList<>();
        for (int i = 0; i < sections.size(); i++) {
          if (sections.get(i).map == map) {
            mine.add(i);
          }
        }
        mine.sort(Comparator.comparing(i -> sections.get(i).source));
        for (int i : mine) {
          digest.update(text(sections.get(i).source));
          digest.update(ofSections[i] == null ? new byte[0] : ofSections[i]);
          sections.get(i).defaults.stream()
              .map(
                  each ->
                      new String(describe(each.group()), StandardCharsets.UTF_8) + each.unmapped())
              .distinct()
              .sorted()
              .forEach(each -> digest.update(text(each)));
        }
        Packer valueSets = new Packer();
        describeMembers(members.getOrDefault(map, Map.of()), valueSets);
        digest.update(valueSets.toBytes());
        result.add(digest.digest());
      }
      return result;
    }

    private byte[] describe(MapGroup group) {
      return text(
          group.sourceVersion() + '\n' + group.target() + '\n' + group.targetVersion() + '\n');
    }

    private static byte[] text(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  /** The second pass: the entries and the table of places of each section. */
  private final class Entries implements RowSorter.Visitor<InvalidMapException> {
    private final StatementCodec.Texts texts;
    private final Packer statements = new Packer();
    private final Packer entry = new Packer();
    private final Packer heads = new Packer();
    private final Packer bucket = new Packer();
    private int section = -1;
    private List<MapGroup> groups = List.of();
    private byte[] code;
    private int n;
    private long start;
    private CRC32C crc;
    private ByteBuffer places;
    private int buckets;

    Entries(WordTable words) {
      this.texts = StatementCodec.Texts.of(words);
    }

    @Override
    public void row(long order, byte[] rowCode, byte[] payload)
        throws InvalidMapException, IOException {
      advanceTo((int) (order >>> Integer.SIZE));
      if (code == null || !Arrays.equals(code, rowCode)) {
        endEntry();
        code = rowCode;
      }
      Statement statement =
          StatementCodec.read(new Unpacker(payload), groups::get, StatementCodec.Texts.PLAIN);
      int group = new Unpacker(payload, 1, payload.length).count();
      StatementCodec.write(statement, group, texts, statements);
      n++;
    }

    private void begin() throws InvalidMapException {
      groups = List.copyOf(sections.get(section).groups.keySet());
      code = null;
      start = written;
      crc = new CRC32C();
      long bytes = CompiledSection.bytesOfPlaces(sections.get(section).codes);
      if (bytes > Integer.MAX_VALUE - 8) {
        throw tooLarge();
      }
      places = ByteBuffer.allocate((int) bytes).order(ByteOrder.LITTLE_ENDIAN);
      buckets = CompiledSection.buckets((int) bytes);
    }

    private InvalidMapException tooLarge() {
      return new InvalidMapException(
          maps.get(sections.get(section).map).file(), "", "says more than 2 GB about one system");
    }

    private void endEntry() throws InvalidMapException, IOException {
      if (code == null) {
        return;
      }
      long hash = CodeBytes.hash(code);
      beginBuckets(CompiledSection.bucket(hash, buckets));
      entry.clear();
      entry.bytes(code);
      entry.number(n);
      entry.raw(statements.toBytes());
      if ((long) bucket.size() + entry.size() > Integer.MAX_VALUE - 8) {
        throw tooLarge();
      }
      heads.u8(CompiledSection.tag(hash));
      heads.number(entry.size());
      bucket.raw(entry.toBytes());
      statements.clear();
      n = 0;
    }

    /** Writes the bucket that is at hand, and begins others up to this one. */
    private void beginBuckets(int last) throws InvalidMapException, IOException {
      int begun = places.position() / CompiledSection.PLACE;
      if (begun > last) {
        return;
      }
      if (bucket.size() > 0) {
        entry.clear();
        entry.bytes(heads.toBytes());
        entry.raw(bucket.toBytes());
        byte[] bytes = entry.toBytes();
        crc.update(bytes);
        put(ByteBuffer.wrap(bytes));
        heads.clear();
        bucket.clear();
      }
      if (written - start > Integer.MAX_VALUE - 8) {
        throw tooLarge();
      }
      for (int i = begun; i <= last; i++) {
        places.putInt((int) (written - start));
      }
    }

    /** Ends sections and begins others, until this one is at hand. */
    void advanceTo(int next) throws InvalidMapException, IOException {
      while (section < next) {
        if (section >= 0) {
          endEntry();
          if (buckets > 0) {
            beginBuckets(buckets);
          }
          describe(sections.get(section));
        }
        section++;
        if (section < sections.size()) {
          begin();
        }
      }
    }

    private void describe(MapCompiler.SectionBuilder built) throws IOException {
      directory.number(built.map);
      directory.text(built.source);
      directory.number(built.codes);
      directory.number(built.groups.size());
      for (MapGroup group : built.groups.keySet()) {
        directory.text(group.sourceVersion());
        directory.text(group.target());
        directory.text(group.targetVersion());
      }
      directory.number(built.defaults.size());
      for (MapCompiler.Default each : built.defaults) {
        directory.number(built.groups.get(each.group()));
        directory.number(StatementCodec.MODES.indexOf(each.unmapped().mode()));
        directory.text(each.unmapped().code());
        directory.text(each.unmapped().display());
        directory.text(each.unmapped().valueSet());
        directory.number(StatementCodec.RELATIONSHIPS.indexOf(each.unmapped().relationship()));
        directory.text(each.unmapped().otherMap());
      }
      describeArea(start, written - start, crc);
      area(places.clear());
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("The Java platform lacks SHA-256", e);
    }
  }
}
