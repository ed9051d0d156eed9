/**
 * The run's report: one self-contained HTML file, made from the files that a run writes.
 *
 * <p>It reads files only; it may import core, Jackson and the JDK, but neither Beam nor the
 * packages of the pipelines.
 */
package org.healthbeam.pipelines.report;
