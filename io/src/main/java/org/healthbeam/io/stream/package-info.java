/**
 * What sources of streams share: the event time of a record and the rule by which a watermark
 * advances. Imports {@code core.outcome} only; the clock is always passed in.
 */
@javax.annotation.ParametersAreNonnullByDefault
package org.healthbeam.io.stream;
