package org.healthbeam.pipelines.option;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.options.Validation;
import org.healthbeam.templates.annotations.TemplateParameter;

/** Reads from option interfaces what options there are. */
public final class OptionCatalog {
  private OptionCatalog() {}

  /**
   * {@return the options that an interface and those it extends declare, Beam's own left out}
   *
   * @param options an interface with getters
   */
  public static List<OptionDescription> of(Class<? extends PipelineOptions> options) {
    Map<String, OptionDescription> byName = new TreeMap<>();
    addGetters(options, PipelineOptions.class, byName);
    return byName.values().stream()
        .sorted(
            Comparator.comparingInt(OptionDescription::order)
                .thenComparing(OptionDescription::name))
        .toList();
  }

  /**
   * {@return the options of Beam, of the file systems and of the runners on the class path, by
   * name}
   */
  public static Map<String, OptionDescription> ofEngine() {
    Map<String, OptionDescription> byName = new TreeMap<>();
    for (Class<? extends PipelineOptions> options : PipelineOptionsFactory.getRegisteredOptions()) {
      addGetters(options, null, byName);
    }
    return byName;
  }

  /**
   * {@return the default values that options declare, by name}
   *
   * @param options of any pipeline
   */
  public static Map<String, String> defaults(Collection<OptionDescription> options) {
    Map<String, String> defaults = new TreeMap<>();
    for (OptionDescription option : options) {
      if (!option.defaultValue().isEmpty()) {
        defaults.put(option.name(), option.defaultValue());
      }
    }
    return defaults;
  }

  private static void addGetters(
      Class<?> options,
      @javax.annotation.Nullable Class<?> without,
      Map<String, OptionDescription> byName) {
    for (Method method : options.getMethods()) {
      String name = propertyName(method);
      if (!name.isEmpty() && method.getDeclaringClass() != without) {
        byName.putIfAbsent(name, describe(name, method));
      }
    }
  }

  private static String propertyName(Method method) {
    if (method.getParameterCount() > 0 || method.isDefault() || method.isSynthetic()) {
      return "";
    }
    String name = method.getName();
    for (String prefix : List.of("get", "is")) {
      if (name.startsWith(prefix)
          && name.length() > prefix.length()
          && Character.isUpperCase(name.charAt(prefix.length()))) {
        String rest = name.substring(prefix.length());
        return java.beans.Introspector.decapitalize(rest);
      }
    }
    return "";
  }

  private static OptionDescription describe(String name, Method getter) {
    Description description = find(Description.class, getter);
    TemplateParameter parameter = find(TemplateParameter.class, getter);
    boolean list =
        getter.getReturnType().isArray()
            || Collection.class.isAssignableFrom(getter.getReturnType());
    return new OptionDescription(
        name,
        list ? elementType(getter) : getter.getReturnType(),
        list,
        description == null ? "" : description.value(),
        defaultValue(getter),
        find(Validation.Required.class, getter) != null,
        parameter == null ? "" : parameter.example(),
        parameter == null ? "" : parameter.unit(),
        parameter == null ? "Options" : parameter.group(),
        parameter == null ? Integer.MAX_VALUE : parameter.order(),
        parameter == null ? List.of() : List.of(parameter.regexes()),
        parameter == null ? FormField.plain(name) : FormField.of(name, parameter));
  }

  /** A getter that is declared again need not repeat what stands where it was declared before. */
  @javax.annotation.Nullable
  private static <A extends Annotation> A find(Class<A> type, Method getter) {
    for (Method declared : declarations(getter)) {
      A annotation = declared.getAnnotation(type);
      if (annotation != null) {
        return annotation;
      }
    }
    return null;
  }

  /** Returns a getter and those that it declares again, the nearest first. */
  private static List<Method> declarations(Method getter) {
    List<Method> declared = new ArrayList<>(List.of(getter));
    Deque<Class<?>> next = new ArrayDeque<>(List.of(getter.getDeclaringClass().getInterfaces()));
    while (!next.isEmpty()) {
      Class<?> type = next.removeFirst();
      try {
        declared.add(type.getDeclaredMethod(getter.getName()));
      } catch (NoSuchMethodException e) {
        // It is not declared there.
      }
      next.addAll(List.of(type.getInterfaces()));
    }
    return declared;
  }

  private static Class<?> elementType(Method getter) {
    if (getter.getReturnType().isArray()) {
      return getter.getReturnType().getComponentType();
    }
    return getter.getGenericReturnType() instanceof ParameterizedType p
            && p.getActualTypeArguments()[0] instanceof Class<?> c
        ? c
        : String.class;
  }

  /** Beam has one annotation type for each type of value; each has a single member, value. */
  private static String defaultValue(Method getter) {
    for (Annotation annotation :
        declarations(getter).stream().flatMap(m -> Stream.of(m.getAnnotations())).toList()) {
      Class<? extends Annotation> type = annotation.annotationType();
      if (type.getEnclosingClass() != Default.class || type == Default.InstanceFactory.class) {
        continue;
      }
      try {
        Object value = type.getMethod("value").invoke(annotation);
        String text = value instanceof Class<?> c ? c.getName() : String.valueOf(value);
        return type == Default.Enum.class ? text.toLowerCase(Locale.ROOT).replace('_', '-') : text;
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(type + " has no value()", e);
      }
    }
    return "";
  }
}
