/**
 * Text in and out: files told apart by their bytes, read as lines or JSON values with their place,
 * split where they can be. Imports Beam, {@code core.outcome}, {@code transforms.outcome} and
 * {@code transforms.runner}.
 */
package org.healthbeam.io.text;
