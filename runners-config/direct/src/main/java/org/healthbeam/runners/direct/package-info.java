/**
 * Runs a pipeline on the direct runner; the only place that knows this runner. Imports {@code
 * pipelines.run}.
 */
package org.healthbeam.runners.direct;
