/**
 * Units of measure by The Unified Code for Units of Measure (UCUM): parsing, exact conversion,
 * repair of what is commonly written instead. Imports {@code core.outcome} and the Java platform.
 */
@javax.annotation.ParametersAreNonnullByDefault
package org.healthbeam.core.unit;
