/**
 * Real servers on this machine, each a process of its own: how one is started, watched, asked and
 * stopped. What the servers of an engine are stands in {@code engine}, the command line in {@code
 * cli}. Imports nothing of the other modules and no engine.
 */
package org.healthbeam.clusters;
