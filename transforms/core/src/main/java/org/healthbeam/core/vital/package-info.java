/**
 * Vital signs: kinds, parsing, plausibility, summaries of windows, early-warning scores. Imports
 * the Java platform, Jackson's streaming parser, commons-csv, {@code core.outcome}, {@code
 * core.unit}.
 */
@javax.annotation.ParametersAreNonnullByDefault
package org.healthbeam.core.vital;
