/**
 * What the VCF specification demands of a file: the rules, what a header declares, values against
 * declarations, and what takes two records to see. Imports {@code core.outcome} and the Java
 * platform.
 */
@javax.annotation.ParametersAreNonnullByDefault
package org.healthbeam.core.variant.vcf;
