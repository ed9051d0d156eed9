package org.healthbeam.transforms.code;

import com.google.auto.service.AutoService;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.annotation.Nullable;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.SchemaProvider;
import org.apache.beam.sdk.schemas.SchemaProviderRegistrar;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptor;
import org.healthbeam.core.code.Answer;
import org.healthbeam.core.code.Coding;
import org.healthbeam.core.code.Translation;

/** Makes the schemas of what code mapping answers known to every pipeline. */
@AutoService(SchemaProviderRegistrar.class)
public final class CodeSchemas implements SchemaProviderRegistrar {

  /** How values of a type become rows and come back. */
  record RowForm<T>(
      Schema schema, SerializableFunction<T, Row> toRow, SerializableFunction<Row, T> fromRow) {}

  private static final Map<Class<?>, RowForm<?>> FORMS =
      Map.of(
          Coding.class,
          new RowForm<>(CodeRows.CODING, CodeRows::row, CodeRows::coding),
          Answer.class,
          new RowForm<>(CodeRows.ANSWER, CodeRows::row, CodeRows::answer),
          Translation.class,
          new RowForm<>(CodeRows.TRANSLATION, CodeRows::row, CodeRows::translation),
          PlacedTranslation.class,
          new RowForm<>(CodeRows.PLACED, CodeRows::row, CodeRows::placed),
          Coverage.class,
          new RowForm<>(CodeRows.COVERAGE, CodeRows::row, CodeRows::coverage),
          CodeCount.class,
          new RowForm<>(CodeRows.COUNT, CodeRows::row, CodeRows::count),
          CodeChange.class,
          new RowForm<>(CodeRows.CHANGE, CodeRows::row, CodeRows::change));

  @Override
  public List<SchemaProvider> getSchemaProviders() {
    return List.of(new Provider());
  }

  static Schema schema(Class<?> type) {
    return Objects.requireNonNull(FORMS.get(type), "type").schema();
  }

  static <T> SerializableFunction<T, Row> toRow(Class<T> type) {
    return new ToRow<>(type);
  }

  static <T> SerializableFunction<Row, T> fromRow(Class<T> type) {
    return new FromRow<>(type);
  }

  @SuppressWarnings("unchecked") // The table has each form under its own type.
  private static <T> RowForm<T> form(Class<T> type) {
    return (RowForm<T>) FORMS.get(type);
  }

  /** Named by the type, so that two of them are equal on every machine. */
  private record ToRow<T>(Class<T> type) implements SerializableFunction<T, Row> {
    @Override
    public Row apply(T value) {
      return form(type).toRow().apply(value);
    }
  }

  private record FromRow<T>(Class<T> type) implements SerializableFunction<Row, T> {
    @Override
    public T apply(Row row) {
      return form(type).fromRow().apply(row);
    }
  }

  private static final class Provider implements SchemaProvider {
    private static final long serialVersionUID = 1L;

    @Override
    @Nullable
    public <T> Schema schemaFor(TypeDescriptor<T> type) {
      return FORMS.containsKey(type.getRawType()) ? schema(type.getRawType()) : null;
    }

    @Override
    @Nullable
    @SuppressWarnings("unchecked") // None of the types has parameters: the raw type is the type.
    public <T> SerializableFunction<T, Row> toRowFunction(TypeDescriptor<T> type) {
      return FORMS.containsKey(type.getRawType()) ? toRow((Class<T>) type.getRawType()) : null;
    }

    @Override
    @Nullable
    @SuppressWarnings("unchecked")
    public <T> SerializableFunction<Row, T> fromRowFunction(TypeDescriptor<T> type) {
      return FORMS.containsKey(type.getRawType()) ? fromRow((Class<T>) type.getRawType()) : null;
    }
  }
}
