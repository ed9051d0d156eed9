package org.healthbeam.io.table;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The columns of a table, in order, with what they hold.
 *
 * @param all each by its name
 */
public record Columns(List<Column> all) implements Serializable {

  /** What a column holds. */
  public enum Type {
    /** Text, or nothing. */
    TEXT,
    /** A whole number of 64 bits, which is always there. */
    WHOLE,
    /** A floating number of 64 bits, or nothing. */
    NUMBER,
    /** {@code true} or {@code false}, or nothing; told as text. */
    FLAG,
    /** An instant to the microsecond, or nothing; told as text in ISO 8601 in UTC. */
    TIME
  }

  /** A name, and what is under it. */
  public record Column(String name, Type type) implements Serializable {}

  /**
   * Takes a copy of the list.
   *
   * @param all each by its name
   */
  public Columns {
    all = List.copyOf(all);
  }

  /** {@return no column} */
  public static Columns none() {
    return new Columns(List.of());
  }

  /**
   * {@return these, then columns of text, whose names are separated by commas}
   *
   * @param names in order
   */
  public Columns text(String names) {
    return and(Type.TEXT, names);
  }

  /**
   * {@return these, then columns of whole numbers, whose names are separated by commas}
   *
   * @param names in order
   */
  public Columns whole(String names) {
    return and(Type.WHOLE, names);
  }

  /**
   * {@return these, then columns of numbers, whose names are separated by commas}
   *
   * @param names in order
   */
  public Columns number(String names) {
    return and(Type.NUMBER, names);
  }

  /**
   * {@return these, then columns of flags, whose names are separated by commas}
   *
   * @param names in order
   */
  public Columns flag(String names) {
    return and(Type.FLAG, names);
  }

  /**
   * {@return these, then columns of instants, whose names are separated by commas}
   *
   * @param names in order
   */
  public Columns time(String names) {
    return and(Type.TIME, names);
  }

  /**
   * {@return these, then others}
   *
   * @param others stand behind these
   */
  public Columns and(Columns others) {
    List<Column> both = new ArrayList<>(all);
    both.addAll(others.all);
    return new Columns(both);
  }

  private Columns and(Type type, String names) {
    return and(
        new Columns(Arrays.stream(names.split(",")).map(name -> new Column(name, type)).toList()));
  }

  /** {@return the names} */
  public List<String> names() {
    return all.stream().map(Column::name).toList();
  }
}
