package org.healthbeam.templates.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What an option says about itself beyond Beam's {@code @Description}, {@code @Default} and
 * {@code @Validation.Required}, on the option's getter. {@code --help} and the template
 * specifications are made from it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface TemplateParameter {
  /** Where the option stands in help and forms; lower comes first. */
  int order() default 1000;

  /** The heading under which it stands. */
  String group() default "Options";

  /** A value as one would type it; it must satisfy {@link #regexes}. */
  String example();

  /** The unit of the value, empty if it has none. */
  String unit() default "";

  /** Regular expressions of which the value must match every one. */
  String[] regexes() default {};
}
