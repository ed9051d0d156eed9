package org.healthbeam.transforms.code;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import javax.annotation.Nullable;
import org.healthbeam.core.code.CodeMap;
import org.healthbeam.core.code.InvalidMapException;

/**
 * One copy of each set of maps per JVM, by content. It lives as long as somebody uses it: a worker
 * that runs many pipelines one after another keeps none of their maps.
 */
final class SharedCodeMaps {
  private static final Map<Object, Shared> BY_CONTENT = new HashMap<>();

  interface Loader {
    CodeMap load() throws InvalidMapException, IOException;
  }

  /** The maps of one content, and the lock of those who load them. */
  private static final class Shared {
    private WeakReference<CodeMap> maps = new WeakReference<>(null);

    /** How many hold or wait for this lock; guarded by {@link #BY_CONTENT}. */
    private int users;

    @Nullable
    CodeMap usable() {
      CodeMap known = maps.get();
      return known == null || known.hasChanged() ? null : known;
    }
  }

  private SharedCodeMaps() {}

  /**
   * {@return the maps with this content, loading them if nobody has them} Who asks for the same
   * meanwhile waits; others do not.
   *
   * @param content identifies the content by value
   */
  static CodeMap get(Object content, Loader loader) throws InvalidMapException, IOException {
    Shared shared;
    synchronized (BY_CONTENT) {
      BY_CONTENT.values().removeIf(each -> each.users == 0 && each.maps.refersTo(null));
      shared = BY_CONTENT.computeIfAbsent(content, c -> new Shared());
      shared.users++;
    }
    try {
      synchronized (shared) {
        CodeMap maps = shared.usable();
        if (maps == null) {
          maps = loader.load();
          shared.maps = new WeakReference<>(maps);
        }
        return maps;
      }
    } finally {
      synchronized (BY_CONTENT) {
        shared.users--;
      }
    }
  }
}
