package org.healthbeam.core.code;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import org.healthbeam.core.code.ConceptMap.Source;
import org.healthbeam.core.code.ConceptMap.Target;
import org.healthbeam.core.code.Statement.Kind;

/**
 * Compiles maps into the form in which they are looked up: {@link CompiledMaps}. Maps of any size
 * are taken; memory is bounded by the words of their displays and a fixed budget, beyond which rows
 * are sorted in temporary files.
 *
 * <p>The same maps give the same bytes. Not safe for several threads.
 */
public final class MapCompiler implements MapSink, Closeable {
  private static final long BUDGET = 64L << 20;
  private static final int TOLD_EVERY = 10_000;

  /** What is known of one source system in one map. */
  static final class SectionBuilder {
    final int map;
    final String source;
    final Map<MapGroup, Integer> groups = new LinkedHashMap<>();
    final List<Default> defaults = new ArrayList<>();
    long codes;

    SectionBuilder(int map, String source) {
      this.map = map;
      this.source = source;
    }

    int number(MapGroup group) {
      Integer number = groups.get(group);
      if (number == null) {
        number = groups.size();
        groups.put(group, number);
      }
      return number;
    }
  }

  /** What a group says about codes that it does not name. */
  record Default(MapGroup group, ConceptMap.Unmapped unmapped) {}

  /** A map, and where it was read. */
  record MapFile(MapId id, String file) {}

  private record SectionKey(MapId map, String file, String source) {}

  /** Something that names a value set, which may come later. */
  private record OfValueSet(MapGroup group, Source source, Target target, Kind kind) {}

  private final Map<MapFile, Integer> maps = new LinkedHashMap<>();
  private final Map<MapFile, Set<String>> remarks = new HashMap<>();
  private final Map<SectionKey, Integer> sectionNumbers = new LinkedHashMap<>();
  private final List<SectionBuilder> sections = new ArrayList<>();
  private final List<OfValueSet> ofValueSets = new ArrayList<>();
  private final Map<Integer, Set<String>> namedInProperties = new TreeMap<>();
  private final Map<MapFile, Map<String, List<Coding>>> knownMembers = new HashMap<>();
  private final KnownValueSets valueSets = new KnownValueSets();
  private final RowSorter rows;
  private final LongConsumer progress;
  private final Packer packer = new Packer();
  private MapGroup lastGroup;
  private int lastSection;
  private int lastNumber;
  private long taken;

  /** Begins without a map; value sets are taken from the files that are told. */
  public MapCompiler() {
    this(rows -> {});
  }

  /**
   * @param progress is told now and then how many statements have been taken
   */
  public MapCompiler(LongConsumer progress) {
    this(BUDGET, progress);
  }

  MapCompiler(long budget) {
    this(budget, rows -> {});
  }

  private MapCompiler(long budget, LongConsumer progress) {
    this.rows = new RowSorter(budget);
    this.progress = progress;
  }

  @Override
  public void begin(MapId map, String file) {
    maps.putIfAbsent(new MapFile(map, file), maps.size());
  }

  @Override
  public void remark(MapId map, String file, String sentence) {
    begin(map, file);
    remarks.computeIfAbsent(new MapFile(map, file), m -> new LinkedHashSet<>()).add(sentence);
  }

  @Override
  public void group(MapGroup group) {
    if (group.equals(lastGroup)) {
      return;
    }
    begin(group.map(), group.file());
    SectionKey key = new SectionKey(group.map(), group.file(), group.source());
    Integer section = sectionNumbers.get(key);
    if (section == null) {
      section = sections.size();
      sectionNumbers.put(key, section);
      sections.add(
          new SectionBuilder(maps.get(new MapFile(group.map(), group.file())), group.source()));
    }
    lastGroup = group;
    lastSection = section;
    lastNumber = sections.get(section).number(group);
  }

  @Override
  public void say(MapGroup group, Source source, Target target)
      throws InvalidMapException, IOException {
    add(group, source, target, Statement.of(group, target).kind());
  }

  @Override
  public void withoutTarget(MapGroup group, Source source, boolean noMap)
      throws InvalidMapException, IOException {
    add(group, source, Target.none(), Statement.without(group, noMap).kind());
  }

  @Override
  public void valueSet(ValueSet valueSet) throws InvalidMapException {
    valueSets.add(valueSet);
  }

  @Override
  public void members(MapId map, String file, String canonical, List<Coding> codes) {
    knownMembers
        .computeIfAbsent(new MapFile(map, file), m -> new HashMap<>())
        .put(canonical, codes);
  }

  @Override
  public void otherwise(MapGroup group, ConceptMap.Unmapped unmapped) {
    group(group);
    sections.get(lastSection).defaults.add(new Default(group, unmapped));
  }

  private void add(MapGroup group, Source source, Target target, Kind kind)
      throws InvalidMapException, IOException {
    addNamed(group, target.dependsOn());
    addNamed(group, target.products());
    if (source.valueSet().isEmpty() && target.valueSet().isEmpty()) {
      write(group, source.code(), target, kind);
    } else {
      ofValueSets.add(new OfValueSet(group, source, target, kind));
    }
  }

  private void addNamed(MapGroup group, List<Property> properties) {
    for (Property property : properties) {
      if (!property.valueSet().isEmpty()) {
        begin(group.map(), group.file());
        namedInProperties
            .computeIfAbsent(maps.get(new MapFile(group.map(), group.file())), m -> new TreeSet<>())
            .add(property.valueSet());
      }
    }
  }

  private void write(MapGroup group, String source, Target target, Kind kind)
      throws InvalidMapException, IOException {
    group(group);
    byte[] code = CodeBytes.of(source);
    if (code == null || CodeBytes.of(target.code()) == null) {
      throw new InvalidMapException(
          group.file(), "", "has a code with half a surrogate pair, which is no character");
    }
    packer.clear();
    StatementCodec.write(
        new Statement(kind, group, target), lastNumber, StatementCodec.Texts.PLAIN, packer);
    if (packer.size() >= WordTable.MAX_TEXT) {
      throw new InvalidMapException(group.file(), "", "has a target of more than 64 MB of text");
    }
    long order = CodeBytes.order(CodeBytes.hash(code));
    rows.add(((long) lastSection << Integer.SIZE) | order, code, packer.toBytes());
    if (++taken % TOLD_EVERY == 0) {
      progress.accept(taken);
    }
  }

  /**
   * {@return the maps: in memory if they are small, else in a temporary file that is mapped}
   *
   * @throws InvalidMapException if what was told breaks a rule that holds across statements
   * @throws IOException if a temporary file cannot be written
   */
  public CompiledMaps compile() throws InvalidMapException, IOException {
    if (!rows.isLarge()) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      byte[] header = writeAll(out, UnaryOperator.identity());
      byte[] all = out.toByteArray();
      System.arraycopy(header, 0, all, 0, header.length);
      return CompiledMaps.of(ByteBuffer.wrap(all), "compiled maps");
    }
    Path file = Files.createTempFile("healthbeam-map-", CompiledMaps.SUFFIX);
    try {
      write(file, UnaryOperator.identity());
      return CompiledMaps.open(file, "compiled maps");
    } finally {
      // What is mapped stays readable; where the system forbids it, the JVM deletes it at its end.
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        file.toFile().deleteOnExit();
      }
    }
  }

  /**
   * Writes the maps into a file, to be opened with {@link CompiledMaps#open}. Of the files that
   * were read it names no folders: the same maps give the same bytes wherever they were.
   *
   * <p>The file is there at once and whole: one that was there before is replaced, and stays as it
   * is for those who have it open. If the maps are refused, it stays.
   *
   * @param file in a folder that is there
   * @throws InvalidMapException if what was told breaks a rule that holds across statements
   * @throws IOException if it or a temporary file cannot be written
   */
  public void writeTo(Path file) throws InvalidMapException, IOException {
    Path whole = Files.exists(file) ? file.toRealPath() : file;
    Path part = whole.resolveSibling(whole.getFileName() + "." + UUID.randomUUID() + ".part");
    try {
      write(part, read -> read.substring(read.lastIndexOf('/') + 1));
      Files.move(part, whole, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private void write(Path file, UnaryOperator<String> names)
      throws InvalidMapException, IOException {
    byte[] header;
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      header = writeAll(out, names);
    }
    try (RandomAccessFile all = new RandomAccessFile(file.toFile(), "rw")) {
      all.write(header);
    }
  }

  private byte[] writeAll(OutputStream out, UnaryOperator<String> names)
      throws InvalidMapException, IOException {
    ValueSetExpansion expansion = new ValueSetExpansion(valueSets);
    for (OfValueSet each : ofValueSets) {
      expansion.expand(
          each.group(),
          each.source(),
          each.target(),
          defaults(each.group()),
          (group, code, target) -> write(group, code, target, kindOf(each.kind(), target)));
    }
    ofValueSets.clear();
    for (SectionBuilder section : sections) {
      expansion.expand(section.defaults);
      section.defaults.forEach(each -> section.number(each.group()));
    }
    Map<Integer, Map<String, List<Coding>>> members = new TreeMap<>();
    List<MapFile> files = List.copyOf(maps.keySet());
    for (Map.Entry<Integer, Set<String>> named : namedInProperties.entrySet()) {
      MapFile file = files.get(named.getKey());
      members.put(
          named.getKey(),
          expansion.members(
              named.getValue(), knownMembers.getOrDefault(file, Map.of()), file.file()));
    }
    return new CompiledMapsFile(files, remarks, members, sections, rows, names, out).write();
  }

  private static Kind kindOf(Kind kind, Target target) {
    // A value set without codes is a target that comes to nothing.
    return kind == Kind.TARGET && !target.hasTarget() ? Kind.SILENT : kind;
  }

  private List<Default> defaults(MapGroup group) {
    // Without a source system, each code of the value set has its own.
    if (group.source().isEmpty()) {
      return List.of();
    }
    group(group);
    return sections.get(lastSection).defaults;
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
