/**
 * Many single-sample files as one cohort: calls packed by stretches of the genome and joined there
 * by allele, with reference blocks telling the reference from what is missing. Plain Java; imports
 * {@code core.variant}.
 */
package org.healthbeam.core.variant.join;
