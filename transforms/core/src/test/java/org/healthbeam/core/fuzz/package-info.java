/**
 * Coverage-guided fuzzing, with Jazzer, of what reads other people's bytes. {@link
 * org.healthbeam.core.fuzz.FuzzTarget} lists the readers; a new one is a line there and a seed.
 */
@javax.annotation.ParametersAreNonnullByDefault
package org.healthbeam.core.fuzz;
