/** Tables of text: how the fields of a line are told apart. Imports {@code core.outcome}. */
@javax.annotation.ParametersAreNonnullByDefault
package org.healthbeam.core.table;
