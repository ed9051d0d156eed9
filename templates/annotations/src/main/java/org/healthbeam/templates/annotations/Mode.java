package org.healthbeam.templates.annotations;

/** Whether what a pipeline reads ends. */
public enum Mode {
  /** It ends. */
  BATCH,
  /** It may go on for ever. */
  STREAMING,
  /** One or the other, as the input says. */
  BY_INPUT
}
