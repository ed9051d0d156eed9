package org.healthbeam.core.code;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import javax.annotation.Nullable;

/**
 * Several maps, ready for look-up; immutable, to be shared by all threads. Keys are exact: the
 * canonical system and the code, character by character.
 *
 * <p>Every map is asked, and what they say adds up. A map that another one names as its {@code
 * other-map} is asked only through it, for the source systems where that is so.
 *
 * <p>Source: FHIR R4 and R5, ConceptMap and its operation {@code $translate}.
 */
public final class CodeMap {
  /** So many targets are compared with one another. */
  private static final int FEW = 4;

  private static final Comparator<MapId> BY_URL =
      Comparator.comparing(MapId::url).thenComparing(MapId::version);

  private final Map<String, List<CompiledSection>> asked;
  private final Map<MapId, Map<String, CompiledSection>> byMap;
  private final Map<String, MapId> resolved;
  private final Set<MapId> ids;
  private final Set<String> inSeveralVersions = new HashSet<>();
  private final String name;
  private final AskedSystems systems;
  private final Conclusions conclusions = new Conclusions();
  private final List<CompiledMaps> compiled;

  private CodeMap(
      List<CompiledMaps> compiled,
      Map<String, List<CompiledSection>> asked,
      Map<MapId, Map<String, CompiledSection>> byMap,
      Map<String, MapId> resolved) {
    this.compiled = List.copyOf(compiled);
    this.asked = asked;
    this.systems = new AskedSystems(asked);
    this.byMap = byMap;
    this.resolved = resolved;
    this.ids = Set.copyOf(byMap.keySet());
    this.name = MapId.nameOf(ids);
    Set<String> urls = new HashSet<>();
    ids.stream().map(MapId::url).filter(url -> !urls.add(url)).forEach(inSeveralVersions::add);
  }

  /**
   * Compiles maps.
   *
   * @param maps whose files may be any; those with the same url and version must say the same
   * @return the maps, all asked but those that another names as its {@code other-map}
   * @throws InvalidMapException if there are none, if two with the same url and version differ, or
   *     if an {@code other-map} is missing or leads back to itself
   */
  public static CodeMap of(Collection<ConceptMap> maps) throws InvalidMapException {
    List<CompiledMaps> compiled = new ArrayList<>();
    for (ConceptMap map : maps) {
      // One by one: two of the same name and file may differ.
      try (MapCompiler compiler = new MapCompiler()) {
        map.tell(compiler);
        compiled.add(compiler.compile());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return over(compiled);
  }

  /**
   * Joins compiled maps, of which all are asked. The same map in two of them is taken once.
   *
   * @param compiled one or more; what they map into memory must stay unchanged
   * @return the maps, all asked but those that another names as its {@code other-map}
   * @throws InvalidMapException as for {@link #of}
   */
  public static CodeMap over(List<CompiledMaps> compiled) throws InvalidMapException {
    return over(compiled, List.of());
  }

  /**
   * Joins compiled maps.
   *
   * @param compiled one or more; what they map into memory must stay unchanged
   * @param use which of the maps are asked, as {@code url} or {@code url|version}; the others only
   *     through {@code other-map}. None named: all of them, and then there may be one version only
   *     of each that is asked by itself
   * @return the maps, of which those are asked that are named
   * @throws InvalidMapException as for {@link #of}, and if a map that is named is not there
   */
  public static CodeMap over(List<CompiledMaps> compiled, List<String> use)
      throws InvalidMapException {
    return join(compiled, maps -> MapChoice.of(use, maps));
  }

  /**
   * Joins compiled maps, of which the latest version of each is asked; earlier ones only through an
   * {@code other-map} that names the version.
   *
   * @param compiled one or more; what they map into memory must stay unchanged
   * @return the maps, each asked in its latest version
   * @throws InvalidMapException as for {@link #of}, and if it cannot be told which of two versions
   *     is the later one
   */
  public static CodeMap latestOf(List<CompiledMaps> compiled) throws InvalidMapException {
    return join(compiled, maps -> MapChoice.of(VersionOrder.latest(maps), maps));
  }

  /**
   * Checks compiled maps of which somebody will choose later: they may be there in several
   * versions.
   *
   * @param compiled one or more
   * @throws InvalidMapException as for {@link #of}; where an {@code other-map} may be one of
   *     several versions, it is judged when maps are chosen
   */
  public static void check(List<CompiledMaps> compiled) throws InvalidMapException {
    join(compiled, MapChoice::later);
  }

  private interface Chooser {
    MapChoice among(Set<MapId> maps) throws InvalidMapException;
  }

  private static CodeMap join(List<CompiledMaps> compiled, Chooser chooser)
      throws InvalidMapException {
    Map<MapId, CompiledMaps.Content> infos = new LinkedHashMap<>();
    Map<MapId, Map<String, CompiledSection>> byMap = new LinkedHashMap<>();
    for (CompiledMaps maps : compiled) {
      for (CompiledMaps.Content info : maps.maps()) {
        CompiledMaps.Content same = infos.putIfAbsent(info.id(), info);
        if (same == null) {
          Map<String, CompiledSection> sections = new LinkedHashMap<>();
          maps.sections(info).forEach(section -> sections.put(section.source(), section));
          byMap.put(info.id(), sections);
        } else if (!same.digest().equals(info.digest())) {
          throw new InvalidMapException(
              info.file(),
              "",
              "is the map " + info.id() + ", and so is " + same.file() + ", but they differ");
        }
      }
    }
    refuseEmpty(infos.values(), byMap);
    MapChoice choice = chooser.among(byMap.keySet());
    OtherMaps others = OtherMaps.resolve(infos, byMap, choice);
    Map<String, List<CompiledSection>> asked = new HashMap<>();
    Map<MapId, String> askedMaps = new LinkedHashMap<>();
    for (MapId id : choice.chosen()) {
      byMap
          .get(id)
          .forEach(
              (system, section) -> {
                if (!others.isOnlyAskedThroughAnother(id, system)) {
                  asked.computeIfAbsent(system, s -> new ArrayList<>(1)).add(section);
                  askedMaps.put(id, infos.get(id).file());
                }
              });
    }
    choice.refuseSeveralVersions(askedMaps);
    // Which map of those asked first leads to another one is told: not by the order of files.
    asked.values().forEach(sections -> sections.sort(Comparator.comparing(s -> s.map(), BY_URL)));
    byMap.keySet().retainAll(others.reached());
    return new CodeMap(compiled, asked, byMap, others.resolved());
  }

  private static void refuseEmpty(
      Collection<CompiledMaps.Content> infos, Map<MapId, Map<String, CompiledSection>> byMap)
      throws InvalidMapException {
    boolean empty =
        byMap.values().stream()
            .flatMap(sections -> sections.values().stream())
            .allMatch(section -> section.codes() == 0 && section.defaults().isEmpty());
    if (empty) {
      throw new InvalidMapException(
          infos.isEmpty()
              ? "There is no code map"
              : "The code maps have no entries: "
                  + String.join(", ", infos.stream().map(CompiledMaps.Content::file).toList()));
    }
  }

  /** {@return the maps that are asked, and those that are asked through them} */
  public Set<MapId> ids() {
    return ids;
  }

  /**
   * {@return what names these maps in each of their translations: {@code url|version} of each of
   * {@link #ids}, sorted, with spaces between; or, where that is longer than 255 characters, {@code
   * sha256:} and the SHA-256 of that text in hexadecimal digits}
   */
  public String name() {
    return name;
  }

  /** {@return whether several versions of a map are there} */
  boolean hasSeveralVersionsOf(String url) {
    return inSeveralVersions.contains(url);
  }

  /** {@return the canonical source systems, sorted} */
  public Set<String> sourceSystems() {
    return new TreeSet<>(asked.keySet());
  }

  /** {@return how many source codes the maps name} */
  public long size() {
    return byMap.values().stream()
        .flatMap(sections -> sections.values().stream())
        .mapToLong(CompiledSection::codes)
        .sum();
  }

  /**
   * {@return whether somebody has written into a file that these maps are read from where it lies,
   * so that no answer can be trusted any more} A new file that takes the name of such a file is no
   * change.
   */
  public boolean hasChanged() {
    return compiled.stream().anyMatch(CompiledMaps::hasChanged);
  }

  /**
   * To be called after answers and before they are used.
   *
   * @throws IllegalStateException if somebody has written into a file of these maps
   */
  public void requireUnchanged() {
    for (CompiledMaps each : compiled) {
      if (each.hasChanged()) {
        throw new IllegalStateException(
            each.fileName()
                + " was written over while it was in use; put a new version beside it and rename"
                + " it");
      }
    }
  }

  /** {@return the source systems of all maps, also of those that are asked through another only} */
  Set<String> allSourceSystems() {
    Set<String> systems = new TreeSet<>();
    byMap.values().forEach(sections -> systems.addAll(sections.keySet()));
    return systems;
  }

  /** {@return what all maps say about a source system, in the order of their URLs and versions} */
  List<CompiledSection> sections(String system) {
    return byMap.entrySet().stream()
        .filter(map -> map.getValue().containsKey(system))
        .sorted(Map.Entry.comparingByKey(BY_URL))
        .map(map -> map.getValue().get(system))
        .toList();
  }

  /** {@return whether a section is asked by itself, not only through another map} */
  boolean isAsked(CompiledSection section) {
    return asked.getOrDefault(section.source(), List.of()).contains(section);
  }

  /**
   * Translates one coding of which nothing else is known.
   *
   * @param source with any name of its system ({@link CodeSystems})
   * @param policy for a coding with several targets in one system
   * @return the answer; where it hangs on circumstances, they are not known to hold
   */
  public Translation translate(Coding source, SeveralTargets policy) {
    return translate(source, Circumstances.NONE, policy);
  }

  /**
   * Translates one coding under a policy.
   *
   * @param source with any name of its system ({@link CodeSystems})
   * @param circumstances on which an answer may hang
   * @param policy for a coding with several targets in one system
   * @return the answer, with exactly one outcome
   */
  public Translation translate(Coding source, Circumstances circumstances, SeveralTargets policy) {
    return translate(source, () -> circumstances, policy);
  }

  /**
   * Translates one coding under a policy.
   *
   * @param source with any name of its system ({@link CodeSystems})
   * @param circumstances asked only where the answer may hang on them
   * @param policy for a coding with several targets in one system
   * @return the answer, with exactly one outcome
   * @throws IllegalStateException if nothing can be read since somebody has written into a file of
   *     these maps; where something can, {@link #requireUnchanged} tells
   */
  public Translation translate(
      Coding source, Supplier<Circumstances> circumstances, SeveralTargets policy) {
    try {
      return answer(source, circumstances, policy);
    } catch (RuntimeException | InternalError e) {
      // The latter is how Java tells that a file that is mapped has become shorter, here or later.
      requireUnchanged();
      throw e;
    }
  }

  private Translation answer(
      Coding source, Supplier<Circumstances> circumstances, SeveralTargets policy) {
    if (source.code().isEmpty()) {
      return invalid(source, TranslationReason.NO_CODE);
    }
    if (source.system().isEmpty()) {
      return invalid(source, TranslationReason.NO_SYSTEM);
    }
    if (!CodeSyntax.isCode(source.code())) {
      return invalid(source, TranslationReason.NOT_A_CODE);
    }
    AskedSystems.Asked found = systems.byName(source.system());
    String system = found.canonical();
    List<CompiledSection> sections = found.sections();
    if (sections == null) {
      return unmapped(source, system, TranslationReason.SYSTEM_NOT_IN_MAPS);
    }
    Translation before = conclusions.get(system, source, policy);
    if (before != null) {
      return before;
    }
    Hearing hearing = null;
    for (CompiledSection section : sections) {
      List<Statement> said = section.about(source.code());
      if (sections.size() == 1) {
        Translation plain = plain(source, system, section, said, policy);
        if (plain != null) {
          conclusions.keep(plain, policy);
          return plain;
        }
      }
      if (hearing == null && !(said.isEmpty() && section.defaults().isEmpty())) {
        hearing = new Hearing(source, circumstances.get(), name, this::other);
      }
      if (hearing != null) {
        hearing.hear(section, said);
      }
    }
    if (hearing == null) {
      Translation nothing = unmapped(source, system, TranslationReason.CODE_NOT_IN_MAPS);
      conclusions.keep(nothing, policy);
      return nothing;
    }
    // A default stands in only where no map names the code for that target system.
    for (CompiledSection section : sections) {
      for (MapCompiler.Default each : section.defaults()) {
        hearing.fallBack(section, each, section.map());
      }
    }
    Translation conclusion = hearing.conclude(system, policy);
    if (hearing.hangsOnTheCodeAlone()) {
      conclusions.keep(conclusion, policy);
    }
    return conclusion;
  }

  /**
   * {@return the answer for something that cannot be looked up in these maps}
   *
   * @param source as the data has it; its parts may be empty
   * @param reason why it cannot be looked up
   */
  public Translation invalid(Coding source, TranslationReason reason) {
    return Translation.invalid(source, reason, name);
  }

  private Translation unmapped(Coding source, String system, TranslationReason reason) {
    return new Translation(source, system, TranslationOutcome.UNMAPPED, reason, List.of(), 0, name);
  }

  /**
   * Concludes where nothing has to be weighed: one map, few targets in one system, each another one
   * that holds always and by itself, and no rule for codes without one that could speak of another
   * target system. Null elsewhere, where {@link Hearing} concludes; it would say the same here.
   */
  @Nullable
  private Translation plain(
      Coding source,
      String system,
      CompiledSection section,
      List<Statement> said,
      SeveralTargets policy) {
    int n = said.size();
    if (n == 0 || n > FEW) {
      return null;
    }
    String target = said.get(0).group().target();
    for (int i = 0; i < n; i++) {
      if (!isPlain(said.get(i), target, source) || isSaidBefore(said, i)) {
        return null;
      }
    }
    for (MapCompiler.Default each : section.defaults()) {
      if (!each.group().target().equals(target)) {
        return null;
      }
    }
    Answer[] answers = new Answer[n];
    for (int i = 0; i < n; i++) {
      answers[i] = said.get(i).answer(Condition.NONE);
    }
    if (n > 1) {
      Arrays.sort(answers, Answers.ORDER);
    }
    boolean taken = n == 1 || policy == SeveralTargets.ALL;
    return new Translation(
        source,
        system,
        taken ? TranslationOutcome.MAPPED : TranslationOutcome.AMBIGUOUS,
        taken ? TranslationReason.ELEMENT : TranslationReason.SEVERAL_TARGETS,
        List.of(answers),
        taken ? n : 0,
        name);
  }

  private static boolean isPlain(Statement statement, String target, Coding source) {
    MapGroup group = statement.group();
    return statement.isPlain()
        && group.target().equals(target)
        && (group.sourceVersion().isEmpty() || source.version().isEmpty());
  }

  private static boolean isSaidBefore(List<Statement> said, int number) {
    String code = said.get(number).target().code();
    for (int i = 0; i < number; i++) {
      if (said.get(i).target().code().equals(code)) {
        return true;
      }
    }
    return false;
  }

  @Nullable
  private CompiledSection other(String canonical, String system) {
    return byMap.get(resolved.get(canonical)).get(system);
  }
}
