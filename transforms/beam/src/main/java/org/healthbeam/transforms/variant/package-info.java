/**
 * How variants are summarised in a pipeline; the front door is {@link
 * org.healthbeam.transforms.variant.Variants}. Imports {@code core.variant}, {@code core.outcome},
 * {@code transforms.outcome} and Beam.
 */
package org.healthbeam.transforms.variant;
