package org.healthbeam.transforms.code;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.InvalidMapException;

/**
 * One copy of each set of maps per JVM, by content. It lives as long as somebody uses it: a worker
 * that runs many pipelines one after another keeps none of their maps.
 */
final class SharedCodeMaps {
  private static final Map<Object, WeakReference<CodeMap>> BY_CONTENT = new HashMap<>();

  interface Loader {
    CodeMap load() throws InvalidMapException, IOException;
  }

  private SharedCodeMaps() {}

  /**
   * Returns the maps with this content, loading them if nobody has them. Who asks meanwhile waits.
   *
   * @param content identifies the content by value
   */
  static CodeMap get(Object content, Loader loader) throws InvalidMapException, IOException {
    synchronized (BY_CONTENT) {
      BY_CONTENT.values().removeIf(maps -> maps.refersTo(null));
      WeakReference<CodeMap> shared = BY_CONTENT.get(content);
      CodeMap maps = shared == null ? null : shared.get();
      if (maps == null || maps.hasChanged()) {
        maps = loader.load();
        BY_CONTENT.put(content, new WeakReference<>(maps));
      }
      return maps;
    }
  }
}
