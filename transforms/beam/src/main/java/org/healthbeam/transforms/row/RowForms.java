package org.healthbeam.transforms.row;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import javax.annotation.Nullable;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.SchemaProvider;
import org.apache.beam.sdk.schemas.SchemaProviderRegistrar;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptor;

/**
 * The forms of a package's types; a class that extends it and is registered as a service makes them
 * known to every pipeline.
 */
public abstract class RowForms implements SchemaProviderRegistrar {
  private final List<RowForm<?>> forms;

  /**
   * Takes the forms, of which none has type parameters.
   *
   * @param forms of which none has type parameters
   */
  protected RowForms(RowForm<?>... forms) {
    this.forms = List.of(forms);
  }

  @Override
  public final List<SchemaProvider> getSchemaProviders() {
    return List.of(new Provider());
  }

  /** {@return the form of a type; null if it has none} */
  @Nullable
  @SuppressWarnings("unchecked") // The table has each form under its own type.
  static <T> RowForm<T> of(Class<T> type) {
    return (RowForm<T>) Known.ALL.get(type);
  }

  /** {@return what makes rows of a type that has a form} */
  static <T> SerializableFunction<T, Row> toRow(Class<T> type) {
    return new ToRow<>(type);
  }

  /** {@return what makes values of a type that has a form} */
  static <T> SerializableFunction<Row, T> fromRow(Class<T> type) {
    return new FromRow<>(type);
  }

  /** All forms on the class path. */
  private static final class Known {
    static final Map<Class<?>, RowForm<?>> ALL = new HashMap<>();

    static {
      ServiceLoader.load(SchemaProviderRegistrar.class, RowForms.class.getClassLoader()).stream()
          .filter(each -> RowForms.class.isAssignableFrom(each.type()))
          .map(each -> (RowForms) each.get())
          .forEach(each -> each.forms.forEach(form -> ALL.put(form.type(), form)));
    }
  }

  /** Named by the type, so that two of them are equal on every machine. */
  private record ToRow<T>(Class<T> type) implements SerializableFunction<T, Row> {
    @Override
    public Row apply(T value) {
      return of(type).toRow().apply(value);
    }
  }

  private record FromRow<T>(Class<T> type) implements SerializableFunction<Row, T> {
    @Override
    public T apply(Row row) {
      return of(type).fromRow().apply(row);
    }
  }

  private static final class Provider implements SchemaProvider {
    private static final long serialVersionUID = 1L;

    @Override
    @Nullable
    public <T> Schema schemaFor(TypeDescriptor<T> type) {
      RowForm<?> form = of(type.getRawType());
      return form == null ? null : form.schema();
    }

    @Override
    @Nullable
    @SuppressWarnings("unchecked") // None of the types has parameters: the raw type is the type.
    public <T> SerializableFunction<T, Row> toRowFunction(TypeDescriptor<T> type) {
      return of(type.getRawType()) == null ? null : toRow((Class<T>) type.getRawType());
    }

    @Override
    @Nullable
    @SuppressWarnings("unchecked")
    public <T> SerializableFunction<Row, T> fromRowFunction(TypeDescriptor<T> type) {
      return of(type.getRawType()) == null ? null : fromRow((Class<T>) type.getRawType());
    }
  }
}
