/**
 * Makes of what templates say about themselves the specifications that the Dataflow service reads,
 * and pages for people. They are checked in; a test compares them.
 *
 * <p>Imports the catalogue of templates, the description of options and Jackson.
 */
package org.healthbeam.templates.spec;
