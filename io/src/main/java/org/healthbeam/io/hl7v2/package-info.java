/**
 * HL7 v2 in: segments taken apart by HAPI's parser, their meaning by {@code core.vital.read}. The
 * only package that sees HAPI's model of v2. Imports {@code core.outcome}, {@code core.vital.read}
 * and HAPI.
 */
@javax.annotation.ParametersAreNonnullByDefault
package org.healthbeam.io.hl7v2;
