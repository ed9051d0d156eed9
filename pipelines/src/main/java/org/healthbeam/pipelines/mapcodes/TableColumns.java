package org.healthbeam.pipelines.mapcodes;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.annotation.Nullable;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.values.Row;
import org.healthbeam.core.code.SeveralTargets;
import org.healthbeam.core.outcome.RejectReason;
import org.healthbeam.core.outcome.RejectedException;
import org.healthbeam.pipelines.run.UsageException;
import org.healthbeam.transforms.code.CodeColumns;

/**
 * Which columns of tables are read, and which are added. Of a row only the columns that the options
 * name become values, all of them text.
 *
 * @param groups what belongs to each column of codes
 * @param names of the columns that are read
 * @param id the column that identifies rows; empty if none
 * @param date the column of the event's date; empty if none
 */
record TableColumns(List<CodeColumns> groups, List<String> names, String id, String date)
    implements Serializable {
  private static final String NONE = "-";

  /** Says whether the options are about tables. */
  static boolean areIn(MapCodesOptions options) {
    return options.getCodeColumns() != null;
  }

  /**
   * Returns what the options say.
   *
   * @throws UsageException with a sentence that names the option
   */
  static TableColumns of(MapCodesOptions options) throws UsageException {
    List<String> codes = codes(options.getCodeColumns());
    List<String> systems = each(codes, "codeSystem", options.getCodeSystem());
    List<String> systemColumns = each(codes, "systemColumns", options.getSystemColumns());
    List<String> versions = each(codes, "versionColumns", options.getVersionColumns());
    List<String> displays = each(codes, "displayColumns", options.getDisplayColumns());
    boolean one = options.getSeveralTargets() == SeveralTargets.AMBIGUOUS;
    String target = text(options.getTargetSystem());
    if (!one && !target.isEmpty()) {
      throw new UsageException(
          "--targetSystem takes one target and --severalTargets=all takes all; leave out one");
    }
    List<CodeColumns> groups = new ArrayList<>();
    for (int i = 0; i < codes.size(); i++) {
      CodeColumns group = CodeColumns.of(codes.get(i));
      if (systems.get(i).isEmpty() == systemColumns.get(i).isEmpty()) {
        throw new UsageException(
            "Column '%s' of --codeColumns needs a system: either of --codeSystem or of"
                    .formatted(codes.get(i))
                + " --systemColumns");
      }
      group =
          systems.get(i).isEmpty()
              ? group.systemFrom(systemColumns.get(i))
              : group.inSystem(systems.get(i));
      group = versions.get(i).isEmpty() ? group : group.versionFrom(versions.get(i));
      group = displays.get(i).isEmpty() ? group : group.displayFrom(displays.get(i));
      if (one) {
        group = target.isEmpty() ? group.toOneTarget() : group.toOneTargetIn(target);
      }
      groups.add(group);
    }
    String id = text(options.getIdColumn());
    String date = text(options.getDateColumn());
    Set<String> names = new LinkedHashSet<>();
    Stream.of(codes, systemColumns, versions, displays, List.of(id, date))
        .flatMap(Collection::stream)
        .filter(name -> !name.isEmpty())
        .forEach(names::add);
    return new TableColumns(List.copyOf(groups), List.copyOf(names), id, date);
  }

  /** Returns one value for each column of codes; empty where there is none. */
  private static List<String> each(List<String> codes, String option, @Nullable List<String> values)
      throws UsageException {
    if (values == null || values.isEmpty()) {
      return Collections.nCopies(codes.size(), "");
    }
    if (values.size() != 1 && values.size() != codes.size()) {
      throw new UsageException(
          "--%s has %d values and --codeColumns %d; give one for all, or one for each"
              .formatted(option, values.size(), codes.size()));
    }
    List<String> plain =
        values.stream().map(String::strip).map(v -> v.equals(NONE) ? "" : v).toList();
    return plain.size() == codes.size() ? plain : Collections.nCopies(codes.size(), plain.get(0));
  }

  private static List<String> codes(List<String> columns) throws UsageException {
    List<String> codes = columns.stream().map(String::strip).toList();
    if (codes.contains("")) {
      throw new UsageException("--codeColumns has an empty name");
    }
    for (String code : codes) {
      if (Collections.frequency(codes, code) > 1) {
        throw new UsageException(
            "--codeColumns has '%s' twice; map one system after the other".formatted(code));
      }
    }
    return codes;
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value.strip();
  }

  /** Returns the columns that are read, as text that may be missing. */
  Schema schema() {
    Schema.Builder schema = Schema.builder();
    names.forEach(name -> schema.addNullableField(name, FieldType.STRING));
    return schema.build();
  }

  /** Returns the names of the columns that are added. */
  List<String> added(Schema mapped) {
    return mapped.getFieldNames().subList(names.size(), mapped.getFieldCount());
  }

  /**
   * Returns where in a table the columns are that are read; names are compared as they are, without
   * space around them, or where that finds none, in any case.
   *
   * @param header the names of the table's columns
   * @param added the names of those that are added
   * @throws RejectedException if one of them is not there, or twice, or one to be added is there
   */
  int[] places(List<String> header, List<String> added) throws RejectedException {
    int[] places = new int[names.size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = place(header, names.get(i));
    }
    for (String name : added) {
      if (header.stream().anyMatch(each -> each.strip().equalsIgnoreCase(name))) {
        throw new RejectedException(
            RejectReason.INVALID_FIELD, "the table has a column '%s' already".formatted(name));
      }
    }
    return places;
  }

  private static int place(List<String> header, String name) throws RejectedException {
    int exact = place(header, name, name::equals);
    int found = exact < 0 ? place(header, name, name::equalsIgnoreCase) : exact;
    if (found < 0) {
      throw new RejectedException(
          RejectReason.MISSING_FIELD, "the table has no column '%s'".formatted(name));
    }
    return found;
  }

  private static int place(List<String> header, String name, Predicate<String> isIt)
      throws RejectedException {
    int found = -1;
    for (int i = 0; i < header.size(); i++) {
      if (isIt.test(header.get(i).strip())) {
        if (found >= 0) {
          throw new RejectedException(
              RejectReason.INVALID_FIELD, "the table has the column '%s' twice".formatted(name));
        }
        found = i;
      }
    }
    return found;
  }

  /** Returns what is read of a row. */
  Row row(Schema schema, int[] places, IntFunction<String> cells) {
    List<Object> values = new ArrayList<>(places.length);
    for (int place : places) {
      values.add(cells.apply(place));
    }
    return Row.withSchema(schema).attachValues(values);
  }

  /** Returns the texts of the columns that are added; null where there is nothing. */
  List<String> texts(Row mapped) {
    List<String> texts = new ArrayList<>(mapped.getFieldCount() - names.size());
    for (int i = names.size(); i < mapped.getFieldCount(); i++) {
      Object value = mapped.getValue(i);
      texts.add(value instanceof Collection<?> targets ? json(targets) : (String) value);
    }
    return texts;
  }

  /** Returns targets as a JSON array of objects; none as nothing. */
  @Nullable
  private static String json(Collection<?> targets) {
    if (targets.isEmpty()) {
      return null;
    }
    StringBuilder json = new StringBuilder();
    for (Object target : targets) {
      Row row = (Row) target;
      json.append(json.isEmpty() ? "[{" : ",{");
      for (String name : row.getSchema().getFieldNames()) {
        TranslationRows.add(name, String.valueOf(row.<Object>getValue(name)), json);
      }
      json.append('}');
    }
    return json.append(']').toString();
  }
}
