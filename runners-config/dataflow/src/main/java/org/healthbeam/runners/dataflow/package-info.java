/**
 * Runs a pipeline on Dataflow; the only place that knows this runner. Imports {@code
 * pipelines.run}.
 */
package org.healthbeam.runners.dataflow;
