/**
 * How code mapping is distributed. Imports {@code core.code}, {@code core.fhir}, {@code
 * core.outcome}, {@code transforms.outcome}, {@code transforms.runner} and Beam.
 */
@javax.annotation.ParametersAreNonnullByDefault
package org.healthbeam.transforms.code;
