/**
 * The command line: which command, which pipeline.
 *
 * <p>Imports {@code config}, {@code pipelines.run} and {@code pipelines.option}; sees no runner and
 * no pipeline by name.
 */
package org.healthbeam.pipelines.cli;
