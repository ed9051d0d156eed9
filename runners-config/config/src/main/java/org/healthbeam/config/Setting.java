package org.healthbeam.config;

import java.util.Objects;

/**
 * One option's value and where it comes from.
 *
 * @param name the option's name, without dashes
 * @param value as it would be typed
 * @param origin which layer it comes from
 * @param place the profile, variable or argument that says so; empty for what is built in
 */
public record Setting(String name, String value, Origin origin, String place) {

  /**
   * Refuses what is null.
   *
   * @param name the option's name, without dashes
   * @param value as it would be typed
   * @param origin which layer it comes from
   * @param place the profile, variable or argument that says so; empty for what is built in
   */
  public Setting {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(place, "place");
  }

  /** {@return {@code profile flink-batch} and the like} */
  public String from() {
    return place.isEmpty() ? origin.label() : origin.label() + " " + place;
  }
}
