/**
 * How the rules of {@code core.vital} are distributed; {@link
 * org.healthbeam.transforms.vital.Vitals} is the front door. Imports {@code core}, {@code
 * transforms.outcome}, {@code transforms.runner} and Beam.
 */
@javax.annotation.ParametersAreNonnullByDefault
package org.healthbeam.transforms.vital;
