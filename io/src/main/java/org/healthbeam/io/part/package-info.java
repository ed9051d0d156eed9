/**
 * Files written in parts: each worker writes its own beside the result, and one worker joins or
 * names them when all are whole. Imports Beam.
 */
package org.healthbeam.io.part;
