/** Tables as Avro files. Imports Avro. */
@javax.annotation.ParametersAreNonnullByDefault
package org.healthbeam.io.avro;
