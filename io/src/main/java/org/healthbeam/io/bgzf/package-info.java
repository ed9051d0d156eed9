/**
 * BGZF, the blocked gzip of genomic files: blocks found, checked and inflated, wherever a reader
 * begins. Imports the Java platform only.
 */
package org.healthbeam.io.bgzf;
