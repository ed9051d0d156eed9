/**
 * Many single-sample files as one cohort: joined once, or as samples arrive and are withdrawn.
 * Imports Beam, {@code core.variant.join}, {@code transforms.runner} and {@code
 * transforms.variant}.
 */
package org.healthbeam.transforms.variant.join;
