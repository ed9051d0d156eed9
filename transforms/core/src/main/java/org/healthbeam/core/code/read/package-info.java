/**
 * The formats in which maps come: each reader tells a {@link org.healthbeam.core.code.MapSink} what
 * its file says. Imports {@code core.code}.
 */
@javax.annotation.ParametersAreNonnullByDefault
package org.healthbeam.core.code.read;
