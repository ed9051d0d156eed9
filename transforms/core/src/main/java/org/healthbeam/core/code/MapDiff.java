package org.healthbeam.core.code;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import org.healthbeam.core.code.ConceptMap.Validity;

/**
 * What another version of the maps changes. Maps are compared by their URLs, and by their versions
 * where several of one are used at once: that the version of a map is another one is no change by
 * itself. All that a map says is compared, also what holds for a time or under conditions, so that
 * nothing is taken for unchanged that may be answered otherwise.
 *
 * <p>Immutable, to be shared by all threads; memory does not grow with the maps.
 */
public final class MapDiff {
  private static final long BUDGET = 64L << 20;

  /** How a code is affected. */
  public enum Kind {
    /** Only the new maps name it. */
    ADDED,
    /** Only the old maps name it. */
    REMOVED,
    /** Both name it, and say something else. */
    CHANGED
  }

  /**
   * A code that is affected.
   *
   * @param kind what of the code has changed
   * @param before what the old maps answer, with all targets
   * @param after what the new maps answer, with all targets
   */
  public record Change(Kind kind, Translation before, Translation after) {}

  /** When a coding is answered otherwise. */
  public enum When {
    /** Now, where nothing else is known of it. */
    NOW("now"),
    /** Not now, but on some days: what is said of it holds for a time. */
    SOME_DAYS("some-days"),
    /** Not now, but under some conditions: it depends on properties. */
    SOME_CONDITIONS("some-conditions"),
    /** Never. */
    NEVER("never");

    private final String code;

    When(String code) {
      this.code = code;
    }

    /** {@return the published name} */
    public String code() {
      return code;
    }

    /**
     * {@return the one with this published name}
     *
     * @param code as {@link #code} gives it
     * @throws IllegalArgumentException if there is none
     */
    public static When fromCode(String code) {
      for (When when : values()) {
        if (when.code.equals(code)) {
          return when;
        }
      }
      throw new IllegalArgumentException("No time of a change has the code '" + code + "'");
    }
  }

  /** Takes the changes, one after another. */
  public interface Visitor<E extends Exception> {
    /**
     * Takes one change.
     *
     * @param change of one code; may be kept
     * @throws E if whoever takes it fails
     */
    void change(Change change) throws E;
  }

  private final CodeMap before;
  private final CodeMap after;
  private final Map<String, Boolean> defaultsDiffer = new HashMap<>();

  private MapDiff(CodeMap before, CodeMap after) {
    this.before = before;
    this.after = after;
    for (String system : systems()) {
      defaultsDiffer.put(system, !defaults(before, system).equals(defaults(after, system)));
    }
  }

  /**
   * Compares two sets of maps.
   *
   * @param before what is used so far
   * @param after what is to be used
   * @return the comparison, which reads both when it is asked
   */
  public static MapDiff between(CodeMap before, CodeMap after) {
    return new MapDiff(before, after);
  }

  /** {@return the canonical source systems of both, sorted} */
  public Set<String> systems() {
    Set<String> systems = new TreeSet<>(before.allSourceSystems());
    systems.addAll(after.allSourceSystems());
    return systems;
  }

  /**
   * {@return whether codes of this system that no map names may be answered otherwise}
   *
   * @param system by any of its names
   */
  public boolean changesUnnamedCodes(String system) {
    return defaultsDiffer.getOrDefault(CodeSystems.canonical(system), false);
  }

  /**
   * {@return whether a coding may be answered otherwise than before}
   *
   * @param coding with any name of its system
   */
  public boolean isAffected(Coding coding) {
    String system = CodeSystems.canonical(coding.system());
    Boolean otherDefaults = defaultsDiffer.get(system);
    if (otherDefaults == null) {
      return false;
    }
    Set<Told> old = about(before, system, coding.code());
    if (!old.equals(about(after, system, coding.code()))) {
      return true;
    }
    // What holds for a time or under conditions may give way to a default on another day.
    return otherDefaults
        && (old.stream().anyMatch(Told::mayNotHold)
            || !isSameAnswer(coding, SeveralTargets.ALL)
            || !isSameAnswer(coding, SeveralTargets.AMBIGUOUS));
  }

  /**
   * {@return when a coding is answered otherwise than before}
   *
   * @param coding with any name of its system
   * @param policy for a coding with several targets in one system
   */
  public When when(Coding coding, SeveralTargets policy) {
    if (!isAffected(coding)) {
      return When.NEVER;
    }
    Translation was = before.translate(coding, policy);
    Translation will = after.translate(coding, policy);
    if (!isSameButForReason(was, will)) {
      return When.NOW;
    }
    String system = CodeSystems.canonical(coding.system());
    Set<Told> old = about(before, system, coding.code());
    Set<Told> other = about(after, system, coding.code());
    Set<Told> all = new HashSet<>(old);
    all.addAll(other);
    all.removeIf(told -> !told.mayNotHold());
    Set<Told> differing = new HashSet<>(all);
    differing.removeIf(told -> old.contains(told) && other.contains(told));
    return (differing.isEmpty() ? all : differing)
        .stream()
            .map(Told::mayChange)
            .min(Comparator.naturalOrder())
            .orElse(was.reason() == will.reason() ? When.NEVER : When.NOW);
  }

  private boolean isSameAnswer(Coding coding, SeveralTargets policy) {
    return isSameAnswer(before.translate(coding, policy), after.translate(coding, policy));
  }

  /**
   * Shows every code that one of the maps names and that is affected, system by system, sorted.
   *
   * @param <E> what the visitor may throw
   * @param visitor takes the changes
   * @throws IOException if codes that do not fit into memory cannot be kept in a temporary file
   * @throws E if the visitor does
   */
  public <E extends Exception> void forEach(Visitor<E> visitor) throws E, IOException {
    for (String system : systems()) {
      try (RowSorter affected = new RowSorter(BUDGET)) {
        collect(system, affected);
        affected.visit(
            (number, code, payload) ->
                show(system, new String(code, StandardCharsets.UTF_8), visitor));
      }
    }
  }

  private void collect(String system, RowSorter affected) throws IOException {
    PriorityQueue<Walk> walks = new PriorityQueue<>();
    before.sections(system).forEach(section -> Walk.add(walks, section));
    after.sections(system).forEach(section -> Walk.add(walks, section));
    byte[] last = null;
    while (!walks.isEmpty()) {
      Walk walk = walks.poll();
      if (last == null || !Arrays.equals(last, walk.cursor.codeBytes())) {
        last = walk.cursor.codeBytes();
        if (isAffected(Coding.of(system, walk.cursor.code()))) {
          affected.add(0, last, new byte[0]);
        }
      }
      if (walk.cursor.next()) {
        walks.add(walk);
      }
    }
  }

  private <E extends Exception> void show(String system, String code, Visitor<E> visitor) throws E {
    Coding coding = Coding.of(system, code);
    Kind kind =
        about(before, system, code).isEmpty()
            ? Kind.ADDED
            : about(after, system, code).isEmpty() ? Kind.REMOVED : Kind.CHANGED;
    visitor.change(
        new Change(
            kind,
            before.translate(coding, SeveralTargets.ALL),
            after.translate(coding, SeveralTargets.ALL)));
  }

  private record Walk(CompiledSection.Cursor cursor) implements Comparable<Walk> {
    static void add(PriorityQueue<Walk> walks, CompiledSection section) {
      CompiledSection.Cursor cursor = section.cursor();
      if (cursor.next()) {
        walks.add(new Walk(cursor));
      }
    }

    @Override
    public int compareTo(Walk other) {
      int byOrder = Long.compare(cursor.order(), other.cursor.order());
      return byOrder != 0
          ? byOrder
          : Arrays.compareUnsigned(cursor.codeBytes(), other.cursor.codeBytes());
    }
  }

  /** What one map says about a code. */
  private record Told(
      MapId map,
      Statement.Kind kind,
      MapGroup place,
      ConceptMap.Target target,
      List<Optional<Set<Coding>>> valueSets) {

    boolean mayNotHold() {
      return !target.dependsOn().isEmpty() || !target.validity().equals(Validity.ALWAYS);
    }

    When mayChange() {
      return target.validity().equals(Validity.ALWAYS) ? When.SOME_CONDITIONS : When.SOME_DAYS;
    }
  }

  /** {@return what is said about a code; the order means nothing} */
  private static Set<Told> about(CodeMap maps, String system, String code) {
    Set<Told> result = new HashSet<>();
    for (CompiledSection section : maps.sections(system)) {
      MapId map = known(maps, section.map());
      for (Statement each : section.about(code)) {
        List<Optional<Set<Coding>>> valueSets =
            each.target().dependsOn().stream()
                .map(property -> Optional.ofNullable(section.valueSets().get(property.valueSet())))
                .toList();
        result.add(new Told(map, each.kind(), place(map, each.group()), each.target(), valueSets));
      }
    }
    return result;
  }

  /** {@return which maps are asked, and what they say about codes that they do not name} */
  private static Set<Object> defaults(CodeMap maps, String system) {
    Set<Object> result = new HashSet<>();
    for (CompiledSection section : maps.sections(system)) {
      MapId map = known(maps, section.map());
      result.add(List.of(map, maps.isAsked(section)));
      for (MapCompiler.Default each : section.defaults()) {
        result.add(new MapCompiler.Default(place(map, each.group()), each.unmapped()));
      }
    }
    return result;
  }

  /** {@return what a map is known by: its URL, and its version only where there are several} */
  private static MapId known(CodeMap maps, MapId map) {
    return maps.hasSeveralVersionsOf(map.url()) ? map : new MapId(map.url(), "");
  }

  private static MapGroup place(MapId map, MapGroup group) {
    return new MapGroup(
        map, "", group.source(), group.sourceVersion(), group.target(), group.targetVersion());
  }

  /**
   * {@return whether two translations say the same, whatever the versions of the maps}
   *
   * @param a one answer
   * @param b another answer, to a coding of the same system
   */
  public static boolean isSameAnswer(Translation a, Translation b) {
    return a.reason() == b.reason() && isSameButForReason(a, b);
  }

  /**
   * {@return whether two translations say the same, though perhaps for another reason}
   *
   * @param a one answer
   * @param b another answer, to a coding of the same system
   */
  public static boolean isSameButForReason(Translation a, Translation b) {
    return a.accepted() == b.accepted() && answers(a).equals(answers(b));
  }

  /** An answer without the versions of the maps that gave it. */
  private static List<Object> answers(Translation translation) {
    List<Object> result = new ArrayList<>();
    result.add(translation.outcome());
    for (Answer each : translation.answers()) {
      result.add(each.target());
      result.add(each.relationship());
      result.add(each.map().url());
      result.add(each.asked().url());
      result.add(each.condition());
      result.add(each.detail());
      result.add(each.fallback());
    }
    return result;
  }
}
