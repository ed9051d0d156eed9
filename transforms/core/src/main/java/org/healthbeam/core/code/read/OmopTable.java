package org.healthbeam.core.code.read;

import java.util.Locale;
import java.util.Optional;

/** The tables of an OMOP vocabulary, each one file. */
public enum OmopTable {
  /** All concepts. */
  CONCEPT,
  /** What concepts have to do with each other, two by two. */
  CONCEPT_RELATIONSHIP,
  /** The vocabularies and their versions; it may be missing. */
  VOCABULARY,
  /** Mappings of one's own; it may be missing. */
  SOURCE_TO_CONCEPT_MAP,
  /** Not read. */
  CONCEPT_ANCESTOR(false),
  /** Not read. */
  CONCEPT_CLASS(false),
  /** Not read: CPT4 concepts before their names have been added to CONCEPT. */
  CONCEPT_CPT4(false),
  /** Not read. */
  CONCEPT_SYNONYM(false),
  /** Not read. */
  DOMAIN(false),
  /** Not read. */
  DRUG_STRENGTH(false),
  /** Not read. */
  RELATIONSHIP(false);

  private final boolean read;

  OmopTable() {
    this(true);
  }

  OmopTable(boolean read) {
    this.read = read;
  }

  boolean isRead() {
    return read;
  }

  /**
   * {@return the table that a file of this name has, in any case, gzipped or not}
   *
   * @param name of a file, with folders or without
   */
  public static Optional<OmopTable> ofName(String name) {
    int slash = Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'));
    String plain = name.substring(slash + 1).toUpperCase(Locale.ROOT);
    if (plain.endsWith(".GZ")) {
      plain = plain.substring(0, plain.length() - 3);
    }
    for (OmopTable table : values()) {
      if (plain.equals(table.name() + ".CSV") || plain.equals(table.name() + ".TSV")) {
        return Optional.of(table);
      }
    }
    return Optional.empty();
  }
}
