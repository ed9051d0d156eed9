package org.healthbeam.templates.annotations;

/** How often an element of a stream counts after a failure. */
public enum Delivery {
  /** Once. */
  EXACTLY_ONCE,
  /** Once or more often. */
  AT_LEAST_ONCE
}
