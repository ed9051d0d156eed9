package org.healthbeam.core.variant.vcf;

import java.util.LinkedHashMap;
import java.util.Map;
import javax.annotation.Nullable;

/**
 * The keys that the specification reserves, with their Number and Type.
 *
 * <p>Source: VCF 4.2, sections 1.4.1 and 1.4.2, whose text names the keys; VCF 4.3 and later,
 * tables 1 and 2, which give Number and Type. Keys for structural variants are left out, since
 * their Number differs from version to version.
 */
final class ReservedFields {
  private static final int LATEST = 5;

  /** Version, then key, Number and Type; a later line replaces an earlier one. */
  private static final String INFO =
      """
      0 AA 1 String
      0 AC A Integer
      0 AF A Float
      0 AN 1 Integer
      0 BQ 1 Float
      0 CIGAR A String
      0 DB 0 Flag
      0 DP 1 Integer
      0 END 1 Integer
      0 H2 0 Flag
      0 H3 0 Flag
      0 MQ 1 Float
      0 MQ0 1 Integer
      0 NS 1 Integer
      0 SOMATIC 0 Flag
      0 VALIDATED 0 Flag
      0 1000G 0 Flag
      3 AD R Integer
      3 ADF R Integer
      3 ADR R Integer
      """;

  private static final String FORMAT =
      """
      0 DP 1 Integer
      0 FT 1 String
      0 GL G Float
      0 GQ 1 Integer
      0 GT 1 String
      0 HQ 2 Integer
      1 EC A Integer
      1 GLE G String
      1 GP G Float
      1 MQ 1 Integer
      1 PL G Integer
      1 PQ 1 Integer
      1 PS 1 Integer
      3 AD R Integer
      3 ADF R Integer
      3 ADR R Integer
      3 PP G Integer
      4 PSL P String
      4 PSO P Integer
      4 PSQ P Integer
      5 LEN 1 Integer
      5 LAA . Integer
      5 LAD LR Integer
      5 LADF LR Integer
      5 LADR LR Integer
      5 LEC LA Integer
      5 LGL LG Float
      5 LGP LG Float
      5 LPL LG Integer
      5 LPP LG Integer
      """;

  private static final Map<Integer, Map<String, Field>> INFO_OF = byVersion(INFO, false);
  private static final Map<Integer, Map<String, Field>> FORMAT_OF = byVersion(FORMAT, true);

  private ReservedFields() {}

  static Map<String, Field> info(int minor) {
    return INFO_OF.getOrDefault(minor, Map.of());
  }

  static Map<String, Field> format(int minor) {
    return FORMAT_OF.getOrDefault(minor, Map.of());
  }

  /**
   * {@return whether a declaration is what the specification gives a reserved key} GLE may have a
   * Number of a dot, since it lists genotypes of several ploidies; MQ of INFO may be whole.
   */
  static boolean agrees(Field declared, @Nullable Field reserved, boolean format) {
    if (reserved == null) {
      return true;
    }
    boolean number =
        declared.number().equals(reserved.number())
            || (reserved.id().equals("GLE") && declared.number().text().equals("."));
    boolean type =
        declared.type() == reserved.type()
            || (!format && reserved.id().equals("MQ") && declared.type() == FieldType.INTEGER);
    return number && type;
  }

  private static Map<Integer, Map<String, Field>> byVersion(String table, boolean format) {
    Map<Integer, Map<String, Field>> result = new LinkedHashMap<>();
    for (int minor = 0; minor <= LATEST; minor++) {
      Map<String, Field> fields = new LinkedHashMap<>();
      for (String line : table.split("\n")) {
        String[] cell = line.split(" ");
        if (Integer.parseInt(cell[0]) <= minor) {
          FieldNumber number = FieldNumber.of(cell[2], minor, format);
          FieldType type = FieldType.of(cell[3]);
          if (number == null || type == null) {
            throw new IllegalStateException("No such Number or Type: " + line);
          }
          fields.put(cell[1], new Field(cell[1], number, type));
        }
      }
      result.put(minor, fields);
    }
    return result;
  }
}
