/**
 * The command {@code template}: lists, describes and launches templates.
 *
 * <p>Imports the catalogue of templates, their specifications, the running of pipelines, Jackson
 * and SnakeYAML Engine.
 */
package org.healthbeam.templates.launch;
