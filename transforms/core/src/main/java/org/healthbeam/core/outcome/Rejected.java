package org.healthbeam.core.outcome;

import java.util.Objects;

/**
 * Something that could not be used, without its content.
 *
 * <p>{@code detail} says which field, rule or clause, in words that hold for every patient; it
 * never quotes the input. {@code payloadHash} lets a person who holds the input find the record
 * again, and two equal records be recognised as equal.
 *
 * @param stage the stage that refused it, as in the run's ledger
 * @param reason why
 * @param detail the field, rule or clause; never a value of the input
 * @param source the file, topic or other origin
 * @param position where in the source: a line number from 1, or {@code partition:offset}
 * @param payloadHash from {@link PayloadHash}
 */
public record Rejected(
    String stage,
    RejectReason reason,
    String detail,
    String source,
    String position,
    String payloadHash) {

  /**
   * Refuses what is null.
   *
   * @param stage the stage that refused it, as in the run's ledger
   * @param reason why
   * @param detail the field, rule or clause; never a value of the input
   * @param source the file, topic or other origin
   * @param position where in the source: a line number from 1, or {@code partition:offset}
   * @param payloadHash from {@link PayloadHash}
   */
  public Rejected {
    Objects.requireNonNull(stage, "stage");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(detail, "detail");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(position, "position");
    Objects.requireNonNull(payloadHash, "payloadHash");
  }
}
