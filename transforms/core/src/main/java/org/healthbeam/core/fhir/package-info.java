/**
 * FHIR JSON read and rewritten as a stream of tokens, without an object model. Imports {@code
 * core.code}, {@code core.outcome} and Jackson's streaming parser.
 */
@javax.annotation.ParametersAreNonnullByDefault
package org.healthbeam.core.fhir;
