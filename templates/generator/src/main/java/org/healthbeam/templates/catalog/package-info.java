/**
 * Which templates there are, and whether what they say about themselves is whole.
 *
 * <p>Imports the template annotations, the pipelines and what describes their options.
 */
package org.healthbeam.templates.catalog;
