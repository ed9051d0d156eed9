/**
 * The windows of {@code core.vital.window} as Beam's, and what passes from finer to wider ones.
 * Imports {@code core} and Beam.
 */
@javax.annotation.ParametersAreNonnullByDefault
package org.healthbeam.transforms.vital.window;
