package org.healthbeam.templates.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What an option says about itself beyond Beam's {@code @Description}, {@code @Default} and
 * {@code @Validation.Required}, on the option's getter. {@code --help}, the template specifications
 * and their pages are made from it, and values are checked by it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface TemplateParameter {
  /** {@return where the option stands in help and forms; lower comes first} */
  int order() default 1000;

  /** {@return the heading under which it stands} */
  String group() default "Options";

  /** {@return what stands before the field of a form; without it, the option's name in words} */
  String label() default "";

  /** {@return what kind of input a form asks for} */
  ParameterType type() default ParameterType.BY_JAVA_TYPE;

  /** {@return a value as one would type it; it must satisfy {@link #regexes}} */
  String example();

  /** {@return the unit of the value, empty if it has none} */
  String unit() default "";

  /**
   * {@return regular expressions of which the value must match every one, as RE2 reads them too}
   */
  String[] regexes() default {};

  /**
   * {@return the option on whose value it depends whether this one may be given; empty if on none}
   */
  String parent() default "";

  /** {@return the values of {@link #parent} with which this one may be given} */
  String[] parentValues() default {};
}
