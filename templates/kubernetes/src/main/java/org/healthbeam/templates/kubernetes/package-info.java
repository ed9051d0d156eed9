/**
 * Makes of what templates say about themselves what Kubernetes needs to run them: manifests for the
 * operators of Flink and Spark, and the Dockerfiles of the images. They are checked in; a test
 * compares them.
 *
 * <p>Imports the catalogue of templates and a writer of YAML; versions, sizes and settings come
 * from the source tree.
 */
package org.healthbeam.templates.kubernetes;
