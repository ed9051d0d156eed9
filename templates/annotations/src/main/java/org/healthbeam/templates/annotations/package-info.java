/** What the options of a pipeline say about themselves. Imports the Java platform only. */
package org.healthbeam.templates.annotations;
