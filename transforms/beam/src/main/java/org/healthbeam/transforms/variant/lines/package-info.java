/**
 * Lines of VCF files between who finds them and who scans them: where they lie, how a step opens
 * and rejects them. Imports {@code core.variant}, {@code core.outcome}, {@code transforms.outcome}
 * and Beam; {@code io} may import it.
 */
package org.healthbeam.transforms.variant.lines;
