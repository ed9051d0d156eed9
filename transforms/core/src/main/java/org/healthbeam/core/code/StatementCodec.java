package org.healthbeam.core.code;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.healthbeam.core.code.ConceptMap.Combination;
import org.healthbeam.core.code.ConceptMap.Target;
import org.healthbeam.core.code.ConceptMap.Validity;

/**
 * The bytes of one statement: flags, the number of its group, the target code, the display, and
 * what few statements have besides. Surrogates that stand alone cannot come: readers refuse them.
 */
final class StatementCodec {
  // Their places in these lists stand in files: nothing may be moved.
  static final List<Relationship> RELATIONSHIPS =
      List.of(
          Relationship.EQUIVALENT,
          Relationship.SOURCE_IS_NARROWER,
          Relationship.SOURCE_IS_BROADER,
          Relationship.RELATED_TO,
          Relationship.NOT_RELATED_TO);
  static final List<ConceptMap.Mode> MODES =
      List.of(ConceptMap.Mode.PROVIDED, ConceptMap.Mode.FIXED, ConceptMap.Mode.OTHER_MAP);
  private static final List<Statement.Kind> KINDS =
      List.of(Statement.Kind.TARGET, Statement.Kind.NO_MAP, Statement.Kind.SILENT);
  private static final int KIND_SHIFT = 3;
  private static final int HAS_DISPLAY = 1 << 5;
  private static final int HAS_MORE = 1 << 6;

  /** Bytes of the smallest statement: flags, group and an empty code. */
  static final int LEAST = 3;

  private static final int LEAST_PROPERTY = 5;

  private static final int VALUE_SET = 1;
  private static final int DEPENDS_ON = 2;
  private static final int PRODUCTS = 4;
  private static final int VALIDITY = 8;
  private static final int COMBINATION = 16;
  private static final int COMMENT = 32;
  private static final int CURRENT = 64;

  /** How displays and comments are written and read. */
  record Texts(BiConsumer<String, Packer> write, Function<Unpacker, String> read) {
    /** As they are. */
    static final Texts PLAIN = new Texts((text, out) -> out.text(text), Unpacker::text);

    static Texts of(WordTable words) {
      return new Texts(words::write, words::read);
    }
  }

  private StatementCodec() {}

  static void write(Statement statement, int group, Texts texts, Packer out) {
    Target target = statement.target();
    int more = more(target);
    out.u8(
        RELATIONSHIPS.indexOf(target.relationship())
            | KINDS.indexOf(statement.kind()) << KIND_SHIFT
            | (target.display().isEmpty() ? 0 : HAS_DISPLAY)
            | (more == 0 ? 0 : HAS_MORE));
    out.number(group);
    out.text(target.code());
    if (!target.display().isEmpty()) {
      texts.write().accept(target.display(), out);
    }
    if (more != 0) {
      out.u8(more);
      writeMore(target, more, texts, out);
    }
  }

  private static int more(Target target) {
    boolean always = target.validity().equals(Validity.ALWAYS);
    return (target.valueSet().isEmpty() ? 0 : VALUE_SET)
        | (target.dependsOn().isEmpty() ? 0 : DEPENDS_ON)
        | (target.products().isEmpty() ? 0 : PRODUCTS)
        | (always ? 0 : VALIDITY)
        | (!always && target.validity().current() ? CURRENT : 0)
        | (target.combination() == null ? 0 : COMBINATION)
        | (target.comment().isEmpty() ? 0 : COMMENT);
  }

  private static void writeMore(Target target, int more, Texts texts, Packer out) {
    if ((more & VALUE_SET) != 0) {
      out.text(target.valueSet());
    }
    if ((more & DEPENDS_ON) != 0) {
      write(target.dependsOn(), texts, out);
    }
    if ((more & PRODUCTS) != 0) {
      write(target.products(), texts, out);
    }
    if ((more & VALIDITY) != 0) {
      write(target.validity().from(), LocalDate.MIN, out);
      write(target.validity().to(), LocalDate.MAX, out);
    }
    Combination combination = target.combination();
    if (combination != null) {
      out.number(combination.scenario());
      out.number(combination.part());
      out.number(combination.priority());
    }
    if ((more & COMMENT) != 0) {
      texts.write().accept(target.comment(), out);
    }
  }

  /** Writes 0 for no limit, else one more than the day. */
  private static void write(LocalDate day, LocalDate noLimit, Packer out) {
    long number = day.toEpochDay();
    out.number(day.equals(noLimit) ? 0 : ((number << 1) ^ (number >> 63)) + 1);
  }

  private static LocalDate readDay(Unpacker in, LocalDate noLimit) {
    long written = in.number();
    long number = written - 1;
    return written == 0 ? noLimit : LocalDate.ofEpochDay((number >>> 1) ^ -(number & 1));
  }

  private static void write(List<Property> properties, Texts texts, Packer out) {
    out.number(properties.size());
    for (Property each : properties) {
      texts.write().accept(each.name(), out);
      texts.write().accept(each.system(), out);
      texts.write().accept(each.value(), out);
      texts.write().accept(each.display(), out);
      texts.write().accept(each.valueSet(), out);
    }
  }

  static Statement read(Unpacker in, IntFunction<MapGroup> groups, Texts texts) {
    int flags = in.u8();
    MapGroup group = groups.apply(in.count());
    String code = in.text();
    String display = (flags & HAS_DISPLAY) == 0 ? "" : texts.read().apply(in);
    Relationship relationship = RELATIONSHIPS.get(flags & 7);
    Target target =
        (flags & HAS_MORE) == 0
            ? Target.of(code, display, relationship)
            : readMore(in, texts, code, display, relationship);
    return new Statement(KINDS.get((flags >> KIND_SHIFT) & 3), group, target);
  }

  private static Target readMore(
      Unpacker in, Texts texts, String code, String display, Relationship relationship) {
    int more = in.u8();
    String valueSet = (more & VALUE_SET) == 0 ? "" : in.text();
    List<Property> dependsOn = (more & DEPENDS_ON) == 0 ? List.of() : readProperties(in, texts);
    List<Property> products = (more & PRODUCTS) == 0 ? List.of() : readProperties(in, texts);
    Validity validity =
        (more & VALIDITY) == 0
            ? Validity.ALWAYS
            : new Validity(
                readDay(in, LocalDate.MIN), readDay(in, LocalDate.MAX), (more & CURRENT) != 0);
    Combination combination =
        (more & COMBINATION) == 0 ? null : new Combination(in.count(), in.count(), in.count());
    String comment = (more & COMMENT) == 0 ? "" : texts.read().apply(in);
    return new Target(
        code, display, relationship, valueSet, dependsOn, products, validity, combination, comment);
  }

  private static List<Property> readProperties(Unpacker in, Texts texts) {
    int n = in.countOf(LEAST_PROPERTY);
    List<Property> result = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      result.add(
          new Property(
              texts.read().apply(in),
              texts.read().apply(in),
              texts.read().apply(in),
              texts.read().apply(in),
              texts.read().apply(in)));
    }
    return result;
  }

  /** Counts the words of a statement's texts. */
  static void count(Statement statement, WordTable.Counter words) {
    Target target = statement.target();
    if (!target.display().isEmpty()) {
      words.count(target.display());
    }
    if (!target.comment().isEmpty()) {
      words.count(target.comment());
    }
    target.dependsOn().forEach(each -> count(each, words));
    target.products().forEach(each -> count(each, words));
  }

  /** Numbers are most often different ones, and would fill the table for nothing. */
  private static void count(Property property, WordTable.Counter words) {
    words.count(property.name());
    words.count(property.system());
    if (property.value().isEmpty() || !Character.isDigit(property.value().charAt(0))) {
      words.count(property.value());
    }
    words.count(property.display());
    words.count(property.valueSet());
  }
}
