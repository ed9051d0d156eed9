/**
 * Where the value of an option comes from: built in, profile, environment, command line.
 *
 * <p>Imports the Java platform only.
 */
package org.healthbeam.config;
