/**
 * What leaves transforms as Beam's rows: for each type its columns and the way back, and coders
 * that tell them. Imports Beam.
 */
package org.healthbeam.transforms.row;
