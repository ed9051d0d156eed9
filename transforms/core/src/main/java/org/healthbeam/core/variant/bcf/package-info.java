/** BCF 2.1 and 2.2, the binary form of VCF, told as the lines of a VCF. */
@javax.annotation.ParametersAreNonnullByDefault
package org.healthbeam.core.variant.bcf;
