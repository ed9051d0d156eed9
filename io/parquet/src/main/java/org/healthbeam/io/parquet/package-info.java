/**
 * Tables as Parquet files, for those who go on with a data frame or with SQL. Imports Parquet, of
 * whose Hadoop it takes the classes that Parquet itself needs, and no file system: files are
 * Beam's.
 */
package org.healthbeam.io.parquet;
