package org.healthbeam.io.replay;

import java.io.Serializable;

/**
 * A file to be replayed.
 *
 * @param json whether its records are JSON values; otherwise they are lines
 */
record ReplayedFile(String name, boolean json) implements Serializable {}
