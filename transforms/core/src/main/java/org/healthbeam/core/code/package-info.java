/**
 * What a code map means: codings, FHIR ConceptMaps and tables, and what they answer for one coding.
 * Imports {@code core.outcome}, Jackson's streaming parser and commons-csv.
 */
@javax.annotation.ParametersAreNonnullByDefault
package org.healthbeam.core.code;
