/**
 * The three families as Beam's SchemaTransforms, for Beam YAML and other languages: rows in, rows
 * out. Imports Beam and the pipelines, whose options are the configurations.
 */
package org.healthbeam.pipelines.schema;
