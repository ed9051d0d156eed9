/**
 * Runs a pipeline on Flink; the only place that knows this runner. Imports {@code pipelines.run}.
 */
package org.healthbeam.runners.flink;
