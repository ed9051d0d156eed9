/**
 * What other tools would say of the same records: the columns of bcftools, PLINK 2 and Hail, by
 * their own rules, from the counters of one pass. Imports {@code core.variant} and the Java
 * platform.
 */
@javax.annotation.ParametersAreNonnullByDefault
package org.healthbeam.core.variant.compat;
