/**
 * Counts what {@code core.vital.quality} tells of readings. Imports {@code core.vital} and Beam.
 */
@javax.annotation.ParametersAreNonnullByDefault
package org.healthbeam.transforms.vital.quality;
