package org.healthbeam.core.variant.vcf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the lines of a header that begin with ## declare, as far as records are judged by it, and
 * what is wrong with these lines.
 *
 * @param info the keys of INFO that are declared well, by key
 * @param format the keys of FORMAT that are declared well, by key
 * @param oldMitochondrion the sequence that has the length of NC_001807.4, which UCSC's hg19 calls
 *     chrM, if its name is one of a mitochondrion; else empty
 * @param findings what is wrong, in the order of the file
 */
public record Declarations(
    Map<String, Field> info,
    Map<String, Field> format,
    String oldMitochondrion,
    List<Finding> findings) {

  /** None. */
  public static final Declarations NONE = new Declarations(Map.of(), Map.of(), "", List.of());

  private static final String TAB = "\t";

  /**
   * Takes copies.
   *
   * @param info the keys of INFO that are declared well, by key
   * @param format the keys of FORMAT that are declared well, by key
   * @param oldMitochondrion the sequence that has the length of NC_001807.4, which UCSC's hg19
   *     calls chrM, if its name is one of a mitochondrion; else empty
   * @param findings what is wrong, in the order of the file
   */
  public Declarations {
    info = Collections.unmodifiableMap(new LinkedHashMap<>(info));
    format = Collections.unmodifiableMap(new LinkedHashMap<>(format));
    findings = List.copyOf(findings);
  }

  /**
   * A rule that a line of the header breaks.
   *
   * @param rule the rule
   * @param line the line, from 1
   */
  public record Finding(VcfRule rule, long line) {}

  /** {@return it as lines of text; equal ones, and no others, have equal text} */
  public String text() {
    StringBuilder text = new StringBuilder();
    info.values().forEach(field -> append('I', field, text));
    format.values().forEach(field -> append('F', field, text));
    if (!oldMitochondrion.isEmpty()) {
      text.append("M\t").append(oldMitochondrion).append('\n');
    }
    findings.forEach(
        f -> text.append("!\t").append(f.rule()).append('\t').append(f.line()).append('\n'));
    return text.toString();
  }

  private static void append(char kind, Field field, StringBuilder text) {
    text.append(kind)
        .append('\t')
        .append(field.id())
        .append('\t')
        .append(field.number().per())
        .append('\t')
        .append(field.number().n())
        .append('\t')
        .append(field.type())
        .append('\n');
  }

  /**
   * {@return what this {@link #text} is of}
   *
   * @param text empty for {@link #NONE}; as this class writes it, not a file's
   */
  public static Declarations ofText(String text) {
    if (text.isEmpty()) {
      return NONE;
    }
    Map<String, Field> info = new LinkedHashMap<>();
    Map<String, Field> format = new LinkedHashMap<>();
    List<Finding> findings = new ArrayList<>();
    String oldMitochondrion = "";
    for (String line : text.split("\n")) {
      String[] cell = line.split(TAB);
      if (cell[0].equals("!")) {
        findings.add(new Finding(VcfRule.valueOf(cell[1]), Long.parseLong(cell[2])));
      } else if (cell[0].equals("M")) {
        oldMitochondrion = cell[1];
      } else {
        FieldNumber number =
            new FieldNumber(FieldNumber.Per.valueOf(cell[2]), Integer.parseInt(cell[3]));
        Field field = new Field(cell[1], number, FieldType.valueOf(cell[4]));
        (cell[0].equals("I") ? info : format).put(field.id(), field);
      }
    }
    return new Declarations(info, format, oldMitochondrion, findings);
  }
}
