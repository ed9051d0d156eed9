/**
 * The command that serves the pipelines' SchemaTransforms to Beam YAML and to other languages.
 * Imports Beam's expansion service and the pipelines.
 */
package org.healthbeam.expansion;
