/**
 * Runs a pipeline on Spark; the only place that knows this runner. Imports {@code pipelines.run}.
 */
package org.healthbeam.runners.spark;
