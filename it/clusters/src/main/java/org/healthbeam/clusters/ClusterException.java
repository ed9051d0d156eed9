package org.healthbeam.clusters;

import java.io.IOException;

/** Why a cluster is not there, in a sentence for who asked for it. */
public final class ClusterException extends IOException {
  private static final long serialVersionUID = 1L;

  public ClusterException(String message) {
    super(message);
  }
}
