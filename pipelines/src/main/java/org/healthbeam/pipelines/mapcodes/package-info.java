/**
 * The pipeline {@code map-codes}: FHIR and code maps in, FHIR with target codings and an account of
 * every coding out. Imports {@code transforms.code}, {@code io} and {@code pipelines.run}.
 */
@javax.annotation.ParametersAreNonnullByDefault
package org.healthbeam.pipelines.mapcodes;
