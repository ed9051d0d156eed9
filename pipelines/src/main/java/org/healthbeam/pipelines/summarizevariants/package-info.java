/**
 * The pipeline {@code summarize-variants}: VCF in, tables by variant, sample and region and the
 * cohort out. Imports {@code core.variant}, {@code transforms.variant}, {@code io} and {@code run}.
 */
package org.healthbeam.pipelines.summarizevariants;
