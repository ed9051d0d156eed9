package org.healthbeam.pipelines.schema;

import org.apache.beam.sdk.schemas.transforms.Convert;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;

/** Makes rows of elements that have a schema. */
final class AsRows {
  private AsRows() {}

  static PCollection<Row> of(String what, PCollection<?> elements) {
    return elements.apply("Rows of " + what, Convert.toRows());
  }
}
