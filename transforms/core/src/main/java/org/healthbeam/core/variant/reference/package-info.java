/**
 * What the records of a VCF are seen against: names of sequences, regions and genes, known sites,
 * populations. Imports the Java platform, {@code core.outcome} and {@code core.variant.Region}
 * only.
 */
package org.healthbeam.core.variant.reference;
