package org.healthbeam.templates.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a pipeline, or a template of it, says about itself, on the interface of its options.
 *
 * <p>A template is a pipeline in one mode with the options that matter there. Its interface extends
 * the pipeline's own one; what it declares again, such as an example or that an option is required,
 * replaces what is said there.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface PipelineTemplate {
  /** {@return the name as typed on the command line: {@code map-codes}} */
  String name();

  /** {@return the name as people read it} */
  String displayName();

  /** {@return what it does, in one or two sentences} */
  String description();

  /** {@return under what it is found in a list; templates have one} */
  String category() default "";

  /** {@return whether it reads what ends; a template says so, a pipeline may go by its input} */
  Mode mode() default Mode.BY_INPUT;

  /**
   * {@return how often what is read may count in a stream, the usual one first; of a batch none}
   */
  Delivery[] delivers() default {};

  /** {@return values that a template fixes, {@code name=value}; nobody can give others} */
  String[] fixed() default {};

  /** {@return options of the pipeline that do not matter here and are not taken} */
  String[] without() default {};
}
