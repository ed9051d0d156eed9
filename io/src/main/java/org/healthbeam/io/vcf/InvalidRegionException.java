package org.healthbeam.io.vcf;

/** A line of a BED file is no region. */
public final class InvalidRegionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InvalidRegionException(String file, int line) {
    super(
        "%s:%d is no BED line: sequence, start from 0, and an end not before it"
            .formatted(file, line));
  }
}
