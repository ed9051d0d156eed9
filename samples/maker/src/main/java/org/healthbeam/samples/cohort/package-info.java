/**
 * A cohort's genotypes as VCF: sites, allele frequencies, samples and the reads that a caller would
 * have seen. Imports {@code org.healthbeam.samples} and htsjdk's block compression.
 */
package org.healthbeam.samples.cohort;
