/** Benchmarks of variant summaries against the tools that people use for them. */
@javax.annotation.ParametersAreNonnullByDefault
package org.healthbeam.bench.variant;
