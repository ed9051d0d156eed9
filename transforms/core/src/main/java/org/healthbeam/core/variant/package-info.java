/**
 * What the genotypes of a VCF come to: lines scanned as bytes, allele types, exact totals that
 * merge in any order, Hardy–Weinberg. Imports {@code core.outcome} and the Java platform.
 */
@javax.annotation.ParametersAreNonnullByDefault
package org.healthbeam.core.variant;
