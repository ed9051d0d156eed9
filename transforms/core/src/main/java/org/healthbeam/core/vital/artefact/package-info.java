/**
 * Which readings are artefacts, by their neighbours in time. Imports {@code core.vital} and the
 * Java platform.
 */
@javax.annotation.ParametersAreNonnullByDefault
package org.healthbeam.core.vital.artefact;
