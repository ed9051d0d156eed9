package org.healthbeam.core.code;

import java.util.Objects;

/**
 * Where a statement of a map stands: which map, and from which system to which.
 *
 * @param map that says it
 * @param file where the map was read
 * @param source system of the source codes, canonical
 * @param sourceVersion empty: any
 * @param target system of the target codes, canonical; empty if there are none
 * @param targetVersion empty: none stated
 */
public record MapGroup(
    MapId map,
    String file,
    String source,
    String sourceVersion,
    String target,
    String targetVersion) {

  /**
   * Refuses what is null; empty is not stated.
   *
   * @param map that says it
   * @param file where the map was read
   * @param source system of the source codes, canonical
   * @param sourceVersion empty: any
   * @param target system of the target codes, canonical; empty if there are none
   * @param targetVersion empty: none stated
   */
  public MapGroup {
    Objects.requireNonNull(map, "map");
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(sourceVersion, "sourceVersion");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(targetVersion, "targetVersion");
  }
}
