/**
 * The indices of genomic files ({@code .tbi}, {@code .csi}): which parts of a BGZF file have the
 * records of a region. Imports the Java platform and {@code io.bgzf}.
 */
package org.healthbeam.io.tabix;
