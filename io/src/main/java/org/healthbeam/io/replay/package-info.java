/**
 * Files as a stream that ends: {@link org.healthbeam.io.replay.ReplayFiles} is the front door.
 * Imports {@code io.text}, {@code io.stream}, {@code core.outcome}, {@code transforms.outcome} and
 * Beam.
 */
@javax.annotation.ParametersAreNonnullByDefault
package org.healthbeam.io.replay;
