/** What the servers of each engine are: settings, processes, and when they are up. */
package org.healthbeam.clusters.engine;
