/**
 * How the rules of {@code core.vital.alert} are distributed. Imports {@code core}, {@code
 * transforms.vital}, {@code transforms.runner} and Beam.
 */
@javax.annotation.ParametersAreNonnullByDefault
package org.healthbeam.transforms.vital.alert;
