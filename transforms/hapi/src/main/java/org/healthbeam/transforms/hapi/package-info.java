/**
 * Code mapping on HAPI's typed model of FHIR, for authors who ask for it. Imports {@code core},
 * {@code transforms.code}, Beam and HAPI.
 */
@javax.annotation.ParametersAreNonnullByDefault
package org.healthbeam.transforms.hapi;
