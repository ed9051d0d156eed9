/**
 * What a code map means: codings, FHIR ConceptMaps and tables, and what they answer for one coding.
 * Readers of the formats are in {@code core.code.read}. Imports {@code core.outcome}.
 */
@javax.annotation.ParametersAreNonnullByDefault
package org.healthbeam.core.code;
