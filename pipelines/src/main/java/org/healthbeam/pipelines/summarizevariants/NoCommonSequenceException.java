package org.healthbeam.pipelines.summarizevariants;

/** The regions and the records have no sequence in common, so that no table of them makes sense. */
final class NoCommonSequenceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoCommonSequenceException(String file, long records) {
    super(
        "None of the %d records is on a sequence that %s has;".formatted(records, file)
            + " are the sequences named in two ways, such as 1 and chr1?");
  }
}
