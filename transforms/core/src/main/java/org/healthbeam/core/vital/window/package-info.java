/**
 * What the readings of a window come to: which windows there are, sums that merge exactly, and the
 * numbers of a summary. Imports the parent package only.
 */
@javax.annotation.ParametersAreNonnullByDefault
package org.healthbeam.core.vital.window;
