package org.healthbeam.core.variant.vcf;

import javax.annotation.Nullable;

/** The types of values; source: VCF 4.2, sections 1.2.2 and 1.2.4. */
public enum FieldType {
  /** A whole number of 32 bits. */
  INTEGER("Integer"),
  /** A decimal number of 32 bits. */
  FLOAT("Float"),
  /** Without a value: it is there or not; in INFO only. */
  FLAG("Flag"),
  /** One character. */
  CHARACTER("Character"),
  /** Any text that the column allows. */
  STRING("String");

  private final String label;

  FieldType(String label) {
    this.label = label;
  }

  /** {@return the name as the header writes it} */
  public String label() {
    return label;
  }

  /** {@return the type of this name, or null if there is none} */
  @Nullable
  static FieldType of(String label) {
    for (FieldType type : values()) {
      if (type.label.equals(label)) {
        return type;
      }
    }
    return null;
  }
}
