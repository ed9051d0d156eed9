/**
 * What becomes of every input: records as read, rejects without their content, the ledger that must
 * add up. Imports the Java platform only.
 */
@javax.annotation.ParametersAreNonnullByDefault
package org.healthbeam.core.outcome;
