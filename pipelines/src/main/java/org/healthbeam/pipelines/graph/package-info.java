/**
 * The steps of a pipeline and what flows between them, and files that take them.
 *
 * <p>Imports Beam's pipeline; nothing of health.
 */
package org.healthbeam.pipelines.graph;
