/**
 * What a data manager wants to know about readings as they were received: units, delays,
 * implausible values, hours, gaps. Imports {@code core.vital} and {@code core.unit}.
 */
@javax.annotation.ParametersAreNonnullByDefault
package org.healthbeam.core.vital.quality;
