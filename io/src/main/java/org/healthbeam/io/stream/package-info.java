/**
 * What sources of streams share: the event time of a record, the rule by which a watermark
 * advances, and blocks of elements. Imports {@code core.outcome} and Beam only.
 */
@javax.annotation.ParametersAreNonnullByDefault
package org.healthbeam.io.stream;
