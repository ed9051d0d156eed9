/**
 * Files that somebody names one by one, on any Beam file system. Imports Beam's file systems only.
 */
package org.healthbeam.transforms.files;
