/**
 * Drawings of the graphs of pipelines.
 *
 * <p>Imports a layout library, which nothing else needs to know, and the graph of {@code
 * pipelines}.
 */
package org.healthbeam.templates.drawing;
