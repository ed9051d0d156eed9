package org.healthbeam.pipelines.run;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A job that a cluster has taken.
 *
 * @param id as the cluster calls it
 * @param hints what one may want to do, and how, in this order
 * @param accounts whether the job writes its own account at its end
 */
public record SubmittedJob(String id, Map<String, String> hints, boolean accounts) {

  /**
   * Takes a copy of the hints, in their order.
   *
   * @param id as the cluster calls it
   * @param hints what one may want to do, and how, in this order
   * @param accounts whether the job writes its own account at its end
   */
  public SubmittedJob {
    hints = new LinkedHashMap<>(hints);
  }
}
