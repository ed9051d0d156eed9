/**
 * Vital signs in blocks: the way of streams on runners with timers of event time, on which a
 * shuffle carries tens of blocks instead of thousands of readings. Uses {@code core.vital.block}.
 */
package org.healthbeam.transforms.vital.block;
