/**
 * Early-warning scores: definitions as plain data plus a rule, and the timeline that computes any
 * of them as a function of event time. Imports the Java platform and {@code core.vital}.
 */
@javax.annotation.ParametersAreNonnullByDefault
package org.healthbeam.core.vital.score;
