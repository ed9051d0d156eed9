package org.healthbeam.transforms.code;

import com.google.auto.service.AutoService;
import org.apache.beam.sdk.schemas.SchemaProviderRegistrar;
import org.healthbeam.core.code.Answer;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.Translation;
import org.healthbeam.transforms.row.RowForm;
import org.healthbeam.transforms.row.RowForms;

/** Makes the schemas of what code mapping answers known to every pipeline. */
@AutoService(SchemaProviderRegistrar.class)
public final class CodeSchemas extends RowForms {
  /** For the service loader. */
  public CodeSchemas() {
    super(
        new RowForm<>(Coding.class, CodeRows.CODING, CodeRows::row, CodeRows::coding),
        new RowForm<>(Answer.class, CodeRows.ANSWER, CodeRows::row, CodeRows::answer),
        new RowForm<>(
            Translation.class, CodeRows.TRANSLATION, CodeRows::row, CodeRows::translation),
        new RowForm<>(PlacedTranslation.class, CodeRows.PLACED, CodeRows::row, CodeRows::placed),
        new RowForm<>(Coverage.class, CodeRows.COVERAGE, CodeRows::row, CodeRows::coverage),
        new RowForm<>(CodeCount.class, CodeRows.COUNT, CodeRows::row, CodeRows::count),
        new RowForm<>(CodeChange.class, CodeRows.CHANGE, CodeRows::row, CodeRows::change));
  }
}
