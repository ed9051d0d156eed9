package org.healthbeam.bench.vital;

/** What arrives, and what is told of it. */
enum Load {
  /** Every subject has as many readings; summaries are told. */
  EVEN,
  /** One subject has a thousand times the readings of the others; summaries are told. */
  HOT,
  /** Every subject has as many readings; alerts are told. */
  ALERTS
}
