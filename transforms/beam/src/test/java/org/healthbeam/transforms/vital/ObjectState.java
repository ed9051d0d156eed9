package org.healthbeam.transforms.vital;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.util.CoderUtils;

/**
 * Everything that an object holds, down to the order in its arrays, to see that it was not touched.
 *
 * <p>Beam copies state on the heap through its coder while a thread of Flink's writes the same
 * object to a checkpoint through the same coder. A coder that puts an object in order as it writes
 * it makes copies of what is half in order, which is seen once in many runs: so it may not.
 */
public final class ObjectState {
  private ObjectState() {}

  /** Returns the bytes of a value, after seeing that encoding left it as it was. */
  public static <T> byte[] encodeUntouched(Coder<T> coder, T value) throws Exception {
    String before = of(value);
    byte[] bytes = CoderUtils.encodeToByteArray(coder, value);
    if (!of(value).equals(before)) {
      throw new AssertionError(coder + " changes what it encodes");
    }
    return bytes;
  }

  /** Returns it as a text. */
  public static String of(Object object) {
    StringBuilder text = new StringBuilder();
    describe(object, text);
    return text.toString();
  }

  private static void describe(Object object, StringBuilder text) {
    if (object == null) {
      text.append("null");
    } else if (object.getClass().isArray()) {
      text.append('[');
      for (int i = 0; i < Array.getLength(object); i++) {
        describe(Array.get(object, i), text);
        text.append(' ');
      }
      text.append(']');
    } else if (object instanceof Map<?, ?> map) {
      map.forEach(
          (key, value) -> {
            describe(key, text);
            text.append('=');
            describe(value, text);
            text.append(' ');
          });
    } else if (object instanceof Collection<?> all) {
      all.forEach(each -> describe(each, text.append(' ')));
    } else if (object.getClass().getName().startsWith("org.healthbeam.") && !isEnum(object)) {
      fields(object.getClass(), object, text.append('('));
      text.append(')');
    } else {
      text.append(object);
    }
  }

  private static boolean isEnum(Object object) {
    return object instanceof Enum<?>;
  }

  private static void fields(Class<?> type, Object object, StringBuilder text) {
    for (Field field : type.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers())) {
        field.setAccessible(true);
        text.append(field.getName()).append(':');
        try {
          describe(field.get(object), text);
        } catch (IllegalAccessException e) {
          throw new AssertionError(e);
        }
        text.append(' ');
      }
    }
  }
}
