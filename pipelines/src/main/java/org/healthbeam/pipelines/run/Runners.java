package org.healthbeam.pipelines.run;

import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.healthbeam.config.NearestName;

/** The runners on the class path. */
final class Runners {
  private static final String USUAL = "direct";

  private Runners() {}

  private static Map<String, RunnerAdapter> all() {
    Map<String, RunnerAdapter> found = new TreeMap<>();
    for (RunnerAdapter runner : ServiceLoader.load(RunnerAdapter.class)) {
      found.put(runner.name(), runner);
    }
    return found;
  }

  /** Returns the runner that is meant when none is named. */
  static String usual() {
    Map<String, RunnerAdapter> all = all();
    return all.size() == 1 ? all.keySet().iterator().next() : USUAL;
  }

  static RunnerAdapter byName(String name) throws UsageException {
    Map<String, RunnerAdapter> all = all();
    RunnerAdapter runner = all.get(name);
    if (runner == null) {
      throw new UsageException(
          "No runner '%s' is on the class path%s; there is %s"
              .formatted(
                  name,
                  NearestName.hint("", name, all.keySet()),
                  all.isEmpty() ? "none" : String.join(", ", all.keySet())));
    }
    return runner;
  }
}
