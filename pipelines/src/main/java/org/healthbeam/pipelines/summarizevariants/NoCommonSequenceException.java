package org.healthbeam.pipelines.summarizevariants;

/** Two inputs have no sequence in common, so that no table of them makes sense. */
final class NoCommonSequenceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoCommonSequenceException(String input, String file) {
    super(
        "No record of %s overlaps a region of %s;".formatted(input, file)
            + " if their sequences are the same under other names, --contigAliases says so");
  }

  NoCommonSequenceException(String input, String file, long records) {
    super(
        "None of the %d records of %s is on a sequence that %s has;".formatted(records, input, file)
            + " if their sequences are the same under other names, --contigAliases says so");
  }
}
