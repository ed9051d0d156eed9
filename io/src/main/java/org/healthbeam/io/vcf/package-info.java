/**
 * VCF in: files told apart by their bytes, cut into parts, read as blocks of lines with their
 * header. Imports Beam, {@code core.variant}, {@code core.outcome}, {@code io.bgzf}, {@code
 * io.tabix}, {@code io.text} and {@code transforms.outcome}.
 */
package org.healthbeam.io.vcf;
