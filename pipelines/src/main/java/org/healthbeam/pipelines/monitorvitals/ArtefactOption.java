package org.healthbeam.pipelines.monitorvitals;

import java.util.List;
import java.util.Optional;
import org.healthbeam.core.vital.artefact.ArtefactPolicy;
import org.healthbeam.pipelines.run.UsageException;

/** What {@code --artefacts} says. */
final class ArtefactOption {
  private static final String NONE = "none";

  private ArtefactOption() {}

  /** Reads the lines of the file that an option names. */
  interface Lines {
    List<String> of(String option, String file) throws UsageException;
  }

  static Optional<ArtefactPolicy> parse(String text, Lines lines) throws UsageException {
    if (text.isBlank() || text.equals(NONE)) {
      return Optional.empty();
    }
    if (text.equals(ArtefactPolicy.HAMPEL.name())) {
      return Optional.of(ArtefactPolicy.HAMPEL);
    }
    try {
      return Optional.of(ArtefactPolicy.parse("file", lines.of("artefacts", text)));
    } catch (IllegalArgumentException e) {
      throw new UsageException("--artefacts=" + text + ": " + e.getMessage(), e);
    }
  }
}
