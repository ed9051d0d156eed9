/**
 * How outcomes are counted and rejects collected in a pipeline. Imports {@code core.outcome} and
 * Beam.
 */
package org.healthbeam.transforms.outcome;
