/**
 * What options a pipeline has, and how a command line becomes their values.
 *
 * <p>Imports {@code config}, the template annotations, Beam's options and picocli.
 */
package org.healthbeam.pipelines.option;
