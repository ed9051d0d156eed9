/**
 * Reads vital signs from FHIR, tables and messages: which bytes are a measurement, of what, whose,
 * and when. Imports {@code core.vital}, {@code core.outcome}, Jackson and commons-csv.
 */
@javax.annotation.ParametersAreNonnullByDefault
package org.healthbeam.core.vital.read;
