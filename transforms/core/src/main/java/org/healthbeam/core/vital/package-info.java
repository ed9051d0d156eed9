/**
 * Vital signs: kinds, readings and their versions, plausibility, summaries of windows. Imports the
 * Java platform, {@code core.outcome}, {@code core.unit}.
 */
@javax.annotation.ParametersAreNonnullByDefault
package org.healthbeam.core.vital;
