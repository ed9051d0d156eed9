package org.healthbeam.clusters;

import java.util.List;
import java.util.Map;

/**
 * The servers of a cluster, as they are to be started.
 *
 * @param preparations run to their end, one after the other, before anything is started
 * @param stages started one after the other, each when that before is up
 * @param addresses where it is reached, by name, in the order in which they are shown
 * @param next what can be done with it, a line each
 * @param megabytes how much memory all of it is about to take
 */
public record Plan(
    List<Server> preparations,
    List<Stage> stages,
    Map<String, String> addresses,
    List<String> next,
    int megabytes) {

  /**
   * Servers that are started together.
   *
   * @param up what tells that all of them are up
   */
  public record Stage(List<Server> servers, Ready up) {
    public Stage {
      servers = List.copyOf(servers);
    }
  }

  public Plan {
    preparations = List.copyOf(preparations);
    stages = List.copyOf(stages);
    next = List.copyOf(next);
  }
}
